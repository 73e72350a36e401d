// Keys under a key encryption key: AES key wrap (RFC 3394) with its default initial value.
import { aeskw } from '@noble/ciphers/aes.js'

/** A key of 16 or 32 octets → 24 or 40. */
export const wrapKey = (kek: Uint8Array, key: Uint8Array): Uint8Array => aeskw(kek).encrypt(key)

/** The key; undefined: it was not wrapped under this key, or is damaged. */
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  try {
    return aeskw(kek).decrypt(wrapped)
  } catch {
    // the library tells a wrong length and a wrong check in the same way
    return undefined
  }
}
