// A meter that lies in its answers: a verdict with its reason, in bounded time and memory, and the run goes on to its end.
import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import type { Instance } from '../engine/instance.ts'
import { LIES, lying, notifying, segmenting, type Lie } from '../simulator/lies.ts'
import { UNTRUTHS, type Untruth } from '../simulator/untruths.ts'
import type { Between } from './memory-meter.ts'
import { instancesOn } from './prove.ts'
import { runOnMemory, type MemoryRun, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

const ON_THE_WRAPPER = [
  'ROBUST_ROW_1/1@wrapper',
  'ROBUST_SPARE_1/1[spare=one-octet]@wrapper',
  'EXT_WRAPPER_P1/1@wrapper',
]
const ON_HDLC = 'ROBUST_ROW_1/1@hdlc'
/** What is taken of an answer before it is given up is 4 MB, in hex, and as much again for the small frames that carry it; all else is little. */
const MOST_OCTETS = 80_000_000

describe('a meter that lies', function () {
  this.timeout(120_000)
  let subject: Subject
  let instances: readonly Instance[]

  before(async () => {
    const { suites } = await chooseSuites(['robustness', 'wrapper'])
    const selections = suites.map(selectionOf)
    subject = subjects()[0] ?? expect.fail('no built-in meter')
    instances = instancesOn(selections, subject)
  })

  function run(names: readonly string[], between: Between): Promise<MemoryRun> {
    const chosen = instances.filter(({ name }) => names.includes(name))
    expect(chosen.length).to.equal(names.length)
    return runOnMemory(subject, chosen, [], { between })
  }
  const runWith = (lie: Lie): Promise<MemoryRun> =>
    run(ON_THE_WRAPPER, (party, port) => (port === 'wrapper' ? lying(party, lie) : party))

  function blamed({ verdicts, alive, events }: MemoryRun): void {
    expect(alive).to.equal(true)
    for (const name of ON_THE_WRAPPER) {
      const { verdict, reason } = verdicts.get(name) ?? expect.fail(`${name} has no verdict`)
      expect(verdict, name).to.be.oneOf(['FAILED', 'INCONCLUSIVE'])
      expect(reason?.text, name).to.be.a('string').that.is.not.equal('')
      expect(reason?.found, name).to.be.a('string').that.is.not.equal('')
    }
    expect(JSON.stringify(events).length).to.be.lessThan(MOST_OCTETS)
  }

  it('is judged rightly while it does not lie', async () => {
    const { verdicts } = await runWith((wpdu) => wpdu)
    for (const name of ON_THE_WRAPPER) expect(verdicts.get(name)?.verdict, name).to.equal('PASSED')
  })

  for (const [title, lie] of Object.entries(LIES)) it(title, async () => blamed(await runWith(lie)))

  it('notifications without an end, and never an answer', async () =>
    blamed(await run(ON_THE_WRAPPER, (party, port) => (port === 'wrapper' ? notifying(party) : party))))

  it('segments without an end: given up after so many', async () => {
    const ended = await run([ON_HDLC], (party, port) => (port === 'hdlc' ? segmenting(party) : party))
    const { verdict, reason } = ended.verdicts.get(ON_HDLC) ?? expect.fail('no verdict')
    expect(verdict).to.equal('FAILED')
    expect(reason?.found).to.match(/^I N\(S\)/)
    expect(ended.alive).to.equal(true)
  })
})

/** Instances that read, by the meter they are of. */
const READING: Readonly<Record<string, readonly string[]>> = {
  reference: ['hdlc', 'wrapper'].flatMap((port) => [`ROBUST_ROW_1/1@${port}`, `BLOCK_GET_P1/c@${port}`]),
  sn: ['hdlc', 'wrapper'].map((port) => `SN_P2/1@${port}`),
}

for (const [meter, names] of Object.entries(READING))
  describe(`the meter ${meter} that does not tell the truth, over HDLC and the wrapper`, function () {
    this.timeout(120_000)
    let run: (untruth?: Untruth) => Promise<MemoryRun>

    before(async () => {
      const { suites } = await chooseSuites(['robustness', 'block-transfer', 'xdlms'])
      const selections = suites.map(selectionOf)
      const subject = subjects().find(({ declaration }) => declaration.meter === meter) ?? expect.fail(`no ${meter}`)
      const chosen = instancesOn(selections, subject).filter(({ name }) => names.includes(name))
      expect(chosen.length).to.equal(names.length)
      run = (untruth) => runOnMemory(subject, chosen, [], untruth === undefined ? {} : { untruth })
    })

    it('is judged rightly while it tells it', async () => {
      const { verdicts } = await run()
      for (const name of names) expect(verdicts.get(name)?.verdict, name).to.equal('PASSED')
    })

    for (const [title, untruth] of Object.entries(UNTRUTHS))
      it(title, async () => {
        const { verdicts, alive, events } = await run(untruth)
        expect(alive).to.equal(true)
        for (const name of names) {
          const { verdict, reason } = verdicts.get(name) ?? expect.fail(`${name} has no verdict`)
          expect(verdict, name).to.be.oneOf(['FAILED', 'INCONCLUSIVE'])
          expect(reason?.text, name).to.be.a('string').that.is.not.equal('')
          expect(reason?.found, name).to.be.a('string').that.is.not.equal('')
        }
        expect(JSON.stringify(events).length).to.be.lessThan(MOST_OCTETS)
      })
  })
