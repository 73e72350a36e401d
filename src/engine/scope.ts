import type { Result, Value } from '../codec/value.ts'
import { durationOf, type ReferenceFailure, resolve, type Scope as Names, withinOf } from '../language/references.ts'

/** What references lead to: data of the meter, its declaration and what was saved is taken as it is; what the suite wrote may hold references itself. */
export interface Scope {
  readonly data: Names
  readonly written: Names
}

/** A reference that leads nowhere: the suite's or the declaration's fault. Thrown, caught where an instance is run, and told as ERROR. */
export class Unresolved extends Error {
  readonly hint: string
  constructor(message: string, hint = '') {
    super(message)
    this.hint = hint
  }
}

/** All references in a value, replaced by what they stand for. */
export const resolved = (value: Value, scope: Scope): Value => orThrow(resolve(value, scope.data, scope.written))

/** A duration in ms: a number, a reference, or `{of, percent, plus}`. */
export const duration = (value: Value, scope: Scope): number => orThrow(durationOf(value, scope.data, scope.written))

/** `within` in ms: [least, most]. */
export const within = (value: Value, scope: Scope): readonly [number, number] =>
  orThrow(withinOf(value, scope.data, scope.written))

function orThrow<T>(result: Result<T, ReferenceFailure>): T {
  if (result.ok) return result.value
  const { path, expected, found, hint } = result.failure
  throw new Unresolved(`$${path}: expected ${expected}, found ${found}`, hint)
}
