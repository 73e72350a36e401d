import { unhex, type Value } from '../codec/value.ts'
import { isList, isObject } from './case.ts'

/** What of a matcher does not hold. Undefined: it holds. `path`: where in the value, '' for the value itself. */
export interface Mismatch {
  readonly path: string
  readonly expected: string
  readonly found: string
}

export type Match = (matcher: Value, value: Value | undefined) => Mismatch | undefined

/** An operator: its argument, the value (undefined: the field is not there), and how to match what stands inside. */
type Operator = (argument: Value, value: Value | undefined, match: Match) => Mismatch | undefined

/** The operators of a matcher. `default` says what absence means and is applied before the others. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  any: (_, value) => (value === undefined ? mismatch('anything', value) : undefined),
  absent: (_, value) => (value === undefined ? undefined : mismatch('absent', value)),
  not: (inner, value, match) =>
    value !== undefined && match(inner, value) ? undefined : mismatch(`not ${told(inner)}`, value),
  between: (range, value) => {
    const [least = null, most = null] = isList(range) ? range : []
    return ordered(least, value) && ordered(value, most)
      ? undefined
      : mismatch(`${told(least)} to ${told(most)}`, value)
  },
  atLeast: (least, value) => (ordered(least, value) ? undefined : mismatch(`at least ${told(least)}`, value)),
  atMost: (most, value) => (ordered(value, most) ? undefined : mismatch(`at most ${told(most)}`, value)),
  length: (inner, value, match) => {
    const octets = typeof value === 'string' ? unhex(value) : undefined
    return counted('octets', inner, value, octets?.length, match)
  },
  count: (inner, value, match) => counted('elements', inner, value, isList(value) ? value.length : undefined, match),
  each: (inner, value, match) => {
    if (!isList(value)) return mismatch(`a list, each ${told(inner)}`, value)
    for (const [i, item] of value.entries()) {
      const inside = match(inner, item)
      if (inside) return { ...inside, path: join(`[${i}]`, inside.path) }
    }
    return undefined
  },
  some: (inner, value, match) =>
    isList(value) && value.some((item) => match(inner, item) === undefined)
      ? undefined
      : mismatch(`a list with ${told(inner)} in it`, value),
  octets: (pattern, value) =>
    typeof pattern === 'string' && like(pattern, value) ? undefined : mismatch(`the octets ${told(pattern)}`, value),
  same: (other, value) => (equal(other, value) ? undefined : mismatch(`the same as ${told(other)}`, value)),
  differs: (other, value) =>
    value !== undefined && !equal(other, value) ? undefined : mismatch(`other than ${told(other)}`, value),
}

export const mismatch = (expected: string, value: Value | undefined): Mismatch => ({
  path: '',
  expected,
  found: told(value),
})

export const join = (above: string, below: string): string =>
  above === '' || below === '' ? above + below : below.startsWith('[') ? above + below : `${above}.${below}`

/** A matcher or a value on one line. */
export function told(value: Value | undefined): string {
  if (value === undefined) return 'nothing'
  if (isList(value) && value.length > 1) return `one of ${value.map(told).join(', ')}`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

function counted(
  what: string,
  inner: Value,
  value: Value | undefined,
  number: number | undefined,
  match: Match,
): Mismatch | undefined {
  if (number === undefined) return mismatch(`${told(inner)} ${what}`, value)
  return match(inner, number) ? { path: '', expected: `${told(inner)} ${what}`, found: `${number}` } : undefined
}

const decimal = (value: Value | undefined): bigint | undefined =>
  (typeof value === 'number' && Number.isSafeInteger(value)) ||
  (typeof value === 'string' && /^-?\d{1,40}$/.test(value))
    ? BigInt(value)
    : undefined

/** An integer as it is written without anything superfluous. */
const integer = (value: Value | undefined): string | undefined =>
  (typeof value === 'number' || typeof value === 'string') && decimal(value) !== undefined ? `${value}` : undefined

/** a ≤ b. Numbers, large ones as decimal strings; other strings only where they are equally long (hex, dates, single characters). */
function ordered(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a <= b
  const [left, right] = [decimal(a), decimal(b)]
  if (left !== undefined && right !== undefined) return left <= right
  return typeof a === 'string' && typeof b === 'string' && a.length === b.length && a <= b
}

/** The same value, however deep. An integer and its decimal string are the same: integers beyond 2^53 are written so. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a)
    return (
      names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
    )
  }
  return typeof a !== typeof b && integer(a) !== undefined && integer(a) === integer(b)
}

/** Hex against hex; `?` stands for any digit, blanks and case do not count. */
function like(pattern: string, value: Value | undefined): boolean {
  if (typeof value !== 'string') return false
  const wanted = pattern.replace(/\s+/g, '').toUpperCase()
  const found = value.replace(/\s+/g, '').toUpperCase()
  return wanted.length === found.length && [...wanted].every((digit, i) => digit === '?' || digit === found[i])
}
