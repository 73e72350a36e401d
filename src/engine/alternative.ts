import type { Value } from '../codec/value.ts'
import { isList, isObject } from '../language/case.ts'
import type { Severity } from './events.ts'
import { duration, resolved, type Scope } from './scope.ts'

/** One thing that may happen in answer to a step, as the suites write it: exactly one outcome name → matcher, and what it means. References are resolved. */
export interface Alternative {
  readonly outcome: string
  readonly matcher: Value
  readonly id?: string
  readonly clause?: string
  readonly ruling?: string
  readonly severity?: Severity
  readonly why?: string
  readonly remark?: string
  readonly fails?: string
  readonly undecided?: string
  /** Only where an earlier step took the alternative of this id. */
  readonly after?: string
}

/** Keys of an alternative that say what it means; the other one is its outcome. */
export const MEANING: readonly string[] = [
  'id',
  'clause',
  'ruling',
  'severity',
  'why',
  'remark',
  'fails',
  'undecided',
  'after',
]

const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** A resolved alternative of a suite → its parts. The schema has made sure that there is exactly one outcome name. */
export function alternativeOf(value: Value): Alternative {
  if (!isObject(value)) return { outcome: 'nothing', matcher: value }
  const outcome = Object.keys(value).find((key) => !MEANING.includes(key)) ?? 'nothing'
  const parts: Record<string, string> = {}
  for (const key of MEANING) {
    const part = text(value[key])
    if (part !== undefined) parts[key] = part
  }
  return { outcome, matcher: value[outcome] ?? null, ...parts }
}

/** An `expect` (a list, or one alternative) → alternatives, in order. */
export const alternativesOf = (expected: Value | undefined): readonly Alternative[] =>
  expected === undefined ? [] : (isList(expected) ? expected : [expected]).map(alternativeOf)

/** Does the matcher only ask whether the outcome is there at all? */
export const asksPresence = (matcher: Value): boolean =>
  matcher === true || matcher === 'any' || (isObject(matcher) && Object.keys(matcher).length === 0)

/** `expect` or `never` of a step, references resolved. */
export function alternativesIn(expected: Value | undefined, scope: Scope): readonly Alternative[] {
  return expected === undefined
    ? []
    : alternativesOf(resolved(expected, scope)).map((each) =>
        each.outcome === 'silent' ? { ...each, matcher: duration(each.matcher, scope) } : each,
      )
}
