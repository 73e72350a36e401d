// general-signing (IEC 62056-5-3, general-signing APDU): an APDU with its signature. What is ciphered, too, is signed first.
import { encode, octetString } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import { apdu, type Apdu } from '../apdu.ts'
import { generalHeader, type GeneralHeader } from '../xdlms/ciphered.ts'
import { CIPHERED_FORMS } from './ciphered-apdu.ts'
import { signature, type Curve, type KeyPair } from './curves.ts'
import type { Signer } from './nonce-signature.ts'
import { checkSignature, type NoSignature } from './signature.ts'

/** Its name, and among those of ciphering its form. */
export const GENERAL_SIGNING = 'general-signing'
export const PROTECTED_FORMS = [...CIPHERED_FORMS, GENERAL_SIGNING] as const

export interface Signing {
  readonly header: GeneralHeader
  readonly curve: Curve
  readonly pair: KeyPair
  readonly sign?: Signer
}

/** What a general-signing APDU holds; who signed, the header's originator says. */
export interface SignedApdu {
  readonly header: GeneralHeader
  readonly content: Uint8Array
  readonly signature: Uint8Array
  /** Header and content in octets, where they did not come in the form of the standard. */
  readonly asCame?: Uint8Array
}

/** The fields from transaction-id to content, each with its length; not the tag of the APDU. */
export const signedOctets = (header: GeneralHeader, content: Uint8Array): Uint8Array =>
  concat([encode(generalHeader, header), encode(octetString, content)])

/** An APDU → the octets of the signed one. */
export const signApdu = ({ header, curve, pair, sign = signature }: Signing, content: Uint8Array): Uint8Array =>
  encode(apdu.arms['general-signing'], {
    ...header,
    content,
    signature: sign(curve, pair, signedOctets(header, content)),
  })

/** Undefined: the APDU is not signed. */
export function signedIn(read: Apdu): SignedApdu | undefined {
  if (read.is !== 'general-signing') return undefined
  const { content, signature, ...header } = read.value
  return { header, content, signature }
}

/** `content-without-length`: it would be right if the length of the content were not signed, as some implementations have it. */
export type NotSigned = NoSignature | 'content-without-length'

/** The APDU that was signed, if it was. */
export function checkSigned(curve: Curve, publicKey: Uint8Array, signed: SignedApdu): Result<Uint8Array, NotSigned> {
  const { header, content, signature, asCame } = signed
  const checked = checkSignature(curve, publicKey, signedOctets(header, content), signature)
  if (checked.ok) return ok(content)
  if (checked.failure !== 'wrong-signature') return checked
  if (asCame !== undefined && checkSignature(curve, publicKey, asCame, signature).ok) return ok(content)
  const other = checkSignature(curve, publicKey, concat([encode(generalHeader, header), content]), signature)
  return fail(other.ok ? 'content-without-length' : 'wrong-signature')
}
