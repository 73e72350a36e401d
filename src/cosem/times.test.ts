import { expect } from 'chai'
import { unhex } from '../codec/value.ts'
import { dateTimeText, plausibleTime } from './times.ts'

describe('a date-time for people', () => {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['07EA 0B 15 06 13 1E 00 00 FFC4 00', '2026-11-21 19:30:00.00 UTC+01:00'],
    ['07EA 06 15 07 13 1E 00 FF FF88 80', '2026-06-21 19:30:00 UTC+02:00'],
    ['07EA 0B 15 06 13 1E 00 00 00D2 00', '2026-11-21 19:30:00.00 UTC-03:30'],
    ['07EA 0B 15 06 13 1E 00 00 8000 00', '2026-11-21 19:30:00.00'],
    ['FFFF 03 FE 07 02 00 00 00 8000 00', '*-03-last 02:00:00.00'],
    ['FFFF FD FD FF FF FF FF FF 8000 FF', '*-DST-end-second-last *:*:*'],
    ['07EA 0B 15 06 13 1E 00 00 FFC4', undefined],
  ]
  for (const [octets, text] of texts)
    it(text ?? 'has twelve octets', () => expect(dateTimeText(unhex(octets) ?? new Uint8Array())).to.equal(text))
})

describe('octets that can be nothing but a time', () => {
  const table: readonly (readonly [Parameters<typeof plausibleTime>[0], string, string | undefined])[] = [
    ['date-time', '07EA 0B 15 06 13 1E 00 00 FFC4 00', '2026-11-21 19:30:00.00 UTC+01:00'],
    ['date-time', '07EA 0B 15 02 13 1E 00 00 FFC4 00', '2026-11-21 19:30:00.00 UTC+01:00'],
    ['date-time', '07EA 0D 15 06 13 1E 00 00 FFC4 00', undefined],
    ['date-time', '07EA 0B 15 06 19 1E 00 00 FFC4 00', undefined],
    ['date-time', '0000 00 00 00 00 00 00 00 0000 00', undefined],
    ['date', '07EA 0B 15 06', '2026-11-21'],
    ['date', '07EA 02 1E 06', undefined],
    ['time', '13 1E 00 FF', '19:30:00'],
    ['time', '18 1E 00 FF', undefined],
  ]
  for (const [format, octets, text] of table)
    it(`${format} ${octets}: ${text ?? 'none'}`, () =>
      expect(plausibleTime(format, unhex(octets) ?? new Uint8Array())).to.equal(text))
})
