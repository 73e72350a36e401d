// When daylight saving begins and ends: date-times in which year, day or weekday may be left open (IEC 62056-6-2 clause 4.1.6.1).
import { readDateTime, type CosemDateTime } from '../../../protocol/data/date-time.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const LAST_DAY = 0xfe
const SECOND_LAST_DAY = 0xfd

/** Begin in standard time, end in daylight-saving time; `minutes`: what is added between them. */
export interface DaylightSaving {
  readonly begin: Uint8Array
  readonly end: Uint8Array
  readonly minutes: number
}

/** `face`: standard time, as milliseconds since 1970 were it UTC. South of the equator the end comes before the begin. */
export function isDaylightSaving({ begin, end, minutes }: DaylightSaving, face: number): boolean {
  const year = new Date(face).getUTCFullYear()
  const from = inYear(begin, year)
  const to = inYear(end, year)
  if (from === undefined || to === undefined) return false
  const until = to - minutes * MINUTE
  return from <= until ? face >= from && face < until : face >= from || face < until
}

/** Undefined: no date can be told. */
function inYear(octets: Uint8Array, year: number): number | undefined {
  const time = readDateTime(octets)
  if (time === undefined || time.month === null || time.month > 12 || time['day-of-month'] === null) return undefined
  return dayOf(time, time.year ?? year, time.month) + ((time.hour ?? 0) * 60 + (time.minute ?? 0)) * MINUTE
}

/** With a weekday: the last such day up to the end of the month, or the first from the day on. */
function dayOf({ 'day-of-month': day, 'day-of-week': weekday }: CosemDateTime, year: number, month: number): number {
  const fromTheEnd = day === LAST_DAY || day === SECOND_LAST_DAY
  const at = fromTheEnd ? Date.UTC(year, month, day === LAST_DAY ? 0 : -1) : Date.UTC(year, month - 1, day ?? 1)
  if (weekday === null) return at
  const later = (weekday - new Date(at).getUTCDay() + 7) % 7
  return at + (later === 0 ? 0 : later - (fromTheEnd ? 7 : 0)) * DAY
}
