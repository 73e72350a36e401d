import { expect } from 'chai'
import {
  dateTimeAt,
  faultsOf,
  instantOf,
  readDate,
  readDateTime,
  readTime,
  writeDate,
  writeDateTime,
  writeTime,
} from './date-time.ts'
import { hex, unhex } from '../../codec/value.ts'
import { vectors } from '../vectors/load.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array()
const parts = (text: string) => {
  const value = readDateTime(octets(text))
  if (!value) throw new TypeError(`not a date-time: ${text}`)
  return value
}

describe('date-time', () => {
  for (const { id, what, octets: written, value } of vectors('date-time'))
    it(`${id}: ${what}`, () => {
      expect(readDateTime(octets(written))).to.deep.equal(value)
      expect(hex(writeDateTime(parts(written)))).to.equal(written)
    })

  it('reads dates and times, and nothing of another length', () => {
    expect(readDate(octets('FFFF03FE07'))).to.deep.equal({
      year: null,
      month: 3,
      'day-of-month': 254,
      'day-of-week': 7,
    })
    expect(readTime(octets('173B3BFF'))).to.deep.equal({ hour: 23, minute: 59, second: 59, hundredths: null })
    expect(readDateTime(octets('07E8031F0702000000FFC4'))).to.equal(undefined)
  })

  it('writes dates and times', () => {
    expect(hex(writeDate({ year: null, month: 3, 'day-of-month': 254, 'day-of-week': 7 }))).to.equal('FFFF03FE07')
    expect(hex(writeTime({ hour: 23, minute: 59, second: 59, hundredths: null }))).to.equal('173B3BFF')
  })

  it('knows the instant by the deviation: UTC = local + deviation', () => {
    expect(instantOf(parts('07E80701010C000000FF8880'))).to.equal(Date.UTC(2024, 6, 1, 10, 0, 0))
    expect(instantOf(parts('07E40101FF00030000FF8800'))).to.equal(Date.UTC(2019, 11, 31, 22, 3, 0))
    expect(instantOf(parts('07E2020CFF00000000800000')), 'no deviation').to.equal(undefined)
  })

  it('writes an instant as local time', () => {
    expect(hex(writeDateTime(dateTimeAt(Date.UTC(2024, 6, 1, 10), -120, true)))).to.equal('07E80701010C000000FF8880')
    expect(hex(writeDateTime(dateTimeAt(Date.UTC(2024, 11, 29, 23, 30), -60)))).to.equal('07E80C1E01001E0000FFC400')
  })

  const faulty: readonly (readonly [string, string, readonly string[]])[] = [
    ['a leap day', '07E8021D0400000000000000', []],
    ['no leap year', '07E7021DFF00000000000000', ['day-of-month']],
    ['a thirteenth month', '07E80D01FF00000000000000', ['month']],
    ['a wrong day of the week', '07E8021D0500000000000000', ['day-of-week']],
    ['an eighth day of the week', '07E8021D0800000000000000', ['day-of-week']],
    ['24 o’clock', '07E8021D0418000000000000', ['hour']],
    ['a deviation of 15 hours', '07E8021D0400000000038400', ['deviation']],
    ['rules for month and day', 'FFFFFDFE0702000000800000', []],
    ['a reserved day', 'FFFF03E0FF02000000800000', ['day-of-month']],
  ]
  for (const [what, written, faults] of faulty)
    it(`finds what is wrong with ${what}`, () => expect(faultsOf(parts(written))).to.deep.equal(faults))
})
