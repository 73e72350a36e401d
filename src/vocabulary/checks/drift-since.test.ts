import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { driftSince } from './drift-since.ts'

const HOUR = 3_600_000
const sample = (at: number, ahead: number, more: Readonly<Record<string, Value>> = {}): Value => ({
  at,
  ahead,
  trip: 100,
  resolution: 10,
  ...more,
})
const judged = (after: Value, limit = 2): unknown => driftSince(after, { of: sample(0, 5000), limit })

describe('drift-since', () => {
  it('passes a clock that goes as the tester does, however far ahead it is', () => {
    expect(judged(sample(HOUR, 5000))).to.deep.equal({ is: 'pass' })
  })
  it('fails more than the limit, gained or lost, when the doubt is taken off', () => {
    for (const ahead of [5200, 4800]) expect(judged(sample(HOUR, ahead))).to.include({ is: 'fails' })
    expect(judged(sample(HOUR, 5090))).to.include({ is: 'remark' })
  })
  it('remarks what cannot be told in this time: seconds, or a line that was slower', () => {
    for (const more of [{ resolution: 1000 }, { trip: 1000 }])
      expect(judged(sample(HOUR, 5000, more))).to.include({ is: 'remark', clause: 'cosem.clock.drift' })
  })
  it('fails without samples', () => {
    expect(driftSince({}, { of: sample(0, 0), limit: 1 })).to.include({ is: 'fails' })
  })
})
