// Key pairs: from random octets, so that a simulated world has the same each time, and from private keys that are given.
import { COORDINATE, keyPairOf, type Curve, type KeyPair } from './curves.ts'
import { isInRange, ORDER } from './signature.ts'

/** So many more octets than a coordinate make the remainder even enough (FIPS 186-4, B.4.1). */
const EXTRA = 8

/** How many random octets make a pair. */
export const seedOctets = (curve: Curve): number => COORDINATE[curve] + EXTRA

/** A pair of so many random octets; the same octets give the same pair. */
export function keyPairFrom(curve: Curve, random: Uint8Array): KeyPair {
  if (random.length !== seedOctets(curve))
    throw new RangeError(`"random" expected ${seedOctets(curve)} octets, got ${random.length}`)
  const number = (BigInt(`0x${Buffer.from(random).toString('hex')}`) % (ORDER[curve] - 1n)) + 1n
  const digits = number.toString(16).padStart(2 * COORDINATE[curve], '0')
  return keyPairOf(curve, Uint8Array.from(Buffer.from(digits, 'hex')))
}

/** The pair of a private key; undefined: it is of another size, or not from 1 to the order of the curve less 1. */
export const keyPairIn = (curve: Curve, privateKey: Uint8Array): KeyPair | undefined =>
  privateKey.length === COORDINATE[curve] && isInRange(curve, privateKey) ? keyPairOf(curve, privateKey) : undefined
