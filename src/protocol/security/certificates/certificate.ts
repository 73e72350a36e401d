// X.509 v3 certificates as suites 1 and 2 have them (IEC 62056-5-3, Public key certificates; RFC 5280): reading.
import { Certificate as X509, Version } from '@peculiar/asn1-x509'
import { fail, ok, type Result } from '../../../codec/value.ts'
import type { Curve } from '../curves.ts'
import { checkSignature } from '../signature.ts'
import { elementsIn, isSignedStructure, parsed } from './der.ts'
import { usageIn, type Usage } from './extensions.ts'
import { distinguishedName, type DistinguishedName } from './name.ts'
import { curveOfSignature, plainSignature, publicKeyIn, type PublicKey } from './public-key.ts'

export interface Certificate extends PublicKey, Usage {
  /** All of it in DER. */
  readonly octets: Uint8Array
  readonly serialNumber: Uint8Array
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly signed: {
    readonly octets: Uint8Array
    /** That of the issuer's key. */
    readonly curve: Curve
    /** R and S. */
    readonly signature: Uint8Array
  }
}

/** `x509`: not DER, too long, too deep, or not the structure of a certificate. The others name the field that cannot be. */
export type NoCertificate =
  'x509' | 'version' | 'serial-number' | 'signature-algorithm' | 'signature' | 'validity' | 'public-key' | 'extensions'

/** RFC 5280, 4.1.2.2. */
const MAX_SERIAL_NUMBER = 20

/** Any octets give a certificate or a failure. What it is worth, `checkChain` says. */
export function readCertificate(octets: Uint8Array): Result<Certificate, NoCertificate> {
  const read = parsed(X509, octets)
  if (read?.tbsCertificateRaw === undefined || !isSignedStructure(octets)) return fail('x509')
  const { tbsCertificate: fields, tbsCertificateRaw: raw, signatureAlgorithm, signatureValue } = read
  if (fields.version !== Version.v3) return fail('version')
  // behind version, serialNumber and signature; behind validity
  const [, , , issuer, , subject] = elementsIn(new Uint8Array(raw))
  const serialNumber = new Uint8Array(fields.serialNumber)
  if (!isSerialNumber(serialNumber)) return fail('serial-number')
  const curve = curveOfSignature(signatureAlgorithm)
  if (curve === undefined || curveOfSignature(fields.signature) !== curve) return fail('signature-algorithm')
  const signature = plainSignature(curve, new Uint8Array(signatureValue))
  if (signature === undefined) return fail('signature')
  const [notBefore, notAfter] = [fields.validity.notBefore, fields.validity.notAfter].map(instantOf)
  if (notBefore === undefined || notAfter === undefined) return fail('validity')
  const key = publicKeyIn(fields.subjectPublicKeyInfo)
  if (key === undefined) return fail('public-key')
  const usage = usageIn(fields.extensions ?? [])
  if (!usage.ok) return usage
  return ok({
    octets,
    serialNumber,
    issuer: distinguishedName(fields.issuer, issuer),
    subject: distinguishedName(fields.subject, subject),
    notBefore,
    notAfter,
    ...key,
    ...usage.value,
    signed: { octets: new Uint8Array(raw), curve, signature },
  })
}

/** Whether the key signed the certificate. */
export const isSignedBy = ({ signed }: Certificate, { curve, publicKey }: PublicKey): boolean =>
  signed.curve === curve && checkSignature(curve, publicKey, signed.octets, signed.signature).ok

/** Positive, at most 20 octets. */
const isSerialNumber = (octets: Uint8Array): boolean =>
  octets.length > 0 &&
  octets.length <= MAX_SERIAL_NUMBER &&
  (octets[0] ?? 0) < 0x80 &&
  octets.some((octet) => octet !== 0)

function instantOf({ utcTime, generalTime }: { utcTime?: Date; generalTime?: Date }): number | undefined {
  const instant = (utcTime ?? generalTime)?.getTime()
  return instant === undefined || Number.isNaN(instant) ? undefined : instant
}
