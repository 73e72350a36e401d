// Authentication tags that nobody compares, or over the length that came.
import { decode } from '../../../codec/codec.ts'
import { fail, ok, type Result } from '../../../codec/value.ts'
import { crypt, TAG_OCTETS } from '../../../protocol/security/aes-gcm.ts'
import { initializationVector, protect, unprotect, type Protection } from '../../../protocol/security/protection.ts'
import { xdlms } from '../../../protocol/xdlms/xdlms.ts'

const LONGEST_TAG = 16

export function unprotectUnverified(protection: Protection, octets: Uint8Array): Result<Uint8Array, 'too-short'> {
  const end = octets.length - (protection.control.authentication ? TAG_OCTETS : 0)
  return end < 0 ? fail('too-short') : ok(opened(protection, octets.subarray(0, end)))
}

/** An APDU ends where it can be read, and what stands behind it is the tag. */
export function unprotectByReceivedTag(
  protection: Protection,
  octets: Uint8Array,
): Result<Uint8Array, 'wrong-tag' | 'too-short'> {
  if (!protection.control.authentication) return unprotect(protection, octets)
  for (let length = 0; length <= Math.min(LONGEST_TAG, octets.length); length++) {
    const end = octets.length - length
    const plain = opened(protection, octets.subarray(0, end))
    if (!decode(xdlms, plain).ok) continue
    const due = protect(protection, plain).subarray(-TAG_OCTETS)
    const isSame = octets.subarray(end).every((octet, at) => at >= TAG_OCTETS || octet === due[at])
    return isSame ? ok(plain) : fail('wrong-tag')
  }
  return fail('wrong-tag')
}

const opened = (protection: Protection, octets: Uint8Array): Uint8Array =>
  protection.control.encryption
    ? crypt({ key: protection.keys.encryption, iv: initializationVector(protection) }, octets)
    : octets
