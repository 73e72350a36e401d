// For tests: the model of a meter with certificates, as the client sees it that may change them, and certificates to import.
import { decode, encode } from '../../../codec/codec.ts'
import { hex } from '../../../codec/value.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import { readCertificate } from '../../../protocol/security/certificates/certificate.ts'
import {
  issueCertificate,
  type CertificateContents,
  type Issuer,
} from '../../../protocol/security/certificates/issue.ts'
import { keyPairOf } from '../../../protocol/security/curves.ts'
import { certificatesIn, identificationData } from '../../../protocol/security/security-setup.ts'
import { octetsOf } from '../../dialogue.ts'
import { secretOctets } from '../../description.ts'
import type { Situation } from '../classes.ts'
import type { Invoked } from '../behaviour.ts'
import { conformantModel, type ModelRules } from '../rules.ts'
import { invokeMethod, readHex, situationOf } from '../situation.ts'
import { x509 } from './x509.ts'

export const SETUP = '0.0.43.0.2.255'
export const OWN = '53494D0000BC614E'
export const OTHER = '5453540000000001'
export const [GENERATE, REQUEST, IMPORT, EXPORT, REMOVE] = [4, 5, 6, 7, 8] as const
/** serialNumber of what the tests issue; the meter comes with 1, 101 and 102. */
export const SERIAL = '4711'

export const certifiedSituation = (name = 'suite-1', rules: ModelRules = conformantModel): Situation => ({
  ...situationOf(name, 'sacrificial', rules),
  // the rights of the client ask for authenticated requests
  protection: 0x0c,
  x509,
})

export const issuerOf = ({ description }: Situation): Issuer => {
  const secret = (key: string): Uint8Array => secretOctets(description, key)
  const curve = secret('certificate-authority').length === 32 ? 'P-256' : 'P-384'
  const read = readCertificate(secret('certificate-authority-certificate'))
  if (!read.ok) throw new TypeError(read.failure)
  return { name: read.value.subject.octets, curve, pair: keyPairOf(curve, secret('certificate-authority')) }
}

export const pairOf = (situation: Situation, octet: number) => {
  const { curve } = issuerOf(situation)
  return keyPairOf(curve, new Uint8Array(curve === 'P-256' ? 32 : 48).fill(octet))
}

export function certificate(
  situation: Situation,
  contents: Partial<CertificateContents> = {},
  issuer: Partial<Issuer> = {},
): Uint8Array {
  const by = issuerOf(situation)
  return issueCertificate(
    {
      serialNumber: octetsOf(SERIAL),
      subject: OTHER,
      purpose: 'digital-signature',
      curve: by.curve,
      publicKey: pairOf(situation, 7).publicKey,
      notBefore: Date.UTC(2020, 0, 1),
      notAfter: Date.UTC(2040, 0, 1),
      ...contents,
    },
    { ...by, ...issuer },
  )
}

export const invoked = (situation: Situation, method: number, parameter: Data): Invoked =>
  invokeMethod(situation, `64:${SETUP}:${method}`, hex(encode(data, parameter)))
export const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })
export const taken = (situation: Situation, value: Uint8Array) => invoked(situation, IMPORT, octets(value)).result
export const bySerial = (serial: string, { description }: Situation): Data => {
  const read = readCertificate(secretOctets(description, 'certificate-authority-certificate'))
  const issuer = read.ok ? read.value.subject.octets : new Uint8Array(0)
  return identificationData({ is: 'serial-number', serialNumber: octetsOf(serial), issuer })
}
export const byEntity = (entity: number, type: number, title: string): Data =>
  identificationData({ is: 'certificate-entity', entity, type, systemTitle: octetsOf(title) })
export const returned = ({ returned: value }: Invoked): Uint8Array =>
  value?.is === 'octet-string' ? value.value : new Uint8Array(0)

/** entity, type and serial number of each. */
export function listed(situation: Situation): readonly string[] {
  const read = decode(data, octetsOf(readHex(situation, `64:${SETUP}:6`).slice(2)))
  const infos = (read.ok && certificatesIn(read.value)) || []
  return infos.map(({ entity, type, serialNumber }) => `${entity} ${type} ${hex(serialNumber)}`)
}
