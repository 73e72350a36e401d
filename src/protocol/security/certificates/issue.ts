// Certificates are made: an authority signs what a key is for and whose it is.
import { Certificate as X509, Name, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509'
import type { Curve, KeyPair } from '../curves.ts'
import { serialized, parsed } from './der.ts'
import { extensionsFor, type Purpose } from './extensions.ts'
import { nameOf } from './name.ts'
import { buffer, publicKeyInfo, signatureAlgorithm, signatureOver, type PublicKey } from './public-key.ts'

/** Who signs. `name`: the subject of its own certificate, in DER, or a common name. */
export interface Issuer {
  readonly name: Uint8Array | string
  readonly curve: Curve
  readonly pair: KeyPair
}

export interface CertificateContents extends PublicKey {
  readonly serialNumber: Uint8Array
  /** Common name: of an end entity, its system title in hex. */
  readonly subject: string
  readonly purpose: Purpose
  /** The first octet of KeyUsage, where it is not that of the purpose. */
  readonly keyUsage?: number
  /** Of an authority: how many may stand below it. */
  readonly pathLength?: number
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
}

/** Contents → a certificate in DER. What is contradictory or out of date is signed as well: so are wrong certificates made. */
export function issueCertificate(contents: CertificateContents, issuer: Issuer): Uint8Array {
  const { serialNumber, subject, notBefore, notAfter } = contents
  const algorithm = signatureAlgorithm(issuer.curve)
  const fields = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(serialNumber),
    signature: algorithm,
    issuer: issuerName(issuer.name),
    validity: new Validity({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: publicKeyInfo(contents),
    extensions: extensionsFor({ ...contents, issuerKey: issuer.pair.publicKey }),
  })
  const signatureValue = signatureOver(issuer.curve, issuer.pair, serialized(fields))
  return serialized(new X509({ tbsCertificate: fields, signatureAlgorithm: algorithm, signatureValue }))
}

function issuerName(name: Issuer['name']): Name {
  if (typeof name === 'string') return nameOf(name)
  const read = parsed(Name, name)
  if (read === undefined) throw new TypeError('the name of the issuer is none')
  return read
}
