import { type Alternative } from './alternative.ts'
import type { LayerName, Tolerance, Window } from './vocabulary.ts'

/** A window with what the judge must know of it: `strict` when the suite gave the limits (beyond the band is FAILED, G13), else a late answer is a remark (G14). */
export interface PlannedWindow extends Window {
  readonly strict: boolean
}

export interface WindowInput {
  readonly alternatives: readonly Alternative[]
  /** `within` of the step, resolved: at most, or [least, most]. */
  readonly within?: readonly [number, number]
  /** Durations of the `silent` alternatives, resolved. */
  readonly silences: readonly number[]
  readonly responseMs: number
  readonly tolerance: Tolerance
  readonly layer: LayerName
}

/** What a limit tolerates upwards (G13). */
export const upperBand = (limit: number, tolerance: Tolerance): number =>
  limit * (1 + tolerance.percent / 100) + tolerance.plusMs

/** What a limit tolerates downwards (G13). */
export const lowerBand = (limit: number, tolerance: Tolerance): number =>
  Math.max(0, limit * (1 - tolerance.percent / 100) - tolerance.plusMs)

/** The listening window of a step. It is as long as the longest silence that would pass; where silence does not pass, the answer's time limit, and once more for a late one. */
export function windowOf(input: WindowInput): PlannedWindow {
  const [leastMs, limit] = input.within ?? [0, input.responseMs]
  const silence = Math.max(-1, ...input.silences)
  const mostMs = silence >= 0 && input.within === undefined ? silence : limit
  const strict = input.within !== undefined
  const lateMs = silence >= 0 ? mostMs : 2 * limit
  return {
    leastMs,
    mostMs,
    lateMs: Math.max(lateMs, mostMs),
    strict,
    collect: input.alternatives.some((alternative) => alternative.outcome === 'answers') ? 'all' : 'first',
    layer: input.layer,
    asked: input.alternatives.map((alternative) => alternative.outcome),
  }
}
