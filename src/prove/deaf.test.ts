import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import type { Event, TrafficEvent, VerdictEvent } from '../engine/events.ts'
import type { Instance } from '../engine/instance.ts'
import { instancesOn } from './prove.ts'
import { type MemoryRun, runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

const MOST_FRAMES = 30
/** Cases of a port that are run against each death: more than enough for 30 messages, with some left for the dead meter. */
const CASES = 24

const isMessage = (event: Event): event is TrafficEvent =>
  event.event === 'traffic' && (event.is === 'hdlc' || event.is === 'wrapper' || event.is === 'sign-on')

/** When each message of the meter began: up to the first that is missing two runs are the same. */
const heardAt = ({ events }: MemoryRun): readonly number[] =>
  events.filter(isMessage).flatMap(({ direction, at }) => (direction === 'received' ? [at] : []))

const GOODBYES = ['disc', 'rlrq', 'break']

/** When all was heard that an instance is judged by: the goodbye at its end is judged by nobody. */
function judgedAt(events: readonly Event[], { instance, at }: VerdictEvent): number {
  const own = events.filter(isMessage).filter((event) => event.instance === instance)
  const questions = own.filter(({ direction }) => direction === 'sent')
  const afterGoodbye = questions.findLastIndex(({ names }) => !names.some((name) => GOODBYES.includes(name))) + 1
  return questions[afterGoodbye]?.at ?? at
}

/** Instances that PASSED with the meter dead before all was heard. */
const passedSince = ({ verdicts, events }: MemoryRun, death: number): readonly string[] =>
  [...verdicts.values()]
    .filter((verdict) => verdict.verdict === 'PASSED' && judgedAt(events, verdict) >= death)
    .map(({ instance }) => instance)

describe('a meter that falls silent', () => {
  let reference: Subject
  let instances: readonly Instance[]

  before(async () => {
    const [first] = subjects()
    if (first === undefined) throw new Error('there is no built-in meter')
    reference = first
    const { suites } = await chooseSuites([])
    const selections = suites.map(selectionOf)
    instances = instancesOn(selections, reference).filter(({ inapplicable }) => inapplicable === undefined)
  })

  it('passes nothing, and fails nothing, when it was never heard', async () => {
    const { verdicts, alive } = await runOnMemory(reference, instances, ['meter.deaf'])
    const judged = [...verdicts.values()].filter(({ verdict }) => verdict === 'PASSED' || verdict === 'FAILED')
    expect(judged.map(({ instance }) => instance)).to.deep.equal([])
    expect(verdicts.size).to.equal(instances.length)
    expect(alive).to.equal(false)
  })

  for (const port of ['optical', 'hdlc', 'wrapper', 'udp'])
    it(`passes nothing on ${port} once it is dead, from whichever of its first ${MOST_FRAMES} messages on`, async () => {
      const own = instances.filter((one) => one.port === port).slice(0, CASES)
      const heard = heardAt(await runOnMemory(reference, own, []))
      expect(heard.length).to.be.at.least(MOST_FRAMES - 10)
      const wrong: string[] = []
      for (let n = 1; n <= MOST_FRAMES; n++) {
        const run = await runOnMemory(reference, own, [`meter.dies-at-frame-${n}`])
        const alive = heardAt(run)
        expect(alive, `message ${n}`).to.deep.equal(heard.slice(0, alive.length))
        wrong.push(
          ...passedSince(run, heard[alive.length] ?? Infinity).map((instance) => `${instance} at message ${n}`),
        )
      }
      expect(wrong).to.deep.equal([])
    }).timeout(300_000)

  it('passes no case in which the last message that counts is missing', async () => {
    const wrong: string[] = []
    const rowsBefore = new Set<string>()
    for (const one of instances) {
      const subCase = `${one.id}/${one.subtest ?? ''}@${one.port}` // the steps of all rows of a matrix are the same
      if (rowsBefore.has(subCase)) continue
      rowsBefore.add(subCase)
      const whole = await runOnMemory(reference, [one], [])
      const verdict = whole.verdicts.get(one.name)
      if (verdict?.verdict !== 'PASSED') continue
      const heard = heardAt(whole)
      const counting = heard.filter((at) => at <= judgedAt(whole.events, verdict))
      if (counting.length > MOST_FRAMES) continue
      const cut = await runOnMemory(reference, [one], [`meter.dies-at-frame-${counting.length}`])
      wrong.push(...passedSince(cut, counting.at(-1) ?? 0))
    }
    expect(wrong).to.deep.equal([])
  }).timeout(300_000)
})
