// Whether two signatures of one key were made with nonces that can be guessed: those of small generators, each of which is tried. Whoever knows one nonce knows the private key (FIPS 186-4, 4.5).
import { COORDINATE, type Curve } from './curves.ts'
import { lfsrNext, LFSR_PERIOD, LFSR_START } from './lfsr.ts'
import { hashOf, inverse, numberOf } from './nonce-signature.ts'
import { ORDER } from './signature.ts'

export interface SignedMessage {
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

export const GUESSES = ['small-number', 'shift-register'] as const
export type Guess = (typeof GUESSES)[number]

/** Undefined: no generator that is tried gives both. A nonce and its negative have the same R. */
export function guessedNonce(curve: Curve, one: SignedMessage, other: SignedMessage): Guess | undefined {
  return GUESSES.find((guess) => {
    const keys = new Set(keysFrom(curve, one, guess))
    return keysFrom(curve, other, guess).some((key) => keys.has(key))
  })
}

/** The private key that each nonce would belong to: the right one is among those of both signatures. */
function keysFrom(curve: Curve, { message, signature }: SignedMessage, guess: Guess): readonly bigint[] {
  const n = ORDER[curve]
  const size = COORDINATE[curve]
  const toKey = inverse(numberOf(signature.subarray(0, size)), n)
  const factor = (toKey * numberOf(signature.subarray(size))) % n
  const less = (toKey * numberOf(hashOf(curve, message))) % n
  const products = guess === 'small-number' ? multiples(factor, n) : registered(factor, n, size)
  return products.flatMap((product) => [difference(product, less, n), difference(n - product, less, n)])
}

/** Modulo n, of numbers below it. */
const difference = (one: bigint, other: bigint, n: bigint): bigint => (one < other ? one - other + n : one - other)

const LARGEST = 0xffff

/** Times 1 to 65535. */
function multiples(factor: bigint, n: bigint): readonly bigint[] {
  let product = 0n
  return Array.from({ length: LARGEST }, () => {
    product += factor
    if (product >= n) product -= n
    return product
  })
}

/** Times each number that so many octets of the register are. */
function registered(factor: bigint, n: bigint, size: number): readonly bigint[] {
  const width = (1n << BigInt(8 * size)) - 1n
  let state = LFSR_START
  let number = 0n
  const next = (): void => {
    state = lfsrNext(state)
    number = ((number << 8n) | BigInt(state & 0xff)) & width
  }
  for (let at = 0; at < size; at++) next()
  return Array.from({ length: LFSR_PERIOD }, () => {
    const product = (number * factor) % n
    next()
    return product
  })
}
