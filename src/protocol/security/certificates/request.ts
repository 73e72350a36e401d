// Certification requests (PKCS #10, RFC 2986): a new key asks for a certificate, signed with itself.
import { CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { fail, ok, type Result } from '../../../codec/value.ts'
import type { Curve, KeyPair } from '../curves.ts'
import { checkSignature } from '../signature.ts'
import { elementsIn, isSignedStructure, parsed, serialized } from './der.ts'
import { distinguishedName, nameOf, type DistinguishedName } from './name.ts'
import {
  curveOfSignature,
  plainSignature,
  publicKeyIn,
  publicKeyInfo,
  signatureAlgorithm,
  signatureOver,
  type PublicKey,
} from './public-key.ts'

/** The request of a key pair; `subject`: the common name, a system title in hex. */
export function certificationRequest(curve: Curve, pair: KeyPair, subject: string): Uint8Array {
  const fields = new CertificationRequestInfo({
    version: 0,
    subject: nameOf(subject),
    subjectPKInfo: publicKeyInfo({ curve, publicKey: pair.publicKey }),
  })
  return serialized(
    new CertificationRequest({
      certificationRequestInfo: fields,
      signatureAlgorithm: signatureAlgorithm(curve),
      signature: signatureOver(curve, pair, serialized(fields)),
    }),
  )
}

export interface Request extends PublicKey {
  readonly subject: DistinguishedName
}

export type NoRequest = 'pkcs10' | 'version' | 'public-key' | 'signature-algorithm' | 'signature' | 'wrong-signature'

/** A request that its own key signed. */
export function readRequest(octets: Uint8Array): Result<Request, NoRequest> {
  const read = parsed(CertificationRequest, octets)
  if (read?.certificationRequestInfoRaw === undefined || !isSignedStructure(octets)) return fail('pkcs10')
  const { certificationRequestInfo: fields, certificationRequestInfoRaw: raw } = read
  if (fields.version !== 0) return fail('version')
  const key = publicKeyIn(fields.subjectPKInfo)
  if (key === undefined) return fail('public-key')
  if (curveOfSignature(read.signatureAlgorithm) !== key.curve) return fail('signature-algorithm')
  const signature = plainSignature(key.curve, new Uint8Array(read.signature))
  if (signature === undefined) return fail('signature')
  const signed = checkSignature(key.curve, key.publicKey, new Uint8Array(raw), signature)
  const [, subject] = elementsIn(new Uint8Array(raw))
  return signed.ok ? ok({ ...key, subject: distinguishedName(fields.subject, subject) }) : fail('wrong-signature')
}
