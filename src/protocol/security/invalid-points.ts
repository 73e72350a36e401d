// Octets in the place of a public key that are none of the curve: what key agreement has to refuse before it computes (NIST SP 800-56A, public key validation).
import { concat } from '../../codec/operator.ts'
import { COORDINATE, keyPairOf, type Curve } from './curves.ts'

export const INVALID_POINTS = [
  'off-curve',
  'zero',
  'prime',
  'above-prime',
  'twist',
  'other-curve',
  'too-short',
  'too-long',
] as const
export type InvalidPoint = (typeof INVALID_POINTS)[number]

/** Prime of the field and b of y² = x³ - 3x + b (FIPS 186-4, D.1.2.3 and D.1.2.4). */
const FIELD: Readonly<Record<Curve, { readonly p: bigint; readonly b: bigint }>> = {
  'P-256': {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8_aa3a93e7_b3ebbd55_769886bc_651d06b0_cc53b0f6_3bce3c3e_27d2604bn,
  },
  'P-384': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7_e23ee7e4_988e056b_e3f82d19_181d9c6e_fe814112_0314088f_5013875a_c656398d_8a2ed19d_2a85c8ed_d3ec2aefn,
  },
}
const OTHER: Readonly<Record<Curve, Curve>> = { 'P-256': 'P-384', 'P-384': 'P-256' }

const numberIn = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex')}`)
const coordinate = (curve: Curve, number: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(number.toString(16).padStart(2 * COORDINATE[curve], '0'), 'hex'))

/** `right`: a public key of the curve, which the invalid one is near to. */
export function invalidPoint(is: InvalidPoint, curve: Curve, right: Uint8Array): Uint8Array {
  const { p, b } = FIELD[curve]
  const size = COORDINATE[curve]
  const [x, y] = [right.subarray(0, size), right.subarray(size)]
  switch (is) {
    case 'off-curve':
      return right.map((octet, at) => (at === right.length - 1 ? octet ^ 1 : octet))
    case 'zero':
      return new Uint8Array(right.length)
    case 'prime':
      // who reduces before the check sees x = 0 and its y, a point of the curve
      return concat([coordinate(curve, p), coordinate(curve, power(b, (p + 1n) / 4n, p))])
    case 'above-prime':
      return concat([coordinate(curve, 2n ** BigInt(8 * size) - 1n), y])
    case 'twist':
      return concat([coordinate(curve, onTwist(numberIn(x), FIELD[curve])), y])
    case 'other-curve':
      return keyPairOf(OTHER[curve], coordinate(OTHER[curve], 1n)).publicKey
    case 'too-short':
      return right.subarray(0, -1)
    case 'too-long':
      return concat([right, Uint8Array.of(0)])
    default:
      return is satisfies never
  }
}

/** The next x of which no y is on the curve: it is on the twist. */
function onTwist(x: bigint, { p, b }: (typeof FIELD)[Curve]): bigint {
  const isSquare = (number: bigint): boolean => power(number, (p - 1n) / 2n, p) === 1n
  let next = x
  do next = (next + 1n) % p
  while (isSquare((((next ** 3n - 3n * next + b) % p) + p) % p))
  return next
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let [result, square, rest] = [1n, base % p, exponent]
  while (rest > 0n) {
    if (rest & 1n) result = (result * square) % p
    square = (square * square) % p
    rest >>= 1n
  }
  return result
}
