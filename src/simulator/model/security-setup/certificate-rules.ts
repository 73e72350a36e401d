// Which certificates a Security setup takes, and how it makes requests for them (IEC 62056-6-2, import_certificate; IEC 62056-5-3, Public key certificates).
import type { Certificate } from '../../../protocol/security/certificates/certificate.ts'
import type { AsymmetricKeyName } from '../../../protocol/security/key-names.ts'
import type { Unfit, Untrusted } from '../../../protocol/security/certificates/chain.ts'
import { pairOf } from './curve.ts'

/** `authority`: a new one, whom only the factory can make known; `foreign-key`: one of the server over a key that it did not make, or of another over a key that it did. */
export type Objection = Untrusted | Unfit | 'authority' | 'foreign-key'

export interface CertificateRules {
  /** Whether a certificate is refused for this. */
  readonly heeds: (objection: Objection, certificate: Certificate) => boolean
  /** All that are stored once one more has come; undefined: it is refused. */
  readonly stored: (before: readonly Uint8Array[], more: Uint8Array, room: number) => readonly Uint8Array[] | undefined
  /** What is left of all when octets came that are no certificate. */
  readonly afterRubbish: (before: readonly Uint8Array[]) => readonly Uint8Array[]
  /** Whether one takes the place of another with the same serial number and issuer. */
  readonly replacesSame: boolean
  /** The pair with the number `count` that is generated, from a secret. */
  readonly pair: typeof pairOf
  /** The common name in a request, from the system title in hex. */
  readonly requested: (commonName: string) => string
  /** The private key that a request is for. */
  readonly requestedKey: (generated: Uint8Array | undefined, inUse: Uint8Array | undefined) => Uint8Array | undefined
  /** Whether a new key pair waits for its certificate. */
  readonly awaitsCertificate: (key: AsymmetricKeyName) => boolean
  /** Whether a key pair is in use once its certificate is there. */
  readonly takesIntoUse: (key: AsymmetricKeyName) => boolean
  /** Whether the certificate of a key in use can be removed. */
  readonly losesOwn: boolean
  readonly exported: (octets: Uint8Array) => Uint8Array
}

export const conformantCertificates: CertificateRules = {
  heeds: () => true,
  stored: (before, more, room) => (before.length < room ? [...before, more] : undefined),
  afterRubbish: (before) => before,
  replacesSame: true,
  pair: pairOf,
  requested: (commonName) => commonName,
  requestedKey: (generated, inUse) => generated ?? inUse,
  awaitsCertificate: () => true,
  takesIntoUse: () => true,
  losesOwn: false,
  exported: (octets) => octets,
}
