// Octets that are no signature, each made of one that is right: numbers that R and S may never be, and other codings (FIPS 186-4, 4.7; IEC 62056-5-3, Digital signature).
import { concat } from '../../codec/operator.ts'
import { COORDINATE, type Curve } from './curves.ts'
import { ORDER } from './signature.ts'

export const WRONG_SIGNATURES = [
  'zeros',
  'r-zero',
  's-zero',
  'order',
  'r-order',
  's-order',
  'r-above-order',
  's-above-order',
  'one-octet-less',
  'one-octet-more',
  'der',
] as const
export type WrongSignature = (typeof WRONG_SIGNATURES)[number]

export function wrongSignature(is: WrongSignature, curve: Curve, right: Uint8Array): Uint8Array {
  const size = COORDINATE[curve]
  const [r, s] = [right.subarray(0, size), right.subarray(size)]
  const zero = new Uint8Array(size)
  const order = Uint8Array.from(Buffer.from(ORDER[curve].toString(16), 'hex'))
  const above = new Uint8Array(size).fill(0xff)
  switch (is) {
    case 'zeros':
      return concat([zero, zero])
    case 'r-zero':
      return concat([zero, s])
    case 's-zero':
      return concat([r, zero])
    case 'order':
      return concat([order, order])
    case 'r-order':
      return concat([order, s])
    case 's-order':
      return concat([r, order])
    case 'r-above-order':
      return concat([above, s])
    case 's-above-order':
      return concat([r, above])
    case 'one-octet-less':
      return right.subarray(0, -1)
    case 'one-octet-more':
      return concat([right, Uint8Array.of(0)])
    case 'der':
      return derSignature(right)
    default:
      return is satisfies never
  }
}

/** R and S as a SEQUENCE of two INTEGERs (X.690). */
export function derSignature(right: Uint8Array): Uint8Array {
  const middle = right.length / 2
  const both = concat([integer(right.subarray(0, middle)), integer(right.subarray(middle))])
  return concat([Uint8Array.of(0x30, both.length), both])
}

function integer(octets: Uint8Array): Uint8Array {
  const from = octets.findIndex((octet) => octet !== 0)
  const least = octets.subarray(from === -1 ? octets.length - 1 : from)
  const sign = (least[0] ?? 0) > 0x7f ? [0] : []
  return Uint8Array.of(0x02, sign.length + least.length, ...sign, ...least)
}
