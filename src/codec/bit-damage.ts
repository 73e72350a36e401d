import { deposit, extract, toOctets, toWord } from './bits.ts'
import { unhex } from './value.ts'
import type { DamageFailure, Operator } from './operator.ts'

/** How many bits a mask has. */
export const widthOf = (mask: number): number => mask.toString(2).replaceAll('0', '').length

/** The number in a hex string, if it fits in so many bits: the octets of a group of bits are right-aligned. */
function numberOf(octets: string, width: number): number | undefined {
  const word = unhex(octets)
  if (word?.length !== Math.ceil(width / 8)) return undefined
  const value = toWord(word)
  return value < 2 ** width ? value : undefined
}

/** Damages only the bits under `mask`. Undefined: the operator is not one for bits, or its argument does not fit. */
export function damageBits(operator: Operator, octets: Uint8Array, mask: number): Uint8Array | undefined {
  const width = widthOf(mask)
  const word = toWord(octets)
  const value = changed(operator, extract(word, mask), width)
  if (value === undefined) return undefined
  return toOctets(((word & ~mask) | deposit(value, mask)) >>> 0, octets.length)
}

function changed(operator: Operator, value: number, width: number): number | undefined {
  if (typeof operator === 'string') return undefined
  if ('set' in operator) return numberOf(operator.set, width)
  if ('flip' in operator) {
    const mask = numberOf(operator.flip, width)
    return mask === undefined ? undefined : (value ^ mask) >>> 0
  }
  if ('add' in operator) return (((value + operator.add) % 2 ** width) + 2 ** width) % 2 ** width
  return undefined
}

/** Whether an operator can be applied to a group of bits at all. */
export function bitField(path: string, operator: Operator, mask: number): DamageFailure | undefined {
  const width = widthOf(mask)
  if (changed(operator, 0, width) !== undefined) return undefined
  const expected = `set, flip or add for ${width} bit${width === 1 ? '' : 's'}`
  return { is: 'does-not-fit', path, expected, found: JSON.stringify(operator), candidates: [] }
}
