import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { deviationOf } from './deviation-of.ts'

/** 2026-01-01 12:00:00, with a deviation and a clock-status in hex. */
const time = (deviation: string, status = '00'): Value => ({
  'octet-string': `07EA0101040C000000${deviation}${status}`,
})
const CENTRAL_EUROPE: Value = { zone: -60, daylight: 60 }

describe('deviation-of', () => {
  it('passes time_zone in winter, and more of it in summer', () => {
    expect(deviationOf(time('FFC4'), CENTRAL_EUROPE)).to.deep.equal({ is: 'pass' })
    expect(deviationOf(time('FF88', '80'), CENTRAL_EUROPE)).to.deep.equal({ is: 'pass' })
  })

  it('remarks the opposite sign, a deviation that is not specified, and what is no date-time', () => {
    expect(deviationOf(time('003C'), CENTRAL_EUROPE)).to.include({ is: 'remark', ruling: 'C11' })
    expect(deviationOf(time('8000'), CENTRAL_EUROPE)).to.include({ is: 'remark', ruling: 'C10' })
    for (const value of [{ 'octet-string': '07EA' }, { 'null-data': {} }, null])
      expect(deviationOf(value, CENTRAL_EUROPE)).to.include({ is: 'remark', ruling: 'C8' })
  })

  it('fails another amount, and what no zone has', () => {
    for (const [value, found] of [
      [time('0000'), '0'],
      [time('FFC4', '80'), '-60'],
      [time('03E8'), '1000'],
    ] as const)
      expect(deviationOf(value, CENTRAL_EUROPE)).to.include({ is: 'fails', found })
  })

  it('wants the sign of the clock in other date-times, where something was captured', () => {
    const clock: Value = { clock: time('FFC4') }
    expect(deviationOf(time('FF88'), clock)).to.deep.equal({ is: 'pass' })
    expect(deviationOf({ 'octet-string': 'FFFFFFFFFFFFFFFFFF8000FF' }, clock)).to.deep.equal({ is: 'pass' })
    expect(deviationOf(time('003C'), clock)).to.include({ is: 'fails', found: '60' })
  })
})
