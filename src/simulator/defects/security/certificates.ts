// Certificates that are taken, made or kept with too little care (IEC 62056-6-2, class 64, methods 4 to 8; RFC 5280).
import type { Objection } from '../../model/security-setup/certificate-rules.ts'
import type { Decisions } from '../../decisions.ts'
import type { Defect } from '../defect.ts'
import { changeCertificates, changeSecuritySetup } from './shared.ts'

/** Certificates are taken in spite of this. */
const heedless = (d: Decisions, ...unheeded: readonly Objection[]): Decisions =>
  changeCertificates(d, ({ heeds }) => ({
    heeds: (objection, certificate) => !unheeded.includes(objection) && heeds(objection, certificate),
  }))

export const certificateDefects: readonly Defect[] = [
  {
    id: 'certificates.chain-unchecked',
    aliases: ['cert_no_chain_check'],
    breaks: ['certificates.trust'],
    needs: 'certificates',
    says: 'Every certificate that can be read is stored, whoever signed it.',
    apply: (d) => heedless(d, 'unknown-issuer', 'wrong-signature', 'issuer-is-no-authority', 'too-many-authorities'),
  },
  {
    id: 'certificates.issuer-by-name',
    breaks: ['certificates.trust'],
    needs: 'certificates',
    says: 'A certificate with the name of a known issuer is stored, and its signature is not looked at.',
    apply: (d) => heedless(d, 'wrong-signature'),
  },
  {
    id: 'certificates.root-taken',
    breaks: ['certificates.trust'],
    needs: 'certificates',
    says: 'A certificate of an authority that nobody knows is stored: from then on it is trusted.',
    apply: (d) =>
      changeCertificates(d, ({ heeds }) => ({
        heeds: (objection, certificate) => !certificate.isAuthority && heeds(objection, certificate),
      })),
  },
  {
    id: 'certificates.validity-unchecked',
    breaks: ['certificates.validity'],
    remark: true,
    needs: 'certificates',
    says: 'A certificate is stored after its time, and before it.',
    apply: (d) => heedless(d, 'expired', 'not-yet-valid'),
  },
  {
    id: 'certificates.name-unchecked',
    breaks: ['certificates.owner'],
    remark: true,
    needs: 'certificates',
    says: 'A certificate is stored whose common name is no system title.',
    apply: (d) => heedless(d, 'common-name'),
  },
  {
    id: 'certificates.foreign-key-taken',
    breaks: ['certificates.owner'],
    needs: 'certificates',
    says: 'A certificate of the server is stored over a key that the server did not make.',
    apply: (d) => heedless(d, 'foreign-key'),
  },
  {
    id: 'certificates.usage-unchecked',
    breaks: ['certificates.usage'],
    needs: 'certificates',
    says: 'A certificate is stored whose key is for another use.',
    apply: (d) => heedless(d, 'key-usage'),
  },
  {
    id: 'certificates.curve-unchecked',
    breaks: ['certificates.usage'],
    needs: 'certificates',
    says: 'A certificate is stored over a key of the curve of another suite.',
    apply: (d) => heedless(d, 'curve'),
  },
  {
    id: 'certificates.same-twice',
    breaks: ['certificates.store'],
    remark: true,
    needs: 'certificates',
    says: 'Two certificates with one serial number and issuer are stored beside each other.',
    apply: (d) => changeCertificates(d, () => ({ replacesSame: false })),
  },
  {
    id: 'certificates.lost-by-rubbish',
    aliases: ['x509_len_overflow'],
    breaks: ['certificates.store'],
    needs: 'certificates',
    says: 'A length that lies in what is imported is believed, and all certificates are overwritten.',
    apply: (d) => changeCertificates(d, () => ({ afterRubbish: () => [] })),
  },
  {
    id: 'certificates.full-overwritten',
    breaks: ['certificates.store'],
    needs: 'certificates',
    says: 'When there is no room left the oldest certificate is lost.',
    apply: (d) =>
      changeCertificates(d, () => ({
        stored: (before, more, room) => [...before.slice(before.length < room ? 0 : 1), more],
      })),
  },
  {
    id: 'certificates.export-differs',
    breaks: ['certificates.store'],
    needs: 'certificates',
    says: 'A certificate is exported without its last octet.',
    apply: (d) => changeCertificates(d, () => ({ exported: (octets) => octets.subarray(0, -1) })),
  },
  {
    id: 'certificates.own-removed',
    breaks: ['certificates.store'],
    remark: true,
    needs: 'certificates',
    says: 'The certificate of a key that the server uses can be removed.',
    apply: (d) => changeCertificates(d, () => ({ losesOwn: true })),
  },
  {
    id: 'certificates.volatile',
    breaks: ['certificates.store'],
    needs: 'certificates',
    says: 'Certificates that were imported are gone with the power.',
    apply: (d) => changeSecuritySetup(d, () => ({ outlivesPower: (came) => came !== 'imported' })),
  },
  {
    id: 'certificates.request-of-another',
    aliases: ['csr_wrong_cn'],
    breaks: ['certificates.request'],
    needs: 'certificates',
    says: 'The common name of a certificate request is not the system title of the server.',
    apply: (d) => changeCertificates(d, () => ({ requested: (name) => `${name.slice(0, -1)}0` })),
  },
  {
    id: 'certificates.pair-repeated',
    breaks: ['certificates.fresh-pair'],
    needs: 'certificates',
    says: 'Each key pair that is made is the same.',
    apply: (d) => changeCertificates(d, ({ pair }) => ({ pair: (curve, secret) => pair(curve, secret, 1) })),
  },
  {
    id: 'certificates.request-of-old-key',
    breaks: ['certificates.request', 'certificates.new-key'],
    needs: 'certificates',
    says: 'A certificate request is for the key that is in use, whatever key pair was made.',
    apply: (d) => changeCertificates(d, () => ({ requestedKey: (_, inUse) => inUse })),
  },
  {
    id: 'certificates.key-used-at-once',
    breaks: ['certificates.new-key'],
    needs: 'certificates',
    says: 'A new key pair is in use before its certificate is there.',
    apply: (d) => changeCertificates(d, () => ({ awaitsCertificate: () => false })),
  },
  {
    id: 'certificates.agreement-key-used-at-once',
    breaks: ['certificates.new-key'],
    needs: 'certificates',
    says: 'A new pair for key agreement is in use before its certificate is there.',
    apply: (d) => changeCertificates(d, () => ({ awaitsCertificate: (key) => key !== 'agreement-key' })),
  },
  {
    id: 'certificates.agreement-key-never-used',
    breaks: ['certificates.new-key'],
    needs: 'certificates',
    says: 'The old pair for key agreement stays in use when the certificate of the new one is there.',
    apply: (d) => changeCertificates(d, () => ({ takesIntoUse: (key) => key !== 'agreement-key' })),
  },
  {
    id: 'certificates.key-never-used',
    breaks: ['certificates.new-key'],
    needs: 'certificates',
    says: 'The old key stays in use when the certificate of the new one is there.',
    apply: (d) => changeCertificates(d, () => ({ takesIntoUse: () => false })),
  },
]
