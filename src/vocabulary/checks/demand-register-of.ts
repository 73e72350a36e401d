// The attributes of a Demand register against one another (IEC 62056-6-2, class 5).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'
import { momentIn } from './not-later-than.ts'

/** The value is number_of_periods; `period` in seconds, `current` and `last` the averages, `started` and `captured` their times, `clock` the time of reading. */
export function demandRegisterOf(value: Value, argument: Value | undefined): Checked {
  const of = argument !== undefined && isRecord(argument) ? argument : {}
  const { period } = of
  if (typeof value !== 'number' || value < 1) return fails('number_of_periods of at least 1', JSON.stringify(value))
  const [current, last] = [typeOf(of['current']), typeOf(of['last'])]
  if (current !== last && current !== 'null-data' && last !== 'null-data')
    return { is: 'remark', text: `current_average_value is ${current}, last_average_value ${last}`, ruling: 'C8' }
  if (typeof period !== 'number' || period < 1)
    return { is: 'remark', text: 'period is 0: nothing is averaged', clause: 'cosem.demand-register' }
  return value === 1 ? likeOneBlock(of) : slides(of, value, period)
}

const typeOf = (value: Value | undefined): string =>
  (value !== undefined && isRecord(value) ? Object.keys(value)[0] : undefined) ?? 'none'

/** Where the window does not slide, the current period began when the last one was captured. */
function likeOneBlock({ started, captured }: JsonRecord): Checked {
  const [begin, end] = [momentIn(started), momentIn(captured)]
  if (begin === undefined || end === undefined || begin === end) return PASS
  const apart = Math.round((begin - end) / 1000)
  return { is: 'remark', text: `start_time_current is ${apart} s behind capture_time`, clause: 'cosem.demand-register' }
}

/** A sliding window is captured at the end of each of its periods, and what is current has run for no more than all of them. */
function slides({ started, captured, clock }: JsonRecord, periods: number, period: number): Checked {
  const now = momentIn(clock)
  const age = (time: Value | undefined): number => {
    const moment = momentIn(time)
    return now === undefined || moment === undefined ? 0 : Math.round((now - moment) / 1000)
  }
  const most = [
    { name: 'capture_time', seconds: age(captured), within: period },
    { name: 'start_time_current', seconds: age(started), within: period * periods },
  ]
  const late = most.find(({ seconds, within }) => seconds > within * LATE)
  return late === undefined
    ? PASS
    : {
        is: 'remark',
        text: `${late.name} is ${late.seconds} s ago, the window moves every ${period} s`,
        clause: 'cosem.demand-register',
      }
}

/** Ruling G13. */
const LATE = 1.1
