// HLS: what proves that a party knows the secret (IEC 62056-5-3, High Level Security), passes 3 and 4.
import { createHash, timingSafeEqual } from 'node:crypto'
import { ecb } from '@noble/ciphers/aes.js'
import { encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { mac, TAG_OCTETS } from './aes-gcm.ts'
import { isSignature, signature, type Curve, type KeyPair } from './curves.ts'
import type { Signer } from './nonce-signature.ts'
import { initializationVector, type Protection } from './protection.ts'
import { securityControlOctet } from './security-control.ts'

/** The one who proves and the one who checks, each with system title and the challenge that it *sent*. */
export interface Challenges {
  readonly prover: Party
  readonly checker: Party
}
export interface Party {
  readonly title: Uint8Array
  readonly challenge: Uint8Array
}

const digest = (hash: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(
    createHash(hash)
      .update(concat([...parts]))
      .digest(),
  )

const BLOCK = 16

/** Filled up with zeros. */
const blocks = (octets: Uint8Array, count: number): Uint8Array => {
  const whole = new Uint8Array(count * BLOCK)
  whole.set(octets.subarray(0, whole.length))
  return whole
}

/** Mechanism 2 is the maker's own; this is the one in use: the challenge encrypted by AES-128-ECB with the secret, both filled up to whole blocks. */
export const hls2 = (secret: Uint8Array, { checker }: Challenges): Uint8Array =>
  ecb(blocks(secret, 1), { disablePadding: true }).encrypt(
    blocks(checker.challenge, Math.ceil(checker.challenge.length / BLOCK)),
  )

/** Mechanism 3: MD5 of the challenge and the secret. */
export const hlsMd5 = (secret: Uint8Array, { checker }: Challenges): Uint8Array =>
  digest('md5', checker.challenge, secret)

/** Mechanism 4: SHA-1 of the challenge and the secret. */
export const hlsSha1 = (secret: Uint8Array, { checker }: Challenges): Uint8Array =>
  digest('sha1', checker.challenge, secret)

/** Mechanism 6: SHA-256 of the secret, both titles and both challenges, of the prover's title and the challenge it answers first. */
export const hlsSha256 = (secret: Uint8Array, challenges: Challenges): Uint8Array =>
  digest('sha256', secret, hlsEcdsaMessage(challenges))

/** Mechanism 7: the signature over both titles and both challenges. */
export const hlsEcdsa = (curve: Curve, pair: KeyPair, challenges: Challenges, sign: Signer = signature): Uint8Array =>
  sign(curve, pair, hlsEcdsaMessage(challenges))

export const isHlsEcdsa = (curve: Curve, publicKey: Uint8Array, challenges: Challenges, proof: Uint8Array): boolean =>
  isSignature(curve, publicKey, hlsEcdsaMessage(challenges), proof)

/** What is signed. */
export const hlsEcdsaMessage = ({ prover, checker }: Challenges): Uint8Array =>
  concat([prover.title, checker.title, checker.challenge, prover.challenge])

/** Mechanism 5: security control, invocation counter, and the GMAC of the challenge. */
export function hlsGmac(protection: Protection, { checker }: Challenges): Uint8Array {
  const { control, keys, invocationCounter } = protection
  const octet = Uint8Array.of(securityControlOctet(control))
  const tag = mac({
    key: keys.encryption,
    iv: initializationVector(protection),
    aad: concat([octet, keys.authentication, checker.challenge]),
  })
  return concat([octet, encode(u32, invocationCounter), tag])
}

/** Security control, invocation counter and tag. */
export const HLS_GMAC_OCTETS = 5 + TAG_OCTETS

/** Whether a proof by GMAC, MD5 or SHA is the one that is due. */
export const isProof = (due: Uint8Array, found: Uint8Array): boolean =>
  due.length === found.length && timingSafeEqual(due, found)
