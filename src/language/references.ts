import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { isList, isObject } from './case.ts'
import { nearest } from './suggest.ts'

/** Root name → value: what references may lead to. */
export type Scope = Readonly<Record<string, Value>>

/** A reference that leads nowhere, or to something that cannot be computed with. `path` without its dollar. */
export interface ReferenceFailure {
  readonly is: 'missing' | 'circular' | 'not-a-number' | 'not-a-duration'
  readonly path: string
  readonly expected: string
  readonly found: string
  readonly hint?: string
}

/** Reference, `$a.b.c` → its path; `$$…` and everything else is no reference. */
export const pathOf = (value: Value | undefined): readonly string[] | undefined =>
  typeof value === 'string' && /^\$[^$]/.test(value) ? value.slice(1).split('.') : undefined

/**
 * Every reference, `{"add": [reference, n]}` and `{"smallest": [reference, n]}` in a value, however deep, replaced by what it stands for; `$$` at the beginning of a string by one dollar.
 * What stands in `scope` is data of the meter or of its declaration and is taken as it is; what the suite has `written` (its `with`, its axes) may hold
 * references itself. A name that is in both is the suite's.
 */
export const resolve = (value: Value, scope: Scope, written: Scope = {}): Result<Value, ReferenceFailure> =>
  resolveIn({ scope, written, open: [] }, value)

/** What suites write is asked for again and again: whether anything in it has to be replaced is found out once. */
const asWritten = new WeakMap<object, boolean>()

/** It stands for itself. */
function isLiteral(value: Value): boolean {
  if (typeof value === 'string') return !value.startsWith('$')
  if (typeof value !== 'object' || value === null) return true
  const known = asWritten.get(value)
  if (known !== undefined) return known
  const found = isList(value)
    ? value.every(isLiteral)
    : !(isObject(value) && (isSum(value) || isSmallest(value))) && Object.values(value).every(isLiteral)
  asWritten.set(value, found)
  return found
}

interface Place {
  readonly scope: Scope
  readonly written: Scope
  /** References that are being followed. */
  readonly open: readonly string[]
}

function resolveIn(place: Place, value: Value): Result<Value, ReferenceFailure> {
  if (isLiteral(value)) return ok(value)
  if (typeof value === 'string') return resolveString(place, value)
  if (isList(value)) return all(value.map((item) => resolveIn(place, item)))
  if (!isObject(value)) return ok(value)
  if (isSum(value)) return sum(place, value.add)
  if (isSmallest(value)) return smallest(place, value.smallest)
  const fields = Object.entries(value)
  const values = all(fields.map(([, field]) => resolveIn(place, field)))
  return values.ok ? ok(Object.fromEntries(fields.map(([name], i) => [name, values.value[i] ?? null]))) : values
}

function resolveString(place: Place, text: string): Result<Value, ReferenceFailure> {
  const path = pathOf(text)
  if (!path) return ok(text.startsWith('$$') ? text.slice(1) : text)
  const reference = path.join('.')
  if (place.open.includes(reference))
    return fail({
      is: 'circular',
      path: reference,
      expected: 'an end',
      found: [...place.open, reference].map((name) => `$${name}`).join(' → '),
    })
  const [root = ''] = path
  if (!Object.hasOwn(place.written, root)) return lookup(place.scope, path, place.written)
  return lookupWritten({ ...place, open: [...place.open, reference] }, path)
}

/** A path through what the suite wrote: whatever stands on the way may be a reference that has to be followed first. */
function lookupWritten(place: Place, path: readonly string[]): Result<Value, ReferenceFailure> {
  for (let length = 1; length < path.length; length++) {
    const onTheWay = lookup(place.written, path.slice(0, length), place.scope)
    const target = onTheWay.ok ? pathOf(onTheWay.value) : undefined
    if (target) return resolveString(place, `$${[...target, ...path.slice(length)].join('.')}`)
  }
  const found = lookup(place.written, path, place.scope)
  return found.ok ? resolveIn(place, found.value) : found
}

/** What a path leads to in a scope, as it is. `others`: more names to suggest. */
export function lookup(scope: Scope, path: readonly string[], others: Scope = {}): Result<Value, ReferenceFailure> {
  let here: Value = scope
  for (const [depth, name] of path.entries()) {
    const next = below(here, name)
    if (next === undefined) return fail(missing(path, depth, depth === 0 ? { ...others, ...scope } : here))
    here = next
  }
  return ok(here)
}

function below(value: Value, name: string): Value | undefined {
  if (isList(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function missing(path: readonly string[], depth: number, here: Value): ReferenceFailure {
  const name = path[depth] ?? ''
  const above = path.slice(0, depth).join('.')
  const names = isObject(here) ? Object.keys(here) : []
  const near = nearest(name, names)
  const expected = depth === 0 ? 'a known name' : `a field of $${above}`
  const found = isList(here) ? `${JSON.stringify(name)}, and the list has ${here.length}` : JSON.stringify(name)
  const hint =
    near === undefined
      ? {}
      : { hint: `did you mean $${[...path.slice(0, depth), near, ...path.slice(depth + 1)].join('.')}?` }
  return { is: 'missing', path: path.join('.'), expected, found, ...hint }
}

const isSum = (value: { readonly [name: string]: Value }): value is { readonly add: readonly [Value, Value] } =>
  Object.keys(value).length === 1 && isList(value['add']) && value['add'].length === 2

/** Counters and numbers (large ones as decimal strings), and times: an ISO 8601 instant plus seconds. */
function sum(place: Place, terms: readonly [Value, Value]): Result<Value, ReferenceFailure> {
  const resolved = resolveIn(place, terms)
  if (!resolved.ok) return resolved
  const [a = null, n = null] = isList(resolved.value) ? resolved.value : []
  const path = pathOf(terms[0])?.join('.') ?? 'add'
  const total = add(a, n)
  return total === undefined
    ? fail({
        is: 'not-a-number',
        path,
        expected: 'a number, a decimal string or a time, and a number',
        found: JSON.stringify([a, n]),
      })
    : ok(total)
}

const isSmallest = (value: { readonly [name: string]: Value }): value is { readonly smallest: readonly Value[] } =>
  Object.keys(value).length === 1 && isList(value['smallest']) && value['smallest'].length > 1

/** The smallest of numbers: what is proposed, and what is declared if it is. */
function smallest(place: Place, candidates: readonly Value[]): Result<Value, ReferenceFailure> {
  const resolved = candidates.map((candidate) => resolveIn(place, candidate))
  const circular = resolved.find((each) => !each.ok && each.failure.is !== 'missing')
  if (circular) return circular
  const values = resolved.flatMap((each) => (each.ok ? [each.value] : []))
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length === values.length && numbers.length > 0
    ? ok(Math.min(...numbers))
    : fail({ is: 'not-a-number', path: 'smallest', expected: 'numbers', found: JSON.stringify(values) })
}

function add(a: Value, n: Value): Value | undefined {
  if (typeof n !== 'number') return undefined
  if (typeof a === 'number') return a + n
  if (typeof a !== 'string') return undefined
  if (/^-?\d+$/.test(a) && Number.isInteger(n)) return String(BigInt(a) + BigInt(n))
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(a) ? Date.parse(a) : Number.NaN
  return Number.isNaN(instant) ? undefined : new Date(instant + n * 1000).toISOString()
}

/** ms, a reference, or `{of, percent, plus}` → ms. */
export function durationOf(value: Value, scope: Scope, written: Scope = {}): Result<number, ReferenceFailure> {
  const resolved = resolve(value, scope, written)
  if (!resolved.ok) return resolved
  const found = resolved.value
  const part = isObject(found) ? found : { of: found }
  const [of, percent, plus] = [part['of'], part['percent'] ?? 100, part['plus'] ?? 0]
  const numbers = typeof of === 'number' && typeof percent === 'number' && typeof plus === 'number'
  const ms = numbers ? (of * percent) / 100 + plus : Number.NaN
  if (ms >= 0) return ok(ms)
  const path = (pathOf(value) ?? (isObject(value) ? pathOf(value['of']) : undefined) ?? ['duration']).join('.')
  return fail({ is: 'not-a-duration', path, expected: 'milliseconds', found: JSON.stringify(found) })
}

/** `within`: at most, or [least, most] (written so, or what a reference leads to) → both in ms. */
export function withinOf(
  value: Value,
  scope: Scope,
  written: Scope = {},
): Result<readonly [number, number], ReferenceFailure> {
  const resolved = resolve(value, scope, written)
  if (!resolved.ok) return resolved
  const [first, second] = isList(resolved.value) ? resolved.value : [0, resolved.value]
  const least = durationOf(first ?? 0, {})
  const most = durationOf(second ?? null, {})
  if (!least.ok) return least
  return most.ok ? ok([least.value, most.value]) : most
}

function all(results: readonly Result<Value, ReferenceFailure>[]): Result<readonly Value[], ReferenceFailure> {
  const values: Value[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return ok(values)
}

/** Every reference in a value, without its dollar, with the path to where it stands. */
export function referencesIn(
  value: unknown,
  at: readonly (string | number)[] = [],
): readonly { readonly reference: readonly string[]; readonly at: readonly (string | number)[] }[] {
  if (typeof value === 'string') {
    const reference = pathOf(value)
    return reference ? [{ reference, at }] : []
  }
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => referencesIn(item, [...at, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => referencesIn(field, [...at, name]))
}
