// Class 20, Activity calendar, with class 11, Special days table: what the active calendar has done on a day, and when the passive one takes its place.
import { readDateTime, instantOf } from '../../../protocol/data/date-time.ts'
import type { Data } from '../../../protocol/data/data.ts'
import { elementsOf, fieldsOf, nameOf, numberOf } from '../data.ts'
import { isIn, isOnDate, timeOfDay, type Span } from './moments.ts'

export const SEASONS = 3
export const WEEKS = 4
export const DAYS = 5
export const ACTIVATION_TIME = 10

/** What a calendar goes by: season, week and day tables, and the entries of the special days tables. */
export interface Calendar {
  readonly seasons: Data | undefined
  readonly weeks: Data | undefined
  readonly days: Data | undefined
  readonly specialDays: readonly Data[]
}

/** A script, and when on the day it is executed. */
export interface DayAction {
  readonly at: number
  readonly script: string
  readonly selector: number
}

const octetsIn = (value: Data | undefined): Uint8Array | undefined =>
  value?.is === 'octet-string' ? value.value : undefined
const textIn = (value: Data | undefined): string | undefined => octetsIn(value)?.join('.')

/** The day_id of a day: a special day goes before the one that season and week have. */
export function dayIdOf({ seasons, weeks, specialDays }: Calendar, day: number): number | undefined {
  const special = specialDays
    .map((entry) => fieldsOf(entry, 3) ?? [])
    .find(([, date]) => date?.is === 'octet-string' && isOnDate(date.value, day))
  if (special !== undefined) return numberOf(special[2], 'unsigned')
  const week = weekOf(seasons, day)
  const fields = (elementsOf(weeks) ?? []).map((entry) => fieldsOf(entry, 8) ?? [])
  const ofWeek = fields.find(([name]) => week !== undefined && textIn(name) === week)
  return numberOf(ofWeek?.[((new Date(day).getUTCDay() + 6) % 7) + 1], 'unsigned')
}

/** The week_name of the season that has begun last. */
function weekOf(seasons: Data | undefined, day: number): string | undefined {
  const begun = (elementsOf(seasons) ?? []).flatMap((entry) => {
    const [, start, week] = fieldsOf(entry, 3) ?? []
    const begin = startIn(octetsIn(start), day)
    return begin === undefined ? [] : [{ begin, week: textIn(week) }]
  })
  return begun.sort((a, b) => b.begin - a.begin)[0]?.week
}

/** When a season began, at the latest on this day; one without a date always has. */
function startIn(octets: Uint8Array | undefined, day: number): number | undefined {
  const { year, month, 'day-of-month': dayOfMonth } = (octets && readDateTime(octets)) ?? {}
  if (month === undefined) return undefined
  if (month === null || dayOfMonth === null || dayOfMonth === undefined) return 0
  if (typeof year === 'number') return Date.UTC(year, month - 1, dayOfMonth)
  const own = Date.UTC(new Date(day).getUTCFullYear(), month - 1, dayOfMonth)
  return own <= day ? own : Date.UTC(new Date(day).getUTCFullYear() - 1, month - 1, dayOfMonth)
}

/** day_schedule of a day_id. */
export function actionsOf({ days }: Calendar, dayId: number | undefined): readonly DayAction[] {
  const profiles = (elementsOf(days) ?? []).map((entry) => fieldsOf(entry, 2) ?? [])
  const [, schedule] = profiles.find(([id]) => dayId !== undefined && numberOf(id, 'unsigned') === dayId) ?? []
  return (elementsOf(schedule) ?? []).flatMap((action) => {
    const [start, script, selector] = fieldsOf(action, 3) ?? []
    const [at, name, number] = [
      timeOfDay(octetsIn(start) ?? new Uint8Array(0)),
      nameOf(script),
      numberOf(selector, 'long-unsigned'),
    ]
    return at === undefined || name === undefined || number === undefined
      ? []
      : [{ at, script: name, selector: number }]
  })
}

/** The moment of activate_passive_calendar_time, where it lies in the span. */
export function activationIn(time: Data | undefined, span: Span): number | undefined {
  const read = readDateTime(octetsIn(time) ?? new Uint8Array(0))
  const moment = read && instantOf({ ...read, deviation: 0 })
  return moment !== undefined && isIn(span, moment) ? moment : undefined
}
