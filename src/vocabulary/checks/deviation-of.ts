// How far from UTC a date-time says that it is (rulings C10, C11): as time_zone and daylight saving have it, and the same way as the clock.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { readDateTime, type CosemDateTime } from '../../protocol/data/date-time.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const LEAST = -720
const MOST = 840
const DAYLIGHT_SAVING_ACTIVE = 0x80

/** `zone` and `daylight`: time_zone and daylight_savings_deviation of the clock; `clock`: its time, for the date-times of other objects. */
export function deviationOf(value: Value, argument: Value | undefined): Checked {
  const { zone, daylight, clock } = argument !== undefined && isRecord(argument) ? argument : {}
  const time = timeIn(value)
  if (time === undefined) return { is: 'remark', text: `a date-time expected, ${told(value)} found`, ruling: 'C8' }
  const { deviation, year } = time
  // nothing was captured yet
  if (clock !== undefined && year === null) return PASS
  if (deviation === null) return { is: 'remark', text: 'the deviation is not specified', ruling: 'C10' }
  if (deviation < LEAST || deviation > MOST) return fails(`a deviation of ${LEAST} to ${MOST}`, `${deviation}`)
  if (clock !== undefined) return likeClock(deviation, timeIn(clock)?.deviation ?? 0)
  return typeof zone === 'number' ? ofZone(time, deviation, zone, typeof daylight === 'number' ? daylight : 0) : PASS
}

function timeIn(value: Value): CosemDateTime | undefined {
  const read = fromJson(data, value)
  return read.ok && (read.value.is === 'octet-string' || read.value.is === 'date-time')
    ? readDateTime(read.value.value)
    : undefined
}

function told(value: Value): string {
  const read = fromJson(data, value)
  return read.ok ? tellValue(read.value) : JSON.stringify(value).slice(0, 80)
}

const likeClock = (deviation: number, ofClock: number): Checked =>
  deviation * ofClock < 0 ? fails(`a deviation with the sign of the clock's, ${ofClock}`, `${deviation}`) : PASS

function ofZone({ 'clock-status': status }: CosemDateTime, deviation: number, zone: number, daylight: number): Checked {
  const summer = ((status ?? 0) & DAYLIGHT_SAVING_ACTIVE) !== 0
  const due = summer ? zone - daylight : zone
  if (deviation === due) return PASS
  const opposite = [-due, summer ? -(zone + daylight) : -zone]
  return opposite.includes(deviation)
    ? { is: 'remark', text: `time_zone is ${zone}, the deviation of time ${deviation}: opposite signs`, ruling: 'C11' }
    : fails(`a deviation of ${due}, by a time_zone of ${zone}${summer ? ' in summer' : ''}`, `${deviation}`)
}
