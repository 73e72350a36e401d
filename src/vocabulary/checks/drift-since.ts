// How much a clock gains or loses in a day, by two samples of it.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const DAY = 86_400
/** What utilities are content with, in seconds a day. */
const USUAL = 0.5

interface Sample {
  readonly at: number
  readonly ahead: number
  readonly trip: number
  readonly resolution: number
}

function sampleIn(value: Value | undefined): Sample | undefined {
  const { at, ahead, trip, resolution } = value !== undefined && isRecord(value) ? value : {}
  return typeof at === 'number' &&
    typeof ahead === 'number' &&
    typeof trip === 'number' &&
    typeof resolution === 'number'
    ? { at, ahead, trip, resolution }
    : undefined
}

/** `of`: the sample before; `limit`: seconds a day. Time on the line counts only as far as it was not the same both times. */
export function driftSince(value: Value, argument: Value | undefined): Checked {
  const { of, limit } = argument !== undefined && isRecord(argument) ? argument : {}
  const [before, after] = [sampleIn(of), sampleIn(value)]
  if (before === undefined || after === undefined || typeof limit !== 'number')
    return fails('two samples and a limit', 'others')
  const elapsed = after.at - before.at
  const perDay = Math.abs(((after.ahead - before.ahead) / elapsed) * DAY)
  const unsure = ((Math.max(before.resolution, after.resolution) + Math.abs(after.trip - before.trip)) / elapsed) * DAY
  const told = `${perDay.toFixed(2)} s a day, give or take ${unsure.toFixed(2)}`
  if (perDay - unsure > limit) return fails(`at most ${limit} s a day`, told)
  if (unsure > limit)
    return { is: 'remark', text: `${told}: too short a time to tell ${limit} s a day`, clause: 'cosem.clock.drift' }
  return perDay - unsure > USUAL
    ? { is: 'remark', text: `${told}: more than ${USUAL} s`, clause: 'cosem.clock.drift' }
    : PASS
}
