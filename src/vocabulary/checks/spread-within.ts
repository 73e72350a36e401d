// randomisation_start_interval of Push setup: each start is delayed by a random time up to it (IEC 62056-6-2, class 40).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** What a meter needs besides the delay, and what limits tolerate (G13). */
const TOLERANCE = 1.1
const LEAST_TOLERANCE_MS = 1000
/** A part of the interval that evenly spread delays leave alone once in many runs: of n delays, with a chance of 1 in 4 to the n. */
const SMALL_PART = 0.25

/** Delays of pushes as push.sample saves them; `argument`: the interval in ms. */
export function spreadWithin(value: Value, argument: Value | undefined): Checked {
  const interval = typeof argument === 'number' ? argument : 0
  const delays = (isList(value) ? value : []).flatMap((push) => {
    const after = isRecord(push) ? push['after-ms'] : undefined
    return typeof after === 'number' ? [after] : []
  })
  const longest = Math.max(...delays)
  if (delays.length === 0) return fails('pushes', 'none')
  if (longest > Math.max(interval * TOLERANCE, interval + LEAST_TOLERANCE_MS))
    return fails(`all within ${interval} ms`, `one after ${Math.round(longest)} ms`)
  if (longest < interval * SMALL_PART)
    return fails(`${delays.length} pushes spread over ${interval} ms`, `all within ${Math.round(longest)} ms`)
  return PASS
}
