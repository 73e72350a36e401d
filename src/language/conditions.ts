import { ok, type Result, type Value } from '../codec/value.ts'
import { isList } from './case.ts'
import { equal } from './operators.ts'
import { lookup, type ReferenceFailure, resolve, type Scope } from './references.ts'
import type { Condition } from './suite.generated.ts'

/**
 * Does a condition hold? `has`: there, and neither false nor null. `is`: equal to the value, or to one of a list of values; where a list is declared, one
 * of it is. A path that leads nowhere is not there; its root must be known (lint has checked the rest), else the failure is told: nothing unknown reads as false.
 */
export function holds(condition: Condition, scope: Scope, written: Scope = {}): Result<boolean, ReferenceFailure> {
  if ('not' in condition) {
    const inner = holds(condition.not, scope, written)
    return inner.ok ? ok(!inner.value) : inner
  }
  if ('all' in condition) return every(condition.all, true, scope, written)
  if ('any' in condition) return every(condition.any, false, scope, written)
  if ('has' in condition) {
    const found = declared(condition.has, scope, written)
    return found.ok ? ok(found.value !== undefined && found.value !== null && found.value !== false) : found
  }
  if ('below' in condition) {
    const [path, limit] = condition.below
    const found = declared(path, scope, written)
    return found.ok ? ok(typeof found.value === 'number' && found.value < limit) : found
  }
  const [path, wanted] = condition.is
  const found = declared(path, scope, written)
  const values = resolve(wanted, scope, written)
  if (!found.ok) return found
  return values.ok ? ok(isOneOf(found.value, values.value)) : values
}

/** `all` (true until one is false) or `any` (false until one is true). */
function every(
  conditions: readonly Condition[],
  until: boolean,
  scope: Scope,
  written: Scope,
): Result<boolean, ReferenceFailure> {
  for (const condition of conditions) {
    const inner = holds(condition, scope, written)
    if (!inner.ok || inner.value !== until) return inner
  }
  return ok(until)
}

function declared(path: string, scope: Scope, written: Scope): Result<Value | undefined, ReferenceFailure> {
  const [root = ''] = path.split('.')
  const known = Object.hasOwn(written, root) || Object.hasOwn(scope, root)
  if (!known) return lookup(scope, [root], written)
  const found = resolve(`$${path}`, scope, written)
  return found.ok ? found : ok(undefined)
}

function isOneOf(found: Value | undefined, wanted: Value): boolean {
  const candidates = isList(wanted) ? wanted : [wanted]
  return candidates.some((value) => equal(found, value) || (isList(found) && found.some((item) => equal(item, value))))
}

/** A condition in words: `supports.signOn.modes is A or B`. */
export function conditionText(condition: Condition): string {
  if ('not' in condition) return `not (${conditionText(condition.not)})`
  if ('all' in condition) return condition.all.map(conditionText).join(' and ')
  if ('any' in condition) return condition.any.map(conditionText).join(' or ')
  if ('has' in condition) return `${condition.has} is declared`
  if ('below' in condition) return `${condition.below[0]} is below ${condition.below[1]}`
  const [path, wanted] = condition.is
  const values: readonly Value[] = isList(wanted) ? wanted : [wanted]
  return `${path} is ${values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' or ')}`
}

/** Every path that a condition asks, with the path to where it stands. */
export function pathsAsked(
  condition: Condition,
  at: readonly (string | number)[] = [],
): readonly { readonly path: readonly string[]; readonly at: readonly (string | number)[] }[] {
  if ('not' in condition) return pathsAsked(condition.not, [...at, 'not'])
  if ('all' in condition) return condition.all.flatMap((inner, i) => pathsAsked(inner, [...at, 'all', i]))
  if ('any' in condition) return condition.any.flatMap((inner, i) => pathsAsked(inner, [...at, 'any', i]))
  if ('has' in condition) return [{ path: condition.has.split('.'), at: [...at, 'has'] }]
  if ('below' in condition) return [{ path: condition.below[0].split('.'), at: [...at, 'below', 0] }]
  return [{ path: condition.is[0].split('.'), at: [...at, 'is', 0] }]
}
