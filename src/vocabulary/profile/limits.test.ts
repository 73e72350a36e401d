import { expect } from 'chai'
import { toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { digitsOfLimit, limitOf, momentOfLimit } from './limits.ts'

/** 15 January 2026, a Thursday, 00:15 in Central Europe. */
const TIME = { 'octet-string': '07EA010F04000F0000FFC400' }
const written = (said: Value): Value | undefined => {
  const limit = limitOf(said)
  return limit && toJson(limit)
}

describe('limits of a range', () => {
  const times: readonly (readonly [string, Value, string])[] = [
    ['as it was told', { time: TIME }, '07EA010F04000F0000FFC400'],
    ['a second later', { time: TIME, plus: 1 }, '07EA010F04000F0100FFC400'],
    ['a day and a second before', { time: TIME, plus: -86401 }, '07EA010E03000E3B00FFC400'],
    ['without deviation and status', { time: TIME, written: 'without-deviation' }, '07EA010F04000F00008000FF'],
    ['without the day of the week', { time: TIME, written: 'without-weekday' }, '07EA010FFF000F0000FFC400'],
    ['with another day of the week', { time: TIME, written: 'with-another-weekday' }, '07EA010F05000F0000FFC400'],
    ['in UTC', { time: TIME, written: 'in-utc' }, '07EA010E03170F0000000000'],
    ['in UTC, a second later', { time: TIME, plus: 1, written: 'in-utc' }, '07EA010E03170F0100000000'],
  ]
  for (const [what, said, octets] of times)
    it(`a time ${what}`, () => {
      expect(written(said)).to.deep.equal({ 'octet-string': octets })
    })
  it('are of the type that was told; what is tagged is taken as it is', () => {
    expect(written({ time: { 'date-time': '07EA010F04000F0000FFC400' }, plus: 1 })).to.deep.equal({
      'date-time': '07EA010F04000F0100FFC400',
    })
    for (const value of [{ unsigned: 1 }, { time: '000F0000' }]) expect(written(value)).to.deep.equal(value)
  })
  it('are not made of anything else', () => {
    for (const said of [null, 3, { time: { unsigned: 1 } }, { time: { 'octet-string': '07EA' } }])
      expect(limitOf(said)).to.equal(undefined)
    expect(limitOf({ time: TIME, written: 'backwards' })).to.equal(undefined)
    expect(limitOf({ time: TIME, plus: 'a day' })).to.equal(undefined)
  })
  it('mean the same time however they are written; their digits do not', () => {
    const utc = { time: TIME, written: 'in-utc' }
    expect(momentOfLimit(utc)).to.equal(Date.UTC(2026, 0, 14, 23, 15))
    expect(momentOfLimit({ time: TIME, written: 'without-deviation' })).to.equal(Date.UTC(2026, 0, 14, 23, 15))
    expect(digitsOfLimit(utc)).to.equal(Date.UTC(2026, 0, 14, 23, 15))
    expect(digitsOfLimit({ time: TIME })).to.equal(Date.UTC(2026, 0, 15, 0, 15))
  })
})
