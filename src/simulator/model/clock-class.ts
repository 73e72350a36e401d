// Class 8, Clock: it can be set, adjusted and shifted. Profiles first take the rows of the time that it leaves.
import { instantOf, readDateTime, type CosemDateTime } from '../../protocol/data/date-time.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked, ReadAttribute, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { dateTime, daylightSavingAt, faceAt, instantAt, setClock } from './clock/clock.ts'
import { fieldsOf, numberOf, octets, unsigned } from './data.ts'
import { EVENT, logEvent } from './events.ts'
import { settleProfiles } from './profile/rows.ts'
import { markPeriods, PERIOD } from './profile/status.ts'

const TIME = 2
const STATUS = 4
const DAYLIGHT_SAVING_ACTIVE = 0x80

export function clockAttribute(_object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  if (attribute === TIME) return octets(dateTime(situation, situation.now))
  if (attribute === STATUS)
    return unsigned(daylightSavingAt(situation, situation.now) === 0 ? 0 : DAYLIGHT_SAVING_ACTIVE)
  return undefined
}

/** Each attribute but status changes what the clock shows. */
export function writeClock({ object, attribute, value, situation, read }: Writing): DataAccessResult {
  if (attribute === STATUS) return 'read-write-denied'
  if (attribute !== TIME) {
    settleProfiles(situation, read)
    situation.store.set(object, attribute, value)
    return 'success'
  }
  const instant = instantIn(value, situation)
  if (instant === undefined) return 'other-reason'
  set(situation, read, instant)
  return 'success'
}

/** A time without a deviation is local time as it is in force; undefined: not a whole time. */
function instantIn(value: Data | undefined, situation: Situation): number | undefined {
  const time = value?.is === 'octet-string' ? readDateTime(value.value) : undefined
  if (time === undefined) return undefined
  const own: Partial<CosemDateTime> = readDateTime(dateTime(situation, situation.now)) ?? {}
  return instantOf({ ...time, deviation: time.deviation ?? own.deviation ?? null })
}

function set(situation: Situation, read: ReadAttribute, instant: number): void {
  settleProfiles(situation, read)
  logEvent(situation, read, EVENT.clockAdjustedOld)
  setClock(situation, situation.now, instant)
  markPeriods(situation, PERIOD.clockAdjusted)
  logEvent(situation, read, EVENT.clockAdjustedNew)
}

const ADJUST_TO_QUARTER = 1
const ADJUST_TO_MEASURING_PERIOD = 2
const ADJUST_TO_MINUTE = 3
const ADJUST_TO_PRESET_TIME = 4
const PRESET_ADJUSTING_TIME = 5
const SHIFT_TIME = 6

const QUARTER = 900_000
const MINUTE = 60_000
const DONE: Invoked = { result: 'success' }

export function invokeClock({ object, method, parameters, situation, read }: Invocation): Invoked | undefined {
  switch (method) {
    case ADJUST_TO_QUARTER:
    case ADJUST_TO_MEASURING_PERIOD:
      return adjust(situation, read, QUARTER)
    case ADJUST_TO_MINUTE:
      return adjust(situation, read, MINUTE)
    case ADJUST_TO_PRESET_TIME:
      return adjustToPreset(object, situation, read)
    case PRESET_ADJUSTING_TIME:
      if (fieldsOf(parameters, 3)?.every((field) => instantIn(field, situation) !== undefined) !== true)
        return { result: 'type-unmatched' }
      if (parameters !== undefined) situation.store.remember(object, parameters)
      return DONE
    case SHIFT_TIME: {
      const seconds = numberOf(parameters, 'long')
      if (seconds === undefined) return { result: 'type-unmatched' }
      if (!situation.rules.clock.mayShift(seconds)) return { result: 'other-reason' }
      set(situation, read, instantAt(situation, situation.now) + seconds * 1000)
      return DONE
    }
    default:
      return undefined
  }
}

/** To the nearest of these periods on the face. */
function adjust(situation: Situation, read: ReadAttribute, period: number): Invoked {
  const face = faceAt(situation, situation.now)
  const moved = situation.rules.clock.adjusted(face, period) - face
  set(situation, read, instantAt(situation, situation.now) + moved)
  return DONE
}

/** Only within the interval that the preset has been given. */
function adjustToPreset(object: ObjectDescription, situation: Situation, read: ReadAttribute): Invoked {
  const [preset, start, end] = (fieldsOf(situation.store.remembered(object), 3) ?? []).map((field) =>
    instantIn(field, situation),
  )
  const now = instantAt(situation, situation.now)
  if (preset === undefined || start === undefined || end === undefined) return { result: 'other-reason' }
  if (!situation.rules.clock.mayAdjustToPreset(now, start, end)) return { result: 'other-reason' }
  set(situation, read, preset)
  return DONE
}
