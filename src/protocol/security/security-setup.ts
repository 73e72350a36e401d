// Data of the methods and attributes of Security setup (class 64), as IEC 62056-6-2 gives their structure.
import type { Data } from '../data/data.ts'

/** key_id. */
export const KEY_ID = {
  'global-unicast-encryption-key': 0,
  'global-broadcast-encryption-key': 1,
  'authentication-key': 2,
  'master-key': 3,
} as const
export type TransferredKey = keyof typeof KEY_ID

const TRANSFERRED: readonly TransferredKey[] = [
  'global-unicast-encryption-key',
  'global-broadcast-encryption-key',
  'authentication-key',
  'master-key',
]

/** Undefined: no key has this key_id. */
export const keyOfId = (keyId: number): TransferredKey | undefined => TRANSFERRED[keyId]

/** An element of key_transfer and of key_agreement: `data` are key_wrapped or key_data. */
export interface KeyData {
  readonly keyId: number
  readonly data: Uint8Array
}

export const keyDataArray = (keys: readonly KeyData[]): Data => ({
  is: 'array',
  value: keys.map(({ keyId, data }) => structure(enumerated(keyId), octetString(data))),
})

/** Undefined: not the type of the parameter. */
export function keyDataIn(data: Data): readonly KeyData[] | undefined {
  return data.is === 'array' ? all(data.value, keyDataOf) : undefined
}

function keyDataOf(element: Data): KeyData | undefined {
  const [id, octets, ...more] = fieldsOf(element)
  return id?.is === 'enum' && octets?.is === 'octet-string' && more.length === 0
    ? { keyId: id.value, data: octets.value }
    : undefined
}

export const CERTIFICATE_ENTITY = { server: 0, client: 1, 'certification-authority': 2, other: 3 } as const
/** certificate_type, and the key pairs of generate_key_pair and generate_certificate_request, which have no `other`. */
export const CERTIFICATE_TYPE = { 'digital-signature': 0, 'key-agreement': 1, tls: 2, other: 3 } as const

/** Which certificate export_certificate and remove_certificate mean. Numbers of no entity or type are kept. */
export type CertificateIdentification =
  | {
      readonly is: 'certificate-entity'
      readonly entity: number
      readonly type: number
      readonly systemTitle: Uint8Array
    }
  | { readonly is: 'serial-number'; readonly serialNumber: Uint8Array; readonly issuer: Uint8Array }

const BY_ENTITY = 0
const BY_SERIAL_NUMBER = 1

export function identificationData(identification: CertificateIdentification): Data {
  switch (identification.is) {
    case 'certificate-entity': {
      const { entity, type, systemTitle } = identification
      return structure(enumerated(BY_ENTITY), structure(enumerated(entity), enumerated(type), octetString(systemTitle)))
    }
    case 'serial-number': {
      const { serialNumber, issuer } = identification
      return structure(enumerated(BY_SERIAL_NUMBER), structure(octetString(serialNumber), octetString(issuer)))
    }
    default:
      return identification satisfies never
  }
}

/** Undefined: not the type of the parameter. */
export function identificationIn(data: Data): CertificateIdentification | undefined {
  const [by, identification, ...more] = fieldsOf(data)
  if (by?.is !== 'enum' || identification === undefined || more.length > 0) return undefined
  const [first, second, third, ...others] = fieldsOf(identification)
  if (others.length > 0) return undefined
  if (by.value === BY_ENTITY)
    return first?.is === 'enum' && second?.is === 'enum' && third?.is === 'octet-string'
      ? { is: 'certificate-entity', entity: first.value, type: second.value, systemTitle: third.value }
      : undefined
  return by.value === BY_SERIAL_NUMBER && first?.is === 'octet-string' && second?.is === 'octet-string' && !third
    ? { is: 'serial-number', serialNumber: first.value, issuer: second.value }
    : undefined
}

/** An element of the attribute certificates. */
export interface CertificateInfo {
  readonly entity: number
  readonly type: number
  readonly serialNumber: Uint8Array
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly subjectAltName: Uint8Array
}

export const certificatesArray = (infos: readonly CertificateInfo[]): Data => ({
  is: 'array',
  value: infos.map(({ entity, type, ...names }) =>
    structure(
      enumerated(entity),
      enumerated(type),
      octetString(names.serialNumber),
      octetString(names.issuer),
      octetString(names.subject),
      octetString(names.subjectAltName),
    ),
  ),
})

/** Undefined: not the type of the attribute. */
export const certificatesIn = (data: Data): readonly CertificateInfo[] | undefined =>
  data.is === 'array' ? all(data.value, certificateInfoOf) : undefined

function certificateInfoOf(element: Data): CertificateInfo | undefined {
  const [entity, type, ...names] = fieldsOf(element)
  const texts = all(names, (name) => (name.is === 'octet-string' ? name.value : undefined))
  if (entity?.is !== 'enum' || type?.is !== 'enum' || texts?.length !== 4) return undefined
  const [serialNumber, issuer, subject, subjectAltName] = texts
  return serialNumber && issuer && subject && subjectAltName
    ? { entity: entity.value, type: type.value, serialNumber, issuer, subject, subjectAltName }
    : undefined
}

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
const enumerated = (value: number): Data => ({ is: 'enum', value })
const octetString = (value: Uint8Array): Data => ({ is: 'octet-string', value })

const fieldsOf = (data: Data): readonly Data[] => (data.is === 'structure' ? data.value : [])

/** All or none. */
function all<T>(elements: readonly Data[], read: (element: Data) => T | undefined): readonly T[] | undefined {
  const values: T[] = []
  for (const element of elements) {
    const value = read(element)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}
