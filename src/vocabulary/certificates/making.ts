// Certificates of the declared authority, right or with one thing wrong. What X.509 needs takes its time to load: words import this file when they are done.
import { concat } from '../../codec/operator.ts'
import { fail, hex, ok, type Result } from '../../codec/value.ts'
import { readCertificate, type Certificate } from '../../protocol/security/certificates/certificate.ts'
import { issueCertificate, type CertificateContents, type Issuer } from '../../protocol/security/certificates/issue.ts'
import type { Curve } from '../../protocol/security/curves.ts'
import { keyPairFrom, keyPairIn, seedOctets } from '../../protocol/security/key-pair.ts'
import type { CertificateFault, Malformed } from './faults.ts'

export { readCertificate } from '../../protocol/security/certificates/certificate.ts'
export { systemTitleIn } from '../../protocol/security/certificates/name.ts'
export { readRequest } from '../../protocol/security/certificates/request.ts'

/** Whom the meter trusts, and with what. */
export interface Authority {
  readonly certificate: Certificate
  readonly issuer: Issuer
}

/** Of its private key and its certificate. */
export function authorityOf(key: Uint8Array, certificate: Uint8Array): Result<Authority, string> {
  const read = readCertificate(certificate)
  if (!read.ok) return fail(`the certificate of the authority cannot be read: ${read.failure}`)
  const { curve, publicKey, subject } = read.value
  const pair = keyPairIn(curve, key)
  if (pair === undefined || Buffer.compare(pair.publicKey, publicKey) !== 0)
    return fail('the key of the authority is not the one in its certificate')
  return ok({ certificate: read.value, issuer: { name: subject.octets, curve, pair } })
}

/** Whose key it is, and for what. */
export interface Wanted {
  /** Of the suite of the client, whatever the authority has. */
  readonly curve: Curve
  readonly title: Uint8Array
  readonly purpose: 'digital-signature' | 'key-agreement'
  /** Absent: a fresh one, of which nobody keeps the private key. */
  readonly publicKey?: Uint8Array
  /** Absent: a fresh one. */
  readonly serialNumber?: Uint8Array
}

export interface Making {
  readonly random: (count: number) => Uint8Array
  readonly serverTitle: Uint8Array
  /** No certificate gets longer. */
  readonly most: number
}

const SERIAL_NUMBER = 8
const OTHER_CURVE: Readonly<Record<Curve, Curve>> = { 'P-256': 'P-384', 'P-384': 'P-256' }
/** KeyUsage with nothing but keyEncipherment: neither for signatures nor for agreements. */
const KEY_ENCIPHERMENT = 0x20
/** What a certificate has besides a long name or serial number, at most. */
const REST = 600
const LONGEST_SERIAL_NUMBER = 5000

/** What goes to the meter, and by what it can be removed again. */
export interface Made {
  /** In DER. */
  readonly octets: Uint8Array
  readonly serialNumber: Uint8Array
}

export function made(
  { certificate: { notBefore, notAfter }, issuer }: Authority,
  { curve, title, purpose, publicKey, serialNumber }: Wanted,
  fault: CertificateFault | undefined,
  { random, serverTitle, most }: Making,
): Made {
  const pair = (of: Curve) => keyPairFrom(of, random(seedOctets(of)))
  const another = pair(issuer.curve)
  // 01 in front: positive, and never shorter
  const fresh = (count: number): Uint8Array => concat([Uint8Array.of(1), random(count - 1)])
  const right: CertificateContents = {
    serialNumber: serialNumber ?? fresh(SERIAL_NUMBER),
    subject: hex(title),
    purpose,
    curve,
    publicKey: publicKey ?? pair(curve).publicKey,
    notBefore,
    notAfter,
  }
  const with_ = (contents: Partial<CertificateContents>, by: Partial<Issuer> = {}): Made => {
    const all = { ...right, ...contents }
    return { octets: issueCertificate(all, { ...issuer, ...by }), serialNumber: all.serialNumber }
  }
  switch (fault) {
    case undefined:
      return with_({})
    case 'signature':
      return damaged(with_({}))
    case 'issuer-key':
      return with_({}, { pair: another })
    case 'unknown-issuer':
      return with_({}, { name: 'UNKNOWN-CA', pair: another })
    case 'expired':
      return with_({ notBefore: Date.UTC(2001, 0, 1), notAfter: Date.UTC(2002, 0, 1) })
    case 'not-yet-valid':
      return with_({ notBefore: Date.UTC(2048, 0, 1), notAfter: Date.UTC(2049, 0, 1) })
    case 'no-title':
      return with_({ subject: 'METER' })
    case 'no-use':
      return with_({ keyUsage: KEY_ENCIPHERMENT })
    case 'other-curve': {
      const other = OTHER_CURVE[curve]
      return with_({ curve: other, publicKey: pair(other).publicKey })
    }
    case 'server-title':
      return with_({ subject: hex(serverTitle) })
    case 'root':
      return with_(
        { subject: 'UNKNOWN-ROOT-CA', purpose: 'authority', curve: issuer.curve, publicKey: another.publicKey },
        { name: 'UNKNOWN-ROOT-CA', pair: another },
      )
    case 'long-name':
      return with_({ subject: 'T'.repeat(Math.max(1, most - REST)) })
    case 'long-serial-number':
      return with_({ serialNumber: fresh(Math.max(SERIAL_NUMBER, Math.min(LONGEST_SERIAL_NUMBER, most - REST))) })
    default:
      return fault satisfies never
  }
}

/** One bit in the last octet of S. */
const damaged = ({ octets, serialNumber }: Made): Made => ({
  octets: octets.map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet)),
  serialNumber,
})

const SEQUENCE = 0x30
/** Of a SEQUENCE with a length of two octets behind 82: where a certificate begins, and its first field. */
const HEADER = 4
const DEPTH = 400

/** The octets of a right certificate, made into none. */
export function malformed(certificate: Uint8Array, as: Malformed): Uint8Array {
  const contents = certificate.subarray(HEADER)
  switch (as) {
    case 'cut-short':
      return certificate.subarray(0, certificate.length - 40)
    case 'inner-length':
      return concat([
        certificate.subarray(0, HEADER),
        Uint8Array.of(SEQUENCE, 0x82, 0xff, 0xff),
        contents.subarray(HEADER),
      ])
    case 'huge-length':
      return concat([Uint8Array.of(SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff), contents])
    case 'indefinite-length':
      return concat([Uint8Array.of(SEQUENCE, 0x80), contents, Uint8Array.of(0, 0)])
    case 'nested':
      return nested(DEPTH)
    default:
      return as satisfies never
  }
}

/** Sequences in each other, with right lengths. */
function nested(depth: number): Uint8Array {
  let octets: Uint8Array = new Uint8Array(0)
  for (let n = 0; n < depth; n++) octets = concat([sequenceOf(octets.length), octets])
  return octets
}

function sequenceOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(SEQUENCE, length)
  return length < 0x100
    ? Uint8Array.of(SEQUENCE, 0x81, length)
    : Uint8Array.of(SEQUENCE, 0x82, length >> 8, length & 0xff)
}
