import type { Value } from '../codec/value.ts'
import { isList, isObject } from './case.ts'
import { isOperator, match } from './matchers.ts'
import { equal } from './operators.ts'

/**
 * Does the first matcher hold for everything that the second one holds for? Then a later alternative with the second is never reached.
 * Only what is certain is said: false where it depends on references or on operators that cannot be compared.
 */
export function covers(first: Value, second: Value): boolean {
  if (mayBeAbsent(second)) return equal(first, second)
  if (isAny(first)) return true
  if (isList(second)) return second.every((one) => covers(first, one))
  if (isList(first)) return first.some((one) => covers(one, second))
  if (isObject(first) && isObject(second)) return equal(first, second) || fieldsCover(first, second)
  if (isObject(second) || isReference(first) || isReference(second)) return equal(first, second)
  return !hasReference(first) && match(first, second) === undefined
}

/** Holds for whatever is there. */
export const isAny = (matcher: Value): boolean =>
  matcher === 'any' || (isObject(matcher) && (Object.keys(matcher).length === 0 || equal(matcher, { any: true })))

const mayBeAbsent = (matcher: Value): boolean =>
  matcher === 'absent' ||
  (isObject(matcher) && ('absent' in matcher || 'default' in matcher)) ||
  (isList(matcher) && matcher.some(mayBeAbsent))

const isReference = (value: Value): boolean => typeof value === 'string' && value.startsWith('$')

const hasReference = (value: Value): boolean =>
  isReference(value) || (typeof value === 'object' && value !== null && Object.values(value).some(hasReference))

type Fields = { readonly [key: string]: Value }

/** All that the first demands, the second demands too. */
function fieldsCover(first: Fields, second: Fields): boolean {
  return Object.entries(first).every(([key, wanted]) => {
    const other = second[key]
    if (isOperator(key)) return (other !== undefined && equal(wanted, other)) || operatorCovers(key, wanted, second)
    return other !== undefined && covers(wanted, other)
  })
}

/** Bounds of numbers; other operators only cover themselves. */
function operatorCovers(key: string, wanted: Value, second: Fields): boolean {
  const between = isList(second['between']) ? second['between'] : []
  const least = number(second['atLeast'] ?? between[0])
  const most = number(second['atMost'] ?? between[1])
  const [low, high] = isList(wanted) ? [number(wanted[0]), number(wanted[1])] : [number(wanted), number(wanted)]
  if (key === 'atLeast') return least !== undefined && low !== undefined && low <= least
  if (key === 'atMost') return most !== undefined && high !== undefined && high >= most
  if (key === 'between')
    return (
      least !== undefined &&
      most !== undefined &&
      low !== undefined &&
      high !== undefined &&
      low <= least &&
      high >= most
    )
  return false
}

const number = (value: Value | undefined): number | undefined => (typeof value === 'number' ? value : undefined)
