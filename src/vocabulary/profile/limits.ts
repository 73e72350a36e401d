// Limits of a range over time as suites write them: a time that a meter has told, moved, or written in another way.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import {
  dateTimeAt,
  instantOf,
  laterBy,
  readDateTime,
  writeDateTime,
  type CosemDateTime,
} from '../../protocol/data/date-time.ts'
import { isRecord } from '../../protocol/json.ts'

const DAYS_IN_A_WEEK = 7

/** Ways to write the same time; without a deviation it cannot be told in UTC and stays as it is. */
const WAYS: Readonly<Record<string, (time: CosemDateTime) => CosemDateTime>> = {
  'without-deviation': (time) => ({ ...time, deviation: null, 'clock-status': null }),
  'without-weekday': (time) => ({ ...time, 'day-of-week': null }),
  'with-another-weekday': (time) => ({ ...time, 'day-of-week': ((time['day-of-week'] ?? 1) % DAYS_IN_A_WEEK) + 1 }),
  'in-utc': (time) => {
    const instant = instantOf(time)
    return instant === undefined ? time : dateTimeAt(instant, 0)
  },
}

/** The type in which a time is told: octet-string or date-time. */
interface Timed {
  readonly is: 'octet-string' | 'date-time'
  readonly value: Uint8Array
}

const isTimed = (value: Data): value is Data & Timed => value.is === 'octet-string' || value.is === 'date-time'

/** A time of all its parts but perhaps the deviation. */
export function timeOf(value: Data): CosemDateTime | undefined {
  const time = isTimed(value) ? readDateTime(value.value) : undefined
  return time !== undefined && digitsOf(time) !== undefined ? time : undefined
}

/** Milliseconds since 1970 as the clock shows them. */
export const digitsOf = (time: CosemDateTime): number | undefined => instantOf({ ...time, deviation: 0 })

/** Milliseconds since 1970: in UTC, or as the clock shows them where the deviation is not specified. */
export const momentOf = (time: CosemDateTime): number | undefined => instantOf(time) ?? digitsOf(time)

/** `{"time": value, "plus": seconds, "written": way}`, or a tagged value as it is. Undefined: it is neither. */
export function limitOf(said: Value): Data | undefined {
  const told = isRecord(said) ? said['time'] : undefined
  if (!isRecord(said) || !isRecord(told)) return tagged(said)
  const value = tagged(told)
  const { plus = 0, written } = said
  const time = value === undefined ? undefined : timeOf(value)
  if (value === undefined || !isTimed(value) || time === undefined || typeof plus !== 'number') return undefined
  const moved = plus === 0 ? time : laterBy(time, plus)
  if (moved === undefined || written === undefined) return moved && { is: value.is, value: writeDateTime(moved) }
  const way = typeof written === 'string' ? WAYS[written] : undefined
  const other = way?.(moved)
  return other && { is: value.is, value: writeDateTime(other) }
}

/** What a limit says literally: milliseconds since 1970, by its digits alone. */
export function digitsOfLimit(said: Value): number | undefined {
  const value = limitOf(said)
  const time = value && timeOf(value)
  return time && digitsOf(time)
}

/** What a limit means, however it is written. */
export function momentOfLimit(said: Value): number | undefined {
  const { written: _, ...plain } = isRecord(said) ? said : {}
  const value = limitOf(isRecord(said) ? plain : said)
  const time = value && timeOf(value)
  return time && momentOf(time)
}

function tagged(said: Value): Data | undefined {
  const read = fromJson(data, said)
  return read.ok ? read.value : undefined
}
