// date-time, date and time of COSEM (IEC 62056-6-2 clause 4.1.6.1): twelve, five and four octets.
import { decode, encode, i16, sequence, u16, u8 } from '../../codec/codec.ts'

/** A part that is not said. `null` here; FF, FFFF or 8000 in the octets. */
type Part = number | null

/** Months and days that are rules rather than numbers. */
const DAYLIGHT_SAVINGS_END = 0xfd
const DAYLIGHT_SAVINGS_BEGIN = 0xfe
const SECOND_LAST_DAY = 0xfd
const LAST_DAY = 0xfe

/** Bits of the clock-status. */
const CLOCK_STATUS = {
  'invalid-value': 0x01,
  'doubtful-value': 0x02,
  'different-clock-base': 0x04,
  'invalid-clock-status': 0x08,
  'daylight-saving-active': 0x80,
} as const

export interface CosemDate {
  readonly year: Part
  readonly month: Part
  readonly 'day-of-month': Part
  /** 1 is Monday. */
  readonly 'day-of-week': Part
}
export interface CosemTime {
  readonly hour: Part
  readonly minute: Part
  readonly second: Part
  readonly hundredths: Part
}
/** `deviation`: minutes to add to local time to get UTC, daylight saving included; Central Europe in winter is -60. */
export interface CosemDateTime extends CosemDate, CosemTime {
  readonly deviation: Part
  readonly 'clock-status': Part
}

const dateFields = { year: u16, month: u8, 'day-of-month': u8, 'day-of-week': u8 }
const timeFields = { hour: u8, minute: u8, second: u8, hundredths: u8 }
const dateCodec = sequence(dateFields)
const timeCodec = sequence(timeFields)
const dateTimeCodec = sequence({ ...dateFields, ...timeFields, deviation: i16, 'clock-status': u8 })

/** How each part says that it is not specified. */
const UNSPECIFIED: Readonly<Record<string, number>> = { year: 0xffff, deviation: -0x8000 }
const unspecified = (part: string): number => UNSPECIFIED[part] ?? 0xff

/** Twelve octets → parts; undefined if they are not twelve. Parts out of range are kept for a check to find. */
export const readDateTime = (octets: Uint8Array): CosemDateTime | undefined => read(dateTimeCodec, octets)
export const readDate = (octets: Uint8Array): CosemDate | undefined => read(dateCodec, octets)
export const readTime = (octets: Uint8Array): CosemTime | undefined => read(timeCodec, octets)

export const writeDateTime = (value: CosemDateTime): Uint8Array => encode(dateTimeCodec, write(value))
export const writeDate = (value: CosemDate): Uint8Array => encode(dateCodec, write(value))
export const writeTime = (value: CosemTime): Uint8Array => encode(timeCodec, write(value))

type Parts<T> = { readonly [K in keyof T]: Part }
type Numbers<T> = { readonly [K in keyof T]: number }

function read<T extends Record<string, number>>(
  codec: Parameters<typeof decode<T>>[0],
  octets: Uint8Array,
): Parts<T> | undefined {
  const decoded = decode(codec, octets)
  if (!decoded.ok) return undefined
  const parts = Object.entries(decoded.value).map(([name, part]) => [name, part === unspecified(name) ? null : part])
  return Object.fromEntries(parts) as Parts<T>
}

function write<T extends Parts<T>>(value: T): Numbers<T> {
  const numbers = Object.entries<Part>(value).map(([name, part]) => [name, part ?? unspecified(name)])
  return Object.fromEntries(numbers) as Numbers<T>
}

/** The instant, in milliseconds since 1970 in UTC; undefined unless year to second and the deviation are all said. */
export function instantOf(value: CosemDateTime): number | undefined {
  const { year, month, 'day-of-month': day, hour, minute, second, hundredths, deviation } = value
  if (year === null || month === null || day === null || hour === null || minute === null || second === null)
    return undefined
  if (deviation === null || faultsOf(value).length > 0 || month > 12 || day > 31) return undefined
  return Date.UTC(year, month - 1, day, hour, minute + deviation, second, (hundredths ?? 0) * 10)
}

/** A local time with its deviation: the reverse of `instantOf`, with the day of the week and clock-status 0 or DST. */
export function dateTimeAt(instant: number, deviation: number, daylightSaving = false): CosemDateTime {
  const local = new Date(instant - deviation * 60_000)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    'day-of-month': local.getUTCDate(),
    'day-of-week': local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    hundredths: Math.floor(local.getUTCMilliseconds() / 10),
    deviation,
    'clock-status': daylightSaving ? CLOCK_STATUS['daylight-saving-active'] : 0,
  }
}

/** So many seconds later by the same deviation and status; undefined unless year to second are all said. */
export function laterBy(value: CosemDateTime, seconds: number): CosemDateTime | undefined {
  const local = instantOf({ ...value, deviation: 0 })
  if (local === undefined) return undefined
  const { deviation, 'clock-status': status, hundredths, 'day-of-week': weekday } = value
  const later = dateTimeAt(local + seconds * 1000, 0)
  return {
    ...later,
    'day-of-week': weekday === null ? null : later['day-of-week'],
    hundredths: hundredths === null ? null : later.hundredths,
    deviation,
    'clock-status': status,
  }
}

const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  'day-of-week': [1, 7],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
  hundredths: [0, 99],
  deviation: [-720, 840],
}

/** The parts that have no meaning: out of range, or a day that no such month has. */
export function faultsOf(value: Partial<CosemDateTime>): readonly string[] {
  const { year, month, 'day-of-month': day, 'day-of-week': weekday } = value
  const faults = Object.entries(LIMITS).flatMap(([name, [least, most]]) => {
    const part = value[name as keyof CosemDateTime] ?? null
    return part !== null && (part < least || part > most) ? [name] : []
  })
  const rule = month === DAYLIGHT_SAVINGS_BEGIN || month === DAYLIGHT_SAVINGS_END
  if (month !== undefined && month !== null && !rule && (month < 1 || month > 12)) faults.push('month')
  if (typeof day !== 'number' || day === LAST_DAY || day === SECOND_LAST_DAY) return faults
  const longest = month && month <= 12 ? new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate() : 31
  if (day < 1 || day > longest) return [...faults, 'day-of-month']
  if (typeof year !== 'number' || !month || month > 12 || typeof weekday !== 'number') return faults
  const real = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return (real === 0 ? 7 : real) === weekday || faults.includes('day-of-week') ? faults : [...faults, 'day-of-week']
}
