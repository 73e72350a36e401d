// A step as loaded → what the tester is asked for: references resolved, durations in ms.
import type { Value } from '../codec/value.ts'
import { isList, isObject } from '../language/case.ts'
import type { Step } from './instance.ts'
import { duration, resolved, type Scope } from './scope.ts'
import type { SendRequest } from './vocabulary.ts'

/** What a `send` sends. */
export function sendRequest(step: Step, scope: Scope): SendRequest {
  const messages = resolved(step['send'] ?? [], scope)
  const as = step['as']
  return {
    messages: isList(messages) ? messages : [messages],
    wrong: record(resolved(step['wrong'] ?? {}, scope)),
    damage: record(resolved(step['damage'] ?? {}, scope)),
    ...(step['pace'] === undefined ? {} : { pace: withDurations(resolved(step['pace'], scope), scope) }),
    ...(typeof as === 'string' ? { as } : {}),
  }
}

/** The pause of a `pace` in ms. */
function withDurations(pace: Value, scope: Scope): Value {
  return isObject(pace) && pace['pause'] !== undefined ? { ...pace, pause: duration(pace['pause'], scope) } : pace
}

/** An empty record for what is none. */
export const record = (value: Value): Readonly<Record<string, Value>> => (isObject(value) ? value : {})

/** The word of a `do`. */
export const wordOf = (step: Step): string => (typeof step['do'] === 'string' ? step['do'] : '')

/** Keys of a step that are no arguments of its word. */
const STEP_KEYS = new Set([
  'do',
  'expect',
  'never',
  'within',
  'save',
  'on',
  'why',
  'clause',
  'severity',
  'control',
  'otherwise',
])

/** The arguments of a `do`. */
export function argumentsOf(step: Step, scope: Scope): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(step)
      .filter(([key]) => !STEP_KEYS.has(key))
      .map(([key, value]) => [key, durationLike(resolved(value, scope), scope)]),
  )
}

/** `{of, percent, plus}` among the arguments of a word is a duration too. */
const durationLike = (value: Value, scope: Scope): Value =>
  isObject(value) && 'of' in value && Object.keys(value).every((key) => ['of', 'percent', 'plus'].includes(key))
    ? duration(value, scope)
    : value
