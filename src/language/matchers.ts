import type { Value } from '../codec/value.ts'
import { isList, isObject } from './case.ts'
import { equal, join, mismatch, type Mismatch, OPERATORS, told } from './operators.ts'

export type { Mismatch } from './operators.ts'

/**
 * Does a value look like this? Undefined: yes. References in the matcher are resolved. `value` undefined: the field is not there.
 *
 * - `"any"` and `"absent"` are the short forms of `{"any": true}` and `{"absent": true}`; any other scalar is a literal.
 * - A list: one of (a list that has to be equal is `{"same": […]}`).
 * - An object: each key is a field or an operator, and all must hold. **A key that the value has is a field**, even where an operator has its name
 *   (`{"length": 12}` looks at the field `length` of a frame format, and counts the octets of a string); a key that the value lacks is an operator
 *   where there is one of its name, else a field that is missing. Fields that are not named may be anything.
 */
export function match(matcher: Value, value: Value | undefined): Mismatch | undefined {
  if (matcher === 'any') return OPERATORS['any']?.(true, value, match)
  if (matcher === 'absent') return OPERATORS['absent']?.(true, value, match)
  if (isList(matcher))
    return matcher.some((one) => match(one, value) === undefined) ? undefined : mismatch(told(matcher), value)
  if (!isObject(matcher)) return equal(matcher, value) ? undefined : mismatch(told(matcher), value)
  if (isField('default', value) || !Object.hasOwn(matcher, 'default')) return matchObject(matcher, value)
  const { default: meant = null, ...others } = matcher
  return Object.keys(others).length === 0 ? undefined : matchObject(others, value === undefined ? meant : value)
}

function matchObject(matcher: { readonly [key: string]: Value }, value: Value | undefined): Mismatch | undefined {
  const keys = Object.keys(matcher)
  if (keys.length === 0) return value === undefined ? mismatch('anything', value) : undefined
  for (const key of keys) {
    const wanted = matcher[key] ?? null
    const operator = isField(key, value) ? undefined : operatorOf(key)
    const wrong = operator ? operator(wanted, value, match) : matchField(key, wanted, value)
    if (wrong) return wrong
  }
  return undefined
}

/** A field of something that is not there is not there either: that may still be right (`absent`, `default`). */
function matchField(key: string, wanted: Value, value: Value | undefined): Mismatch | undefined {
  if (value !== undefined && !isObject(value))
    return { path: key, expected: told(wanted), found: `no fields, but ${told(value)}` }
  const wrong = match(wanted, value !== undefined && Object.hasOwn(value, key) ? value[key] : undefined)
  return wrong && { ...wrong, path: join(key, wrong.path) }
}

const isField = (key: string, value: Value | undefined): boolean => isObject(value) && Object.hasOwn(value, key)

const operatorOf = (key: string) => (Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined)

export const isOperator = (key: string): boolean => key === 'default' || Object.hasOwn(OPERATORS, key)

/** Names of operators that fields of the standard have too. */
const AMBIGUOUS: readonly string[] = ['length', 'octets', 'count']

/**
 * Paths of all fields that a matcher names, outermost first; what is implied for such a field is not demanded. Where a key may be an operator or a field,
 * both readings are named.
 */
export function fieldsNamed(matcher: Value): readonly string[] {
  if (isList(matcher)) return [...new Set(matcher.flatMap(fieldsNamed))]
  if (!isObject(matcher)) return []
  const named = Object.entries(matcher).flatMap(([key, inner]): readonly string[] => {
    if (key === 'not') return fieldsNamed(inner)
    const below = fieldsNamed(inner).map((path) => join(key, path))
    if (isOperator(key)) return AMBIGUOUS.includes(key) ? [key, ...below] : []
    return [key, ...below]
  })
  return [...new Set(named)]
}
