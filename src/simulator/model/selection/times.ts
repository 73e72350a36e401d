// Points in time that limit a range: date-times of a client, in whatever way they are written (rulings L3, L10).
import { faultsOf, readDateTime, type CosemDateTime } from '../../../protocol/data/date-time.ts'
import type { Data } from '../../../protocol/data/data.ts'

export type Side = 'from' | 'to'

/** Without a deviation it is the digits of the clock's face that count. `digits`: as milliseconds since 1970, were they UTC. */
export type TimeLimit =
  { readonly is: 'open' } | { readonly is: 'time'; readonly digits: number; readonly deviation: number | null }

/** octet-string of twelve octets, or date-time; undefined: neither, or no date. */
export function timeLimitOf(value: Data, side: Side): TimeLimit | undefined {
  if (value.is !== 'octet-string' && value.is !== 'date-time') return undefined
  const time = readDateTime(value.value)
  if (time === undefined || faultsOf(time).length > 0) return undefined
  const { year, month, deviation } = time
  if (year === null) return { is: 'open' }
  if ((month ?? 1) > 12 || (time['day-of-month'] ?? 1) > 31) return undefined
  return { is: 'time', digits: side === 'from' ? earliest(year, time) : latest(year, time), deviation }
}

/** What is not specified begins at its first value … */
const earliest = (
  year: number,
  { month, 'day-of-month': day, hour, minute, second, hundredths }: CosemDateTime,
): number => Date.UTC(year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0, (hundredths ?? 0) * 10)

/** … and ends at its last; day 0 of a month is the last of the month before. */
function latest(year: number, { month, 'day-of-month': day, hour, minute, second, hundredths }: CosemDateTime): number {
  const at = month ?? 12
  const days = day === null ? ([at, 0] as const) : ([at - 1, day] as const)
  return Date.UTC(year, ...days, hour ?? 23, minute ?? 59, second ?? 59, (hundredths ?? 99) * 10)
}

/** The digits of a date-time that this meter has written itself: all its parts are there. */
export function digitsOf(octets: Uint8Array): number {
  const [high = 0, low = 0, month = 1, day = 1, , hour = 0, minute = 0, second = 0, hundredths = 0] = octets
  return Date.UTC(high * 256 + low, month - 1, day, hour, minute, second, hundredths * 10)
}

/** Its deviation in minutes. */
export function deviationOf(octets: Uint8Array): number {
  const [high = 0, low = 0] = octets.subarray(9)
  return (((high << 8) | low) << 16) >> 16
}
