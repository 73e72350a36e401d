// Moments in a span of local time, from times and dates in which parts may be left open (IEC 62056-6-2 clause 4.1.6.1).

/** Milliseconds since 1970 as the clock shows them. What is at `from` has been, what is at `to` is now. */
export interface Span {
  readonly from: number
  readonly to: number
}

const DAY = 86_400_000
const SECOND = 1000
const OPEN = 0xff
const OPEN_YEAR = 0xffff
const LAST_DAY = 0xfe
const SECOND_LAST_DAY = 0xfd

/** Nothing looks further back: so many days. */
const MOST_DAYS = 400

export const isIn = ({ from, to }: Span, moment: number): boolean => moment > from && moment <= to

/** Where the days of a span begin. Times of a day have whole seconds: in a span without one there is nothing to look for. */
export function daysIn({ from, to }: Span): readonly number[] {
  if (Math.floor(from / SECOND) === Math.floor(to / SECOND)) return []
  const last = Math.floor(to / DAY)
  const first = Math.max(Math.floor(from / DAY), last - MOST_DAYS)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * DAY)
}

/** Of hour, minute, second: milliseconds from the beginning of the day. Undefined: hour or minute are left open, and it is at no moment. */
export function timeOfDay(octets: Uint8Array): number | undefined {
  const [hour = OPEN, minute = OPEN, second = OPEN] = octets
  return hour > 23 || minute > 59 ? undefined : ((hour * 60 + minute) * 60 + (second > 59 ? 0 : second)) * 1000
}

/** Whether a day is one of those that year, month, day and weekday mean. */
export function isOnDate(octets: Uint8Array, day: number): boolean {
  const [high = OPEN, low = OPEN, month = OPEN, dayOfMonth = OPEN, weekday = OPEN] = octets
  const date = new Date(day)
  const year = high * 256 + low
  return (
    (year === OPEN_YEAR || year === date.getUTCFullYear()) &&
    (month === OPEN || month === date.getUTCMonth() + 1) &&
    (dayOfMonth === OPEN || dayOfMonth === numberOfDay(date, dayOfMonth)) &&
    (weekday === OPEN || weekday % 7 === date.getUTCDay())
  )
}

/** The day of the month, counted from its end where that is asked for. */
function numberOfDay(date: Date, asked: number): number {
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  const day = date.getUTCDate()
  if (asked === LAST_DAY) return day === days ? LAST_DAY : day
  return asked === SECOND_LAST_DAY && day === days - 1 ? SECOND_LAST_DAY : day
}
