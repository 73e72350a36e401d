// communication_window of Push setup: when a push may be sent (IEC 62056-6-2, class 40).
import { dateTimeAt, instantOf, readDateTime, type CosemDateTime } from '../../protocol/data/date-time.ts'
import type { Data } from '../../protocol/data/data.ts'
import { elementsOf, fieldsOf } from '../model/data.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A window as it is written: parts that are not said are those of the present day. */
export interface CommunicationWindow {
  readonly start: CosemDateTime
  readonly end: CosemDateTime
}

export const windowsIn = (value: Data | undefined): readonly CommunicationWindow[] =>
  (elementsOf(value) ?? []).flatMap((each) => {
    const [first, last] = fieldsOf(each, 2) ?? []
    const start = timeIn(first)
    const end = timeIn(last)
    return start === undefined || end === undefined ? [] : [{ start, end }]
  })

const timeIn = (value: Data | undefined): CosemDateTime | undefined =>
  value?.is === 'octet-string' ? readDateTime(value.value) : undefined

/** The instant from which a push may be sent, now or later; Infinity: there is no window any more. Without windows: at once. */
export function opensAt(windows: readonly CommunicationWindow[], now: number, deviation: number): number {
  return windows.length === 0 ? now : Math.min(...windows.map((window) => nextIn(window, now, deviation)))
}

function nextIn({ start, end }: CommunicationWindow, now: number, deviation: number): number {
  const from = filled(start, now, deviation)
  const until = filled(end, now, deviation)
  if (from === undefined || until === undefined) return Infinity
  if (now < from) return from
  if (now <= until) return now
  return isDaily(start) ? from + DAY : Infinity
}

const isDaily = ({ year, month, 'day-of-month': day }: CosemDateTime): boolean =>
  year === null && month === null && day === null

function filled(time: CosemDateTime, now: number, deviation: number): number | undefined {
  const today = dateTimeAt(now, deviation)
  return instantOf({
    ...time,
    year: time.year ?? today.year,
    month: time.month ?? today.month,
    'day-of-month': time['day-of-month'] ?? today['day-of-month'],
    hour: time.hour ?? 0,
    minute: time.minute ?? 0,
    second: time.second ?? 0,
    deviation: time.deviation ?? deviation,
  })
}
