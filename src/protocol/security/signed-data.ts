// What Data protection (class 30) signs by itself, inside whatever APDU: the data, and R and S behind them (IEC 62056-6-2, Data protection; IEC 62056-5-3, Digital signature).
import { decode, encode, octetString, sequence } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import type { GeneralHeader } from '../xdlms/ciphered.ts'
import { COORDINATE, signature, type Curve } from './curves.ts'
import { signedOctets, type Signing } from './general-signing.ts'
import { headerForms } from './protected-data.ts'
import { checkSignature, type NoSignature } from './signature.ts'

/** What is signed is what general-signing signs: the options and the data, each with its length. */
export const signedData = ({ header, curve, pair, sign = signature }: Signing, plain: Uint8Array): Uint8Array =>
  concat([plain, sign(curve, pair, signedOctets(header, plain))])

export interface FoundSigned {
  readonly content: Uint8Array
  readonly signature: Uint8Array
}

/** Undefined: it is too short. */
export function foundSigned(curve: Curve, all: Uint8Array): FoundSigned | undefined {
  const at = all.length - 2 * COORDINATE[curve]
  return at < 0 ? undefined : { content: all.subarray(0, at), signature: all.subarray(at) }
}

const withLengths = sequence({ content: octetString, signature: octetString })

/** The ways in which a signature is known to go with data: no example of the standard settles it. */
export function signedForms(curve: Curve, all: Uint8Array): readonly FoundSigned[] {
  const behind = foundSigned(curve, all)
  const read = decode(withLengths, all)
  return [...(behind ? [behind] : []), ...(read.ok ? [read.value] : [])]
}

/** Whether a signature is right in one of the ways in which the options and the data are known to be signed. */
export function checkSignedForms(
  curve: Curve,
  publicKey: Uint8Array,
  header: GeneralHeader,
  { content, signature: signed }: FoundSigned,
): Result<undefined, NoSignature> {
  const contents = [encode(octetString, content), content]
  const messages = headerForms(header).flatMap((form) => contents.map((octets) => concat([form, octets])))
  for (const message of messages) {
    const checked = checkSignature(curve, publicKey, message, signed)
    if (checked.ok) return ok(undefined)
    if (checked.failure !== 'wrong-signature') return checked
  }
  return fail('wrong-signature')
}
