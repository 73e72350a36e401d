import { expect } from 'chai'
import type { Reason, TrafficEvent } from '../engine/events.ts'
import { DM, explain, FAILED, instance, note, RR_DAMAGED, step, traffic, verdict } from './fixture.ts'
import type { Moment } from './model.ts'
import { attemptViews, entriesOf } from './timeline-view.ts'

const received = (part: Partial<TrafficEvent>): TrafficEvent => traffic(FAILED, { direction: 'received', ...part })
const moments: readonly Moment[] = [
  step(FAILED, { index: 0, at: 100 }),
  traffic(FAILED, { at: 101 }),
  received({ at: 102, octets: DM }),
  step(FAILED, { index: 1, at: 103 }),
  received({ at: 104, octets: RR_DAMAGED }),
  received({ at: 105, octets: DM }),
  received({ at: 106, is: 'closed', octets: '' }),
  step(FAILED, { block: 'finally', index: 1, at: 107 }),
  received({ at: 108, octets: DM }),
]
/** When the units that are shown open came, in milliseconds. */
const opened = (reason: Partial<Reason>): readonly number[] =>
  entriesOf(moments, 0, explain, { text: 'wrong', ...reason }).flatMap(({ unit, time }) =>
    unit?.open === true ? [Math.round(Number(time) * 1000)] : [],
  )

describe('a timeline', () => {
  const table: readonly (readonly [string, Partial<Reason>, readonly number[]])[] = [
    ['opens the unit with the octets of the reason, in its step', { block: 'steps', step: 0, octets: DM }, [102]],
    ['of another step, the one there', { block: 'steps', step: 1, octets: DM }, [105]],
    ['of another block, the one there', { block: 'finally', step: 1, octets: DM }, [108]],
    ['knows octets with blanks and in lower case', { block: 'steps', step: 1, octets: '7e a0 0a 00' }, [104]],
    ['opens the last unit with the field named', { block: 'steps', step: 1, field: 'hdlc.fcs' }, [105]],
    ['opens the last unit when octets came from several', { block: 'steps', step: 1, octets: 'C4' }, [105]],
    ['looks everywhere when the step is not in the stream', { block: 'prepare', step: 0, octets: DM }, [108]],
    ['opens none where the reason is silence', { block: 'steps', step: 0 }, []],
    ['opens none for a field that no unit has', { block: 'steps', step: 0, field: 'aare.result' }, []],
  ]
  for (const [name, reason, times] of table) it(name, () => expect(opened(reason)).to.deep.equal(times))

  it('counts time from the beginning of each attempt, and steps from 1', () => {
    const attempts = [1000, 3000].map((at) => ({
      begun: instance(FAILED, { at }),
      moments: [step(FAILED, { at: at + 1.5 }), note({ at: at + 2, text: 'again', kind: 'confirm' })],
      verdict: verdict(FAILED, { verdict: 'FAILED', reason: { text: 'silence' } }),
    }))
    const views = attemptViews(attempts, explain)
    expect(views.map(({ title, reason }) => [title, reason])).to.deep.equal([
      ['Attempt 1 of 2: FAILED', 'silence.'],
      ['Attempt 2 of 2: FAILED', 'silence.'],
    ])
    expect(views[1]?.entries.map(({ time }) => time)).to.deep.equal(['0.0015', '0.0020'])
    expect(views[1]?.entries[0]?.step?.place).to.equal('Step 1')
  })

  it('says who ended a connection', () => {
    expect(entriesOf(moments, 0, explain)[6]?.happening?.text).to.equal('connection closed by the meter')
  })

  it('names the connection only where there are several', () => {
    const on = (...names: readonly string[]) =>
      entriesOf(
        names.map((name) => step(FAILED, { on: name })),
        0,
        explain,
      ).map((entry) => entry.step?.on)
    expect(on('main', 'main')).to.deep.equal(['', ''])
    expect(on('reader', 'manager')).to.deep.equal(['reader', 'manager'])
  })
})
