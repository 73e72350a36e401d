// AES-GCM (NIST SP 800-38D) as DLMS/COSEM uses it: of the authentication tag the first 12 octets are sent.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concat } from '../../codec/operator.ts'

export const TAG_OCTETS = 12

/** What AES-GCM works with: a key of 16 or 32 octets, an IV of 12, and what is authenticated but not encrypted. */
export interface GcmInput {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly aad: Uint8Array
}

/** The ciphertext and its tag. */
export function seal({ key, iv, aad }: GcmInput, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(gcmOf(key), key, iv, { authTagLength: TAG_OCTETS }).setAAD(aad)
  return concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed; undefined: the tag is wrong, or there is none. */
export function open({ key, iv, aad }: GcmInput, sealed: Uint8Array): Uint8Array | undefined {
  const at = sealed.length - TAG_OCTETS
  if (at < 0) return undefined
  const decipher = createDecipheriv(gcmOf(key), key, iv, { authTagLength: TAG_OCTETS }).setAAD(aad)
  decipher.setAuthTag(sealed.subarray(at))
  const plain = concat([decipher.update(sealed.subarray(0, at))])
  try {
    decipher.final()
    return plain
  } catch {
    // that is how the library tells a wrong tag
    return undefined
  }
}

/** Encrypts or decrypts without a tag: GCM without authentication is counter mode that begins with block 2. */
export function crypt({ key, iv }: Omit<GcmInput, 'aad'>, octets: Uint8Array): Uint8Array {
  const cipher = createCipheriv(key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', key, concat([iv, SECOND_BLOCK]))
  return concat([cipher.update(octets)])
}

const SECOND_BLOCK = Uint8Array.of(0, 0, 0, 2)

/** GMAC: the tag of octets that are not encrypted. */
export const mac = (input: GcmInput): Uint8Array => seal(input, new Uint8Array(0))

const gcmOf = (key: Uint8Array) => (key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm')
