// ECDSA with a nonce that is given (FIPS 186-4, 6.4): for simulated meters, which must sign the same each time, or badly. Real keys are never used here: the time it takes tells of them.
import { createHash, createHmac } from 'node:crypto'
import { concat } from '../../codec/operator.ts'
import { COORDINATE, keyPairOf, type Curve, type KeyPair } from './curves.ts'
import { isInRange, ORDER } from './signature.ts'

/** How a signature is made: by the system, or so that it comes again. */
export type Signer = (curve: Curve, pair: KeyPair, message: Uint8Array) => Uint8Array

const HASH: Readonly<Record<Curve, string>> = { 'P-256': 'sha256', 'P-384': 'sha384' }

/** R and S with this nonce, as long as a coordinate. Undefined: the nonce is not from 1 to the order of the curve less 1, or gives no signature. */
export function signatureWithNonce(
  curve: Curve,
  { privateKey }: Pick<KeyPair, 'privateKey'>,
  message: Uint8Array,
  nonce: Uint8Array,
): Uint8Array | undefined {
  if (nonce.length !== COORDINATE[curve] || !isInRange(curve, nonce)) return undefined
  const n = ORDER[curve]
  const r = numberOf(keyPairOf(curve, nonce).publicKey.subarray(0, COORDINATE[curve])) % n
  const s = (inverse(numberOf(nonce), n) * (numberOf(hashOf(curve, message)) + r * numberOf(privateKey))) % n
  return r === 0n || s === 0n ? undefined : concat([octetsOf(curve, r), octetsOf(curve, s)])
}

/** The nonce of RFC 6979, 3.2: the same for the same key and message, and for no other. The hash is as long as the order. */
export function deterministicNonce(curve: Curve, privateKey: Uint8Array, message: Uint8Array): Uint8Array {
  const hash = octetsOf(curve, numberOf(hashOf(curve, message)) % ORDER[curve])
  const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
    Uint8Array.from(createHmac(HASH[curve], key).update(concat(parts)).digest())
  let value: Uint8Array = new Uint8Array(COORDINATE[curve]).fill(1)
  let key: Uint8Array = new Uint8Array(COORDINATE[curve])
  for (const step of [0, 1]) {
    key = hmac(key, value, Uint8Array.of(step), privateKey, hash)
    value = hmac(key, value)
  }
  value = hmac(key, value)
  while (!isInRange(curve, value)) {
    key = hmac(key, value, Uint8Array.of(0))
    value = hmac(key, hmac(key, value))
  }
  return value
}

/** What is signed of a message. */
export const hashOf = (curve: Curve, message: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash(HASH[curve]).update(message).digest())

export const numberOf = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex')}`)

const octetsOf = (curve: Curve, number: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(number.toString(16).padStart(2 * COORDINATE[curve], '0'), 'hex'))

/** RFC 6979: signatures that are the same in each run of a world. */
export function repeatableSignature(curve: Curve, pair: KeyPair, message: Uint8Array): Uint8Array {
  const made = signatureWithNonce(curve, pair, message, deterministicNonce(curve, pair.privateKey, message))
  if (made === undefined) throw new RangeError('a nonce that gives no signature: one in 2^256')
  return made
}

/** The number by which this one is 1 modulo n: Euclid's algorithm. */
export function inverse(number: bigint, n: bigint): bigint {
  let [low, high] = [number % n, n]
  let [ofLow, ofHigh] = [1n, 0n]
  while (low > 1n) {
    const quotient = high / low
    ;[low, high] = [high - quotient * low, low]
    ;[ofLow, ofHigh] = [ofHigh - quotient * ofLow, ofLow]
  }
  return ((ofLow % n) + n) % n
}
