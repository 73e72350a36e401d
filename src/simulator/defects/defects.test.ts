import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { ask, callsAfter, lines } from '../dialogue.ts'
import { accessScripts } from './access-scripts.ts'
import { eventScripts } from './event-scripts.ts'
import { certificateTranscript } from './certificate-scripts.ts'
import { compactScripts } from './compact-scripts.ts'
import { conformant } from '../decisions.ts'
import { defects, findDefect, withDefects } from './index.ts'
import { objectScripts } from './object-scripts.ts'
import { pushScripts } from './push-scripts.ts'
import { securityTranscript } from './security-scripts.ts'
import { selectionScripts } from './selection-scripts.ts'
import { robustnessScripts } from './robustness-scripts.ts'
import { cipheredScripts, countersTold } from './ciphered-scripts.ts'
import { shortNameScripts } from './short-name-scripts.ts'
import { scripts as linkScripts, type Script } from './scripts.ts'

const scripts: readonly Script[] = [
  ...linkScripts,
  ...robustnessScripts,
  ...objectScripts,
  ...selectionScripts,
  ...shortNameScripts,
  ...accessScripts,
  ...compactScripts,
  ...eventScripts,
  ...cipheredScripts,
]

/** Everything that was put out, with its times. */
const transcript = ({ meter, port, steps }: Script, names: readonly string[] = []): string =>
  ask(meter, port, steps, names)
    .map(({ step, output }) => {
      const what = 'octets' in output ? hex(output.octets) : output.is === 'settings' ? `${output.settings.baud}` : ''
      const from = output.is === 'datagram' ? (output.from ?? '') : ''
      const peer = 'peer' in output ? output.peer : ''
      return `${step} ${output.is} ${output.at.toFixed(3)} ${what} ${peer} ${from}`
    })
    .join('\n')

const calls = (names: readonly string[] = []): string =>
  pushScripts.map(({ apdus, answer }) => callsAfter(apdus, names, { answer }).join('\n')).join('\n')

describe('defects', () => {
  const right = scripts.map((script) => transcript(script))
  const called = calls()
  const secured = securityTranscript()
  const counted = countersTold().join('\n')
  const certified = certificateTranscript()

  for (const defect of defects) {
    it(`${defect.id} shows in some dialogue`, () => {
      if (defect.needs === 'certificates') {
        expect(certificateTranscript([defect.id])).not.to.equal(certified)
        return
      }
      const shows = securityTranscript([defect.id]) !== secured || countersTold([defect.id]).join('\n') !== counted
      const showsOnALine = (): boolean =>
        scripts.some((script, index) => transcript(script, [defect.id]) !== right[index]) ||
        calls([defect.id]) !== called
      expect(shows || showsOnALine()).to.equal(true)
    })
  }

  it('have names that nothing else has, clauses and a sentence', () => {
    const names = defects.flatMap(({ id, aliases = [] }) => [id, ...aliases])
    expect(new Set(names).size).to.equal(names.length)
    for (const { id, breaks, says } of defects) {
      expect(breaks, id).not.to.deep.equal([])
      expect(says, id).to.match(/^[A-Z].*\.$/)
    }
  })

  it('are found by id and alias; an unknown name is an error', () => {
    expect(findDefect('hdlc_half_frame_hangs')?.id).to.equal('hdlc.fragment.never-dropped')
    expect(findDefect('hdlc.nothing')).to.equal(undefined)
    expect(() => withDefects(['hdlc.nothing'])).to.throw('hdlc.nothing')
    expect(withDefects([])).to.equal(conformant)
  })

  it('can be combined, in any order', () => {
    const [script] = scripts
    if (script === undefined) return expect.fail()
    const both = transcript(script, ['hdlc.ua.final-bit-missing', 'hdlc.disc.ndm-answered-by-ua'])
    expect(both).to.equal(transcript(script, ['hdlc.disc.ndm-answered-by-ua', 'hdlc.ua.final-bit-missing']))
    for (const one of ['hdlc.ua.final-bit-missing', 'hdlc.disc.ndm-answered-by-ua'])
      expect(both).not.to.equal(transcript(script, [one]))
  })

  it('a deaf meter says nothing on any port', () => {
    for (const { meter, port, steps } of scripts) {
      const said = lines(ask(meter, port, steps, ['meter.deaf'])).filter((line) => / (octets|datagram)/.test(line))
      expect(said).to.deep.equal([])
    }
  })

  it('a meter that dies at frame n has sent n - 1', () => {
    const [script] = scripts
    if (script === undefined) return expect.fail()
    for (const n of [1, 2, 5]) {
      expect(ask(script.meter, script.port, script.steps, [`meter.dies-at-frame-${n}`])).to.have.lengthOf(n - 1)
    }
    expect(findDefect('meter.dies-at-frame-0')).to.equal(undefined)
    expect(findDefect('meter.dies-at-frame-31')).to.equal(undefined)
  })
})
