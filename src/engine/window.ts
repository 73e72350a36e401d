import { isObject } from '../language/case.ts'
import type { Alternative } from './alternative.ts'
import type { PortContext } from './context.ts'
import type { Step } from './instance.ts'
import { sendRequest } from './request.ts'
import { type Scope, within } from './scope.ts'
import type { LayerName, Tolerance, Window } from './vocabulary.ts'

/** A window with what the judge must know of it: `strict` when the suite gave the limits (beyond the band is FAILED, G13), else a late answer is a remark (G14). */
export interface PlannedWindow extends Window {
  readonly strict: boolean
}

export interface WindowInput {
  readonly alternatives: readonly Alternative[]
  /** `within` of the step, resolved: at most, or [least, most]. */
  readonly within?: readonly [number, number]
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

/** How long silence lasts in the alternatives in which it passes, or in those in which it does not. */
const silences = (alternatives: readonly Alternative[], passes: boolean): readonly number[] =>
  alternatives.flatMap(({ outcome, matcher, fails, undecided }) =>
    outcome === 'silent' && typeof matcher === 'number' && passes === (fails === undefined && undecided === undefined)
      ? [matcher]
      : [],
  )

/** The listening window of a step. It is as long as the longest silence that would pass; where silence does not pass, the answer's time limit, and once more for a late one. */
export function windowOf(input: WindowInput): PlannedWindow {
  const [leastMs, limit] = input.within ?? [0, input.responseMs]
  const passing = Math.max(-1, ...silences(input.alternatives, true))
  const longest = passing >= 0 ? passing : Math.max(limit, ...silences(input.alternatives, false))
  const strict = input.within !== undefined
  const mostMs = strict ? limit : longest
  const lateMs = passing >= 0 ? mostMs : 2 * mostMs
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

/** The window of a step. */
export function plannedWindow(
  context: PortContext,
  step: Step,
  alternatives: readonly Alternative[],
  scope: Scope,
): PlannedWindow {
  const limits = step['within'] === undefined ? undefined : within(step['within'], scope)
  return windowOf({
    alternatives,
    ...(limits === undefined ? {} : { within: limits }),
    responseMs: context.responseMs,
    tolerance: context.tolerance,
    layer: context.vocabulary.layerOf(namesIn(step, alternatives, scope), { profile: context.profile }),
  })
}

/** All names by which a step says which layer it drives: messages, first segments of fault paths, outcomes. */
function namesIn(step: Step, alternatives: readonly Alternative[], scope: Scope): readonly string[] {
  const request = sendRequest(step, scope)
  return [
    ...request.messages.flatMap((message) =>
      isObject(message)
        ? [
            ...Object.keys(message).filter((key) => key !== 'at'),
            ...(typeof message['at'] === 'string' ? [`at:${message['at']}`] : []),
          ]
        : [],
    ),
    ...[...Object.keys(request.wrong), ...Object.keys(request.damage)].map((path) => path.split('.')[0] ?? path),
    ...alternatives.map((alternative) => alternative.outcome),
  ]
}
