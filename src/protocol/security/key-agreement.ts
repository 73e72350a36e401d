// Key agreement (IEC 62056-5-3, Key agreement; NIST SP 800-56A): one key that two parties derive from each other's public keys.
import { encode, octetString } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import { COORDINATE, isPoint, sharedSecret, signature, type Curve, type KeyPair } from './curves.ts'
import { ALGORITHMS, deriveKey, type Parties } from './kdf.ts'
import { checkSignature, type NoSignature } from './signature.ts'

/**
 * C(2e,0s): both give an ephemeral key, in the method key_agreement. C(1e,1s): the originator of general-ciphering gives an
 * ephemeral key, the recipient has a static one. C(0e,2s): both have static ones.
 */
export type Scheme = 'ephemeral-unified' | 'one-pass' | 'static-unified'

/** Party U begins: the client in key_agreement, the originator in general-ciphering. */
export interface Titles {
  readonly partyU: Uint8Array
  readonly partyV: Uint8Array
}

/** What a key is derived with, besides the shared secret. The transaction-id counts with `static-unified` only. */
export interface Agreement {
  readonly scheme: Scheme
  readonly curve: Curve
  readonly titles: Titles
  readonly transactionId?: Uint8Array
}

/** The titles say who the parties are. Static keys give the same secret each time: there the transaction-id is with U, with its length. */
export const partiesOf = ({ scheme, curve, titles, transactionId = new Uint8Array(0) }: Agreement): Parties => ({
  algorithm: ALGORITHMS[curve],
  partyU: scheme === 'static-unified' ? concat([titles.partyU, encode(octetString, transactionId)]) : titles.partyU,
  partyV: titles.partyV,
})

/** `no-point`: the other's key is not on the curve. `own-key`: the other gives back what it got. */
export type NotAgreed = 'no-point' | 'own-key'

/** The key; U and V get the same one, each from the own pair and the other's public key. */
export function agreedKey(agreement: Agreement, own: KeyPair, other: Uint8Array): Result<Uint8Array, NotAgreed> {
  const { curve } = agreement
  const z = sharedSecret(curve, own, other)
  if (z === undefined) return fail('no-point')
  if (Buffer.compare(own.publicKey, other) === 0) return fail('own-key')
  return ok(deriveKey(curve, z, partiesOf(agreement)))
}

/** An ephemeral key as it is sent: Q_e and the signature over it; in key_agreement, key_id is signed with it. */
export const ephemeralKeyData = (curve: Curve, signing: KeyPair, publicKey: Uint8Array, keyId?: number): Uint8Array =>
  concat([publicKey, signature(curve, signing, signedKey(publicKey, keyId))])

/** Why key data give no public key. */
export type NoEphemeralKey = NoSignature | 'no-point'

/** The other's ephemeral key, if its signature is right. */
export function ephemeralKeyOf(
  curve: Curve,
  signingKey: Uint8Array,
  keyData: Uint8Array,
  keyId?: number,
): Result<Uint8Array, NoEphemeralKey> {
  const size = 2 * COORDINATE[curve]
  if (keyData.length !== 2 * size) return fail('wrong-size')
  const publicKey = keyData.subarray(0, size)
  const checked = checkSignature(curve, signingKey, signedKey(publicKey, keyId), keyData.subarray(size))
  if (!checked.ok) return checked
  return isPoint(curve, publicKey) ? ok(publicKey) : fail('no-point')
}

const signedKey = (publicKey: Uint8Array, keyId: number | undefined): Uint8Array =>
  keyId === undefined ? publicKey : concat([Uint8Array.of(keyId), publicKey])
