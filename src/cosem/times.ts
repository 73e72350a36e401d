// Dates and times checked part by part (IEC 62056-6-2 clause 4.1.6.1), and told to people.
import {
  faultsOf,
  readDate,
  readDateTime,
  readTime,
  type CosemDate,
  type CosemDateTime,
  type CosemTime,
} from '../protocol/data/date-time.ts'
import type { Format } from './definition.ts'
import { finding, NOTHING, remark, type Finding } from './finding.ts'

export type TimeFormat = Exclude<Format, 'logical-name'>

const readers = { 'date-time': readDateTime, date: readDate, time: readTime }

/** Octets that stand for a date, a time or both. A weekday that the date does not have is a remark (ruling C8). */
export function checkTime(format: TimeFormat, octets: Uint8Array): readonly Finding[] {
  const parts: Partial<CosemDateTime> | undefined = readers[format](octets)
  if (!parts) return NOTHING // the size is wrong, and has been found so
  const faults = faultsOf(parts)
  if (faults.length === 0) return NOTHING
  const weekday = parts['day-of-week'] ?? 1
  const wrongDay = faults.length === 1 && faults[0] === 'day-of-week' && weekday >= 1 && weekday <= 7
  if (wrongDay) return remark('format', `the day of the week of ${dateText(parts)}`, WEEKDAYS[weekday - 1] ?? '')
  return octets.every((octet) => octet === 0)
    ? remark('format', format, 'zeros')
    : finding('format', format, `no such ${faults.join(', ')}: ${timesText(format, parts)}`)
}

/** The time of a clock says when it is; how far from UTC it should say (ruling C10). */
export function checkClockTime(octets: Uint8Array): readonly Finding[] {
  const parts = readDateTime(octets)
  if (!parts) return NOTHING
  const silent = CLOCK_PARTS.filter((part) => parts[part] === null)
  return silent.length === 0 ? NOTHING : remark('format', 'a time that is specified', `no ${silent.join(', ')}`)
}

const CLOCK_PARTS = ['year', 'month', 'day-of-month', 'hour', 'minute', 'second', 'deviation'] as const

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `2026-11-21 19:30:00.00 UTC+01:00`, parts that are not said as `*`; undefined if it is not twelve octets. */
export function dateTimeText(octets: Uint8Array): string | undefined {
  const parts = readDateTime(octets)
  return parts && timesText('date-time', parts)
}

/** The text of octets that can be nothing but such a time; undefined where a part of it means nothing. */
export function plausibleTime(format: TimeFormat, octets: Uint8Array): string | undefined {
  const parts: Partial<CosemDateTime> | undefined = readers[format](octets)
  return parts && faultsOf(parts).every((fault) => fault === 'day-of-week') ? timesText(format, parts) : undefined
}

function timesText(format: TimeFormat, parts: Partial<CosemDateTime>): string {
  if (format === 'date') return dateText(parts)
  if (format === 'time') return timeText(parts)
  return [dateText(parts), timeText(parts), ...zoneText(parts.deviation ?? null)].join(' ')
}

const MONTH_RULES: Readonly<Record<number, string>> = { 0xfd: 'DST-end', 0xfe: 'DST-begin' }
const DAY_RULES: Readonly<Record<number, string>> = { 0xfd: 'second-last', 0xfe: 'last' }

const padded = (part: number | null | undefined, digits: number): string =>
  part === null || part === undefined ? '*' : String(part).padStart(digits, '0')

function dateText({ year, month, 'day-of-month': day }: Partial<CosemDate>): string {
  return [padded(year, 4), MONTH_RULES[month ?? 0] ?? padded(month, 2), DAY_RULES[day ?? 0] ?? padded(day, 2)].join('-')
}

function timeText({ hour, minute, second, hundredths }: Partial<CosemTime>): string {
  const text = [hour, minute, second].map((part) => padded(part, 2)).join(':')
  return hundredths === null || hundredths === undefined ? text : `${text}.${padded(hundredths, 2)}`
}

/** The deviation counts from local time to UTC: -60 is one hour ahead. */
function zoneText(deviation: number | null): readonly string[] {
  if (deviation === null) return []
  const ahead = Math.abs(deviation)
  return [`UTC${deviation > 0 ? '-' : '+'}${padded(Math.floor(ahead / 60), 2)}:${padded(ahead % 60, 2)}`]
}
