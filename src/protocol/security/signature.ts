// Whether octets are an ECDSA signature, and if not, why: R and S as plain octets, each from 1 to the order of the curve less 1.
import { fail, ok, type Result } from '../../codec/value.ts'
import { COORDINATE, isSignature, type Curve } from './curves.ts'

/** Order of the base point (FIPS 186-4, D.1.2.3 and D.1.2.4). */
export const ORDER: Readonly<Record<Curve, bigint>> = {
  'P-256': 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n,
  'P-384':
    0xffffffff_ffffffff_ffffffff_ffffffff_ffffffff_ffffffff_c7634d81_f4372ddf_581a0db2_48b0a77a_ecec196a_ccc52973n,
}

export type NoSignature = 'wrong-size' | 'r-out-of-range' | 's-out-of-range' | 'wrong-signature'

/** What `signed` is worth as a signature over `message`. */
export function checkSignature(
  curve: Curve,
  publicKey: Uint8Array,
  message: Uint8Array,
  signed: Uint8Array,
): Result<undefined, NoSignature> {
  const size = COORDINATE[curve]
  if (signed.length !== 2 * size) return fail('wrong-size')
  if (!isInRange(curve, signed.subarray(0, size))) return fail('r-out-of-range')
  if (!isInRange(curve, signed.subarray(size))) return fail('s-out-of-range')
  return isSignature(curve, publicKey, message, signed) ? ok(undefined) : fail('wrong-signature')
}

/** Whether octets are a number that R, S or a private key may be. */
export function isInRange(curve: Curve, octets: Uint8Array): boolean {
  const number = BigInt(`0x${Buffer.from(octets).toString('hex') || '0'}`)
  return number > 0n && number < ORDER[curve]
}
