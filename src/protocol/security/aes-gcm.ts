// AES-GCM (NIST SP 800-38D) as DLMS/COSEM uses it: of the authentication tag the first 12 octets are sent.
import { timingSafeEqual } from 'node:crypto'
import { ctr, gcm } from '@noble/ciphers/aes.js'
import { concat } from '../../codec/operator.ts'

export const TAG_OCTETS = 12
const WHOLE_TAG = 16

/** What AES-GCM works with: a key of 16 or 32 octets, an IV of 12, and what is authenticated but not encrypted. */
export interface GcmInput {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly aad: Uint8Array
}

/** The ciphertext and its tag. */
export function seal({ key, iv, aad }: GcmInput, plain: Uint8Array): Uint8Array {
  const sealed = gcm(key, iv, aad).encrypt(plain)
  return sealed.slice(0, sealed.length - (WHOLE_TAG - TAG_OCTETS))
}

/** What was sealed; undefined: the tag is wrong, or there is none. */
export function open(input: GcmInput, sealed: Uint8Array): Uint8Array | undefined {
  const at = sealed.length - TAG_OCTETS
  if (at < 0) return undefined
  // The library takes whole tags only: the plaintext is recovered without one, and sealed again.
  const plain = crypt(input, sealed.subarray(0, at))
  return timingSafeEqual(seal(input, plain), sealed) ? plain : undefined
}

/** Encrypts or decrypts without a tag: GCM without authentication is counter mode that begins with block 2. */
export const crypt = ({ key, iv }: Omit<GcmInput, 'aad'>, octets: Uint8Array): Uint8Array =>
  ctr(key, concat([iv, Uint8Array.of(0, 0, 0, 2)])).encrypt(octets)

/** GMAC: the tag of octets that are not encrypted. */
export const mac = (input: GcmInput): Uint8Array => seal(input, new Uint8Array(0))
