// general-signing (IEC 62056-5-3, general-signing APDU): an APDU with its signature. What is ciphered, too, is signed first.
import { encode, octetString } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { ok, type Result } from '../../codec/value.ts'
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
  /** Absent: as the standard has it. */
  readonly input?: SignedInput
}

/** What a general-signing APDU holds; who signed, the header's originator says. */
export interface SignedApdu {
  readonly header: GeneralHeader
  readonly content: Uint8Array
  readonly signature: Uint8Array
}

/** What is signed. `standard`: the fields from transaction-id to content, each with its length. The others are such as some implementations have (ruling Y28). */
export const SIGNED_INPUTS = ['standard', 'content-without-length', 'with-tag'] as const
export type SignedInput = (typeof SIGNED_INPUTS)[number]

const TAG = 0xdf

export function signedOctets(header: GeneralHeader, content: Uint8Array, input: SignedInput = 'standard'): Uint8Array {
  const fields = encode(generalHeader, header)
  switch (input) {
    case 'standard':
      return concat([fields, encode(octetString, content)])
    case 'content-without-length':
      return concat([fields, content])
    case 'with-tag':
      return concat([Uint8Array.of(TAG), fields, encode(octetString, content)])
    default:
      return input satisfies never
  }
}

/** An APDU → the octets of the signed one. */
export const signApdu = ({ header, curve, pair, sign = signature, input }: Signing, content: Uint8Array): Uint8Array =>
  encode(apdu.arms['general-signing'], {
    ...header,
    content,
    signature: sign(curve, pair, signedOctets(header, content, input)),
  })

/** Undefined: the APDU is not signed. */
export function signedIn(read: Apdu): SignedApdu | undefined {
  if (read.is !== 'general-signing') return undefined
  const { content, signature, ...header } = read.value
  return { header, content, signature }
}

/** The APDU that was signed, if it was. */
export function checkSigned(
  curve: Curve,
  publicKey: Uint8Array,
  { header, content, signature }: SignedApdu,
  input: SignedInput = 'standard',
): Result<Uint8Array, NoSignature> {
  const checked = checkSignature(curve, publicKey, signedOctets(header, content, input), signature)
  return checked.ok ? ok(content) : checked
}
