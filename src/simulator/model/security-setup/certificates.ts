// The certificates of a Security setup: those that it came with, and those that were imported since (IEC 62056-6-2, class 64, certificates).
import { hex, unhex } from '../../../codec/value.ts'
import type { Data } from '../../../protocol/data/data.ts'
import type { Certificate } from '../../../protocol/security/certificates/certificate.ts'
import { keyPairOf, type Curve } from '../../../protocol/security/curves.ts'
import {
  CERTIFICATE_ENTITY,
  CERTIFICATE_TYPE,
  certificatesArray,
  type CertificateIdentification,
} from '../../../protocol/security/security-setup.ts'
import { secretOctets, type CertificatesDescription, type MeterDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'
import { curveOf } from './curve.ts'
import type { Setup } from './setup.ts'
import type { X509 } from './x509.ts'

/** A Security setup that has certificates. */
export interface Certified {
  readonly setup: Setup
  readonly x509: X509
  readonly curve: Curve
  readonly described: CertificatesDescription
  /** Of the server. */
  readonly title: Uint8Array
  readonly authority: Certificate
  /** Those that are stored, as they came. */
  readonly stored: readonly Uint8Array[]
}

export function certifiedOf(setup: Setup, { description, x509 }: Situation): Certified | undefined {
  const described = description.securitySetups?.[setup.name]?.certificates
  const curve = curveOf(setup.state)
  const title = unhex(description.systemTitle ?? '')
  if (described === undefined || x509 === undefined || curve === undefined || title === undefined) return undefined
  const authority = certificateIn(x509, secretOctets(description, described.authority.certificate))
  const bare = { setup, x509, curve, described, title, authority }
  return { ...bare, stored: setup.state.certificates ?? factoryOf(bare, description) }
}

/** What is stored is read once. */
const known = new WeakMap<Uint8Array, Certificate>()

export function certificateIn({ readCertificate }: X509, octets: Uint8Array): Certificate {
  const before = known.get(octets)
  if (before !== undefined) return before
  const read = readCertificate(octets)
  if (!read.ok) throw new TypeError(`a certificate of the meter is none: ${read.failure}`)
  known.set(octets, read.value)
  return read.value
}

const [FROM, UNTIL] = [Date.UTC(2020, 0, 1), Date.UTC(2049, 11, 31)]
const PURPOSES = { 'signing-key': 'digital-signature', 'agreement-key': 'key-agreement' } as const

/** By description and setup: all meters of a description have left the factory with the same. */
const made = new WeakMap<MeterDescription, Map<string, readonly Uint8Array[]>>()

/** The authority's own, and those of the keys that the server came with. */
function factoryOf(certified: Omit<Certified, 'stored'>, description: MeterDescription): readonly Uint8Array[] {
  const { setup, x509, curve, described, title, authority } = certified
  const bySetup = made.get(description) ?? new Map<string, readonly Uint8Array[]>()
  made.set(description, bySetup)
  const before = bySetup.get(setup.name)
  if (before !== undefined) return before
  const pair = keyPairOf(curve, secretOctets(description, described.authority.key))
  const { keys } = description.securitySetups?.[setup.name] ?? {}
  const own = (['signing-key', 'agreement-key'] as const).flatMap((name, at) => {
    const secret = keys?.[name]
    if (secret === undefined) return []
    const { publicKey } = keyPairOf(curve, secretOctets(description, secret))
    const contents = {
      serialNumber: Uint8Array.of(1, at + 1),
      subject: hex(title),
      purpose: PURPOSES[name],
      curve,
      publicKey,
      notBefore: FROM,
      notAfter: UNTIL,
    }
    return [x509.issueCertificate(contents, { name: authority.subject.octets, curve, pair })]
  })
  const all = [authority.octets, ...own]
  bySetup.set(setup.name, all)
  return all
}

/** What certificates tells of one, besides its names. */
function kindOf({ x509, title }: Certified, { isAuthority, subject, purposes = [] }: Certificate) {
  const owner = x509.systemTitleIn(subject)
  const ofOwner = owner && (isSame(owner, title) ? CERTIFICATE_ENTITY.server : CERTIFICATE_ENTITY.client)
  const [purpose] = purposes
  return {
    owner,
    entity: isAuthority ? CERTIFICATE_ENTITY['certification-authority'] : (ofOwner ?? CERTIFICATE_ENTITY.other),
    type: purpose === undefined || purpose === 'authority' ? CERTIFICATE_TYPE.other : CERTIFICATE_TYPE[purpose],
  }
}

export const certificatesAttribute = (certified: Certified): Data =>
  certificatesArray(
    certified.stored.map((octets) => {
      const certificate = certificateIn(certified.x509, octets)
      const { serialNumber, issuer, subject, subjectAltName = new Uint8Array(0) } = certificate
      const { entity, type } = kindOf(certified, certificate)
      return { entity, type, serialNumber, issuer: issuer.octets, subject: subject.octets, subjectAltName }
    }),
  )

/** Whether this is the certificate that is meant. */
export function isMeant(
  certified: Certified,
  octets: Uint8Array,
  identification: Pick<Certificate, 'serialNumber' | 'issuer'> | CertificateIdentification,
): boolean {
  const certificate = certificateIn(certified.x509, octets)
  if (!('is' in identification))
    return (
      isSame(certificate.serialNumber, identification.serialNumber) &&
      isSame(certificate.issuer.octets, identification.issuer.octets)
    )
  if (identification.is === 'serial-number')
    return (
      isSame(certificate.serialNumber, identification.serialNumber) &&
      isSame(certificate.issuer.octets, identification.issuer)
    )
  const { owner, entity, type } = kindOf(certified, certificate)
  const isOwner = owner === undefined || isSame(owner, identification.systemTitle)
  return entity === identification.entity && type === identification.type && isOwner
}

export const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
