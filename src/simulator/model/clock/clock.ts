// The meter's clock: the time of the world, counted from the date of the description, and moved when a client sets it.
import { remembered } from '../../../codec/remembered.ts'
import { dateTimeAt, writeDateTime } from '../../../protocol/data/date-time.ts'
import type { Ms } from '../../../protocol/line.ts'
import type { ObjectDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'
import { numberOf } from '../data.ts'
import { isDaylightSaving, type DaylightSaving } from './daylight-saving.ts'

export type Running = Pick<Situation, 'description' | 'rules' | 'store'>

const CLOCK = 8
export const TIME_ZONE = 3
export const DST_BEGIN = 5
export const DST_END = 6
export const DST_DEVIATION = 7
export const DST_ENABLED = 8

const MINUTE = 60_000

const starts = remembered<number>()
const startOf = (text: string): number => starts(text, () => Date.parse(text))

/** What the clock stands at, in milliseconds since 1970 in UTC. */
export const instantAt = ({ description: { clock }, rules, store }: Running, at: Ms): number =>
  startOf(clock.start) + at * rules.clock.rate + store.clockShift()

/** Standard time as the face shows it: periods begin with its hours and days. */
export const faceAt = (running: Running, at: Ms): number => instantAt(running, at) - zoneOf(running) * MINUTE

/** Local time as the face shows it, daylight saving and all. */
export const localAt = (running: Running, at: Ms): number =>
  faceAt(running, at) + daylightSavingAt(running, at) * MINUTE

/** The reverse of `faceAt`. */
export const timeOfFace = (running: Running, face: number): Ms => (face - faceAt(running, 0)) / running.rules.clock.rate

/** The reverse of `instantAt`. */
export const timeOfInstant = (running: Running, instant: number): Ms =>
  (instant - instantAt(running, 0)) / running.rules.clock.rate

/** Sets the clock: at this time of the world it stands at this instant. */
export const setClock = (running: Running, at: Ms, instant: number): void => {
  running.store.shiftClock(running.store.clockShift() + instant - instantAt(running, at))
}

/** Date-time of twelve octets: local time, and the deviation from it to UTC in minutes. */
export function dateTime(running: Running, at: Ms): Uint8Array {
  const summer = daylightSavingAt(running, at)
  return writeDateTime(dateTimeAt(instantAt(running, at), deviationAt(running, at), summer !== 0))
}

/** Minutes from local time to UTC, daylight saving included. */
export const deviationAt = (running: Running, at: Ms): number =>
  running.rules.clock.deviation(zoneOf(running), daylightSavingAt(running, at))

/** Minutes of daylight saving in force; 0: none. */
export function daylightSavingAt(running: Running, at: Ms): number {
  const saving = savingOf(running)
  return saving !== undefined && isDaylightSaving(saving, faceAt(running, at)) ? saving.minutes : 0
}

const clockObject = ({ description }: Running): ObjectDescription | undefined =>
  description.objects.find((object) => object['class-id'] === CLOCK)

/** time_zone: minutes from standard time to UTC. */
function zoneOf(running: Running): number {
  const object = clockObject(running)
  const zone = object && numberOf(running.store.get(object, TIME_ZONE), 'long')
  return zone ?? running.description.clock.deviation
}

/** Undefined: the clock has none. */
function savingOf(running: Running): DaylightSaving | undefined {
  const object = clockObject(running)
  if (object === undefined) return undefined
  const get = (attribute: number): ReturnType<typeof running.store.get> => running.store.get(object, attribute)
  const [begin, end, enabled] = [get(DST_BEGIN), get(DST_END), get(DST_ENABLED)]
  if (enabled?.is !== 'boolean' || !enabled.value) return undefined
  if (begin?.is !== 'octet-string' || end?.is !== 'octet-string') return undefined
  return { begin: begin.value, end: end.value, minutes: numberOf(get(DST_DEVIATION), 'integer') ?? 0 }
}
