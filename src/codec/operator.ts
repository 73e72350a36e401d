import { unhex, type Value } from './value.ts'

/** What damage does to the octets of a field, as a suite writes it. */
export type Operator =
  | 'drop'
  | 'repeat'
  | 'zero'
  | { readonly set: string }
  | { readonly flip: string }
  | { readonly add: number }
  | { readonly keep: number }
  | { readonly cut: number | { readonly at: number; readonly count: number } }
  | { readonly insert: { readonly at: number; readonly octets: string } }
  | { readonly 'move-after': string }

/** A damage that cannot be done, or would do nothing. */
export interface DamageFailure {
  readonly is: 'no-such-field' | 'ambiguous' | 'does-not-fit' | 'changes-nothing' | 'not-an-operator'
  readonly path: string
  readonly expected: string
  readonly found: string
  /** The fields it may have meant. */
  readonly candidates: readonly string[]
}

/** What an operator makes of a field. Undefined: it cannot be applied to a field of this size. `move-after` keeps it. */
export function applyOperator(operator: Operator, field: Uint8Array): Uint8Array | undefined {
  if (operator === 'drop') return new Uint8Array(0)
  if (operator === 'repeat') return concat([field, field])
  if (operator === 'zero') return new Uint8Array(field.length)
  if ('set' in operator) return unhex(operator.set)
  if ('flip' in operator) return flip(field, unhex(operator.flip))
  if ('add' in operator) return add(field, operator.add)
  if ('keep' in operator) return operator.keep <= field.length ? field.slice(0, operator.keep) : undefined
  if ('cut' in operator) {
    const { cut } = operator
    const { at, count } = typeof cut === 'number' ? { at: field.length - cut, count: cut } : cut
    if (at < 0 || at + count > field.length) return undefined
    return concat([field.subarray(0, at), field.subarray(at + count)])
  }
  if ('insert' in operator) {
    const { at, octets } = operator.insert
    const inserted = unhex(octets)
    if (!inserted || at > field.length) return undefined
    return concat([field.subarray(0, at), inserted, field.subarray(at)])
  }
  return field
}

/** Whether the number of octets may change with it. */
export const changesSize = (operator: Operator): boolean =>
  typeof operator === 'string'
    ? operator !== 'zero'
    : !('flip' in operator || 'add' in operator || 'move-after' in operator)

function flip(field: Uint8Array, mask: Uint8Array | undefined): Uint8Array | undefined {
  if (mask?.length !== field.length) return undefined
  return field.map((octet, i) => octet ^ (mask[i] ?? 0))
}

/** Adds to the field as one number, most significant octet first, modulo its width. */
function add(field: Uint8Array, amount: number): Uint8Array {
  const sum = field.slice()
  let carry = amount
  for (let i = sum.length - 1; i >= 0 && carry !== 0; i--) {
    const value = (sum[i] ?? 0) + carry
    sum[i] = value & 0xff
    carry = Math.floor(value / 256)
  }
  return sum
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const natural = (value: Value | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
const isHex = (value: Value | undefined): value is string => typeof value === 'string' && unhex(value) !== undefined
const isRecord = (value: Value | undefined): value is { readonly [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value of a suite is an operator; every reference in it is taken to be replaced. */
export function isOperator(value: Value): value is Operator {
  if (typeof value === 'string') return value === 'drop' || value === 'repeat' || value === 'zero'
  if (!isRecord(value)) return false
  const [entry, ...more] = Object.entries(value)
  if (!entry || more.length > 0) return false
  const [name, argument] = entry
  switch (name) {
    case 'set':
      return isHex(argument)
    case 'flip':
      return isHex(argument) && argument !== ''
    case 'add':
      return Number.isSafeInteger(argument)
    case 'keep':
      return natural(argument)
    case 'cut':
      return (
        natural(argument) ||
        (isRecord(argument) &&
          exactly(argument, ['at', 'count']) &&
          natural(argument['at']) &&
          natural(argument['count']))
      )
    case 'insert':
      return (
        isRecord(argument) &&
        exactly(argument, ['at', 'octets']) &&
        natural(argument['at']) &&
        isHex(argument['octets'])
      )
    case 'move-after':
      return typeof argument === 'string'
    default:
      return false
  }
}

const exactly = (record: { readonly [name: string]: Value }, names: readonly string[]): boolean =>
  Object.keys(record).length === names.length && names.every((name) => name in record)
