// Elliptic curves of suites 1 and 2: ECDSA and ECDH, keys and signatures as plain octets without a tag.
import { createECDH, createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify } from 'node:crypto'
import { remembered } from '../../codec/remembered.ts'
import { hex } from '../../codec/value.ts'

/** Suite 1 has P-256 with SHA-256, suite 2 P-384 with SHA-384. */
export type Curve = 'P-256' | 'P-384'

/** A private key is one coordinate long, a public key x and y. */
export const COORDINATE: Readonly<Record<Curve, number>> = { 'P-256': 32, 'P-384': 48 }
const HASH: Readonly<Record<Curve, string>> = { 'P-256': 'sha256', 'P-384': 'sha384' }

export interface KeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

const OPENSSL: Readonly<Record<Curve, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' }

const KEYS_REMEMBERED = 64

/** Keys are used over and over, and what belongs to one costs more than a signature: it is worked out once for the last ones. */
function ofKey<T>(make: (curve: Curve, key: Uint8Array) => T): (curve: Curve, key: Uint8Array) => T {
  const once = remembered<T>(KEYS_REMEMBERED)
  return (curve, key) => once(`${curve} ${hex(key)}`, () => make(curve, key))
}

/** A private key with the public key that belongs to it. */
export const keyPairOf = (curve: Curve, privateKey: Uint8Array): KeyPair => ({
  privateKey,
  publicKey: publicHalf(curve, privateKey),
})

const publicHalf = ofKey((curve, privateKey) => {
  const agreement = createECDH(OPENSSL[curve])
  agreement.setPrivateKey(privateKey)
  // without the tag 04 of an uncompressed point
  return Uint8Array.from(agreement.getPublicKey().subarray(1))
})

/** R and S, each as long as a coordinate. */
export const signature = (curve: Curve, pair: KeyPair, message: Uint8Array): Uint8Array =>
  Uint8Array.from(sign(HASH[curve], message, { key: privateKeyOf(curve, pair.privateKey), dsaEncoding: 'ieee-p1363' }))

/** A public key that is no point of the curve signs nothing. */
export function isSignature(curve: Curve, publicKey: Uint8Array, message: Uint8Array, signed: Uint8Array): boolean {
  const key = publicKeyOf(curve, publicKey)
  return key !== undefined && verify(HASH[curve], message, { key, dsaEncoding: 'ieee-p1363' }, signed)
}

/** Whether x and y are a point of the curve: the check that a public key from outside needs before use. */
export const isPoint = (curve: Curve, publicKey: Uint8Array): boolean => publicKeyOf(curve, publicKey) !== undefined

/** The shared secret Z: x of the common point. Undefined: the other's key is no point of the curve. */
export function sharedSecret(curve: Curve, own: KeyPair, other: Uint8Array): Uint8Array | undefined {
  const publicKey = publicKeyOf(curve, other)
  return publicKey && Uint8Array.from(diffieHellman({ privateKey: privateKeyOf(curve, own.privateKey), publicKey }))
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url')

const coordinates = (curve: Curve, key: Uint8Array) => ({
  kty: 'EC',
  crv: curve,
  x: base64(key.subarray(0, COORDINATE[curve])),
  y: base64(key.subarray(COORDINATE[curve])),
})

const privateKeyOf = ofKey((curve, privateKey): KeyObject =>
  createPrivateKey({
    key: { ...coordinates(curve, publicHalf(curve, privateKey)), d: base64(privateKey) },
    format: 'jwk',
  }),
)

const publicKeyOf = ofKey((curve, key): KeyObject | undefined => {
  if (key.length !== 2 * COORDINATE[curve]) return undefined
  try {
    return createPublicKey({ key: coordinates(curve, key), format: 'jwk' })
  } catch {
    // node refuses what is not on the curve
    return undefined
  }
})
