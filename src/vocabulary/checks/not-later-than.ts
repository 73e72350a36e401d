// A time that was noted against the clock that it was noted by.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { readDateTime } from '../../protocol/data/date-time.ts'
import { isRecord } from '../../protocol/json.ts'
import { momentOf } from '../profile/limits.ts'
import { PASS } from './exchange.ts'

/** Undefined: not a whole time. That the day of the week is right is judged with the attribute itself. */
export function momentIn(value: Value | undefined): number | undefined {
  const read = fromJson(data, value ?? null)
  if (!read.ok || (read.value.is !== 'octet-string' && read.value.is !== 'date-time')) return undefined
  const time = readDateTime(read.value.value)
  return time && momentOf({ ...time, 'day-of-week': null })
}

const told = (value: Value): string => {
  const read = fromJson(data, value)
  return read.ok ? tellValue(read.value) : JSON.stringify(value).slice(0, 80)
}

/** `clock`: its time. No clause says what becomes of such times when the clock is set back: it is a remark. */
export function notLaterThan(value: Value, argument: Value | undefined): Checked {
  const { clock = null } = argument !== undefined && isRecord(argument) ? argument : {}
  const [noted, now] = [momentIn(value), momentIn(clock)]
  if (noted === undefined || now === undefined || noted <= now) return PASS
  return { is: 'remark', text: `${told(value)} is later than the clock, ${told(clock)}`, ruling: 'G1' }
}
