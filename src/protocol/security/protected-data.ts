// What Data protection (class 30) protects by itself, inside whatever APDU: security control, invocation counter, the protected octets and their tag, and the parameters that say how (IEC 62056-6-2, Data protection).
import { decode, encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import type { Data } from '../data/data.ts'
import type { GeneralHeader } from '../xdlms/ciphered.ts'
import { headerOctets } from './ciphered-apdu.ts'
import { protect, type Protection } from './protection.ts'
import { securityControlOctet, securityControlOf, type SecurityControl } from './security-control.ts'

/** protection_type. */
export type ProtectionType = 0 | 1 | 2
const PROTECTION_TYPES: readonly ProtectionType[] = [0, 1, 2]

export const isAuthenticated = (type: ProtectionType): boolean => type !== 1
export const isEncrypted = (type: ProtectionType): boolean => type !== 0

/** One layer of protection under the global unicast key. */
export interface ProtectionParameters {
  readonly type: ProtectionType
  readonly header: GeneralHeader
}

const NOTHING = new Uint8Array(0)
const IDENTIFIED_KEY = 0
const UNICAST_KEY = 0

/** There is no date-time among protection_options. */
export const protectionHeader = (
  transaction: Uint8Array,
  originator: Uint8Array,
  recipient: Uint8Array,
): GeneralHeader => ({
  'transaction-id': transaction,
  'originator-system-title': originator,
  'recipient-system-title': recipient,
  'date-time': NOTHING,
  'other-information': NOTHING,
})

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
const enumerated = (value: number): Data => ({ is: 'enum', value })
const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })

/** As they stand in the parameters of the methods: an array of one element. */
export function parametersData({ type, header }: ProtectionParameters): Data {
  const key = structure(enumerated(IDENTIFIED_KEY), structure(enumerated(UNICAST_KEY)))
  const options = structure(
    octets(header['transaction-id']),
    octets(header['originator-system-title']),
    octets(header['recipient-system-title']),
    octets(header['other-information']),
    key,
  )
  return { is: 'array', value: [structure(enumerated(type), options)] }
}

/** Undefined: there are several layers, or another key. */
export function parametersIn(value: Data | undefined): ProtectionParameters | undefined {
  const [element, ...more] = value?.is === 'array' ? value.value : []
  const [type, options] = fieldsOf(element)
  const [transaction, originator, recipient, other, key] = fieldsOf(options)
  const [keyType, keyOptions] = fieldsOf(key)
  const [keyId] = fieldsOf(keyOptions)
  const known = PROTECTION_TYPES.find((each) => each === numberIn(type))
  if (more.length > 0 || known === undefined) return undefined
  if (numberIn(keyType) !== IDENTIFIED_KEY || numberIn(keyId) !== UNICAST_KEY) return undefined
  const header = protectionHeader(octetsIn(transaction), octetsIn(originator), octetsIn(recipient))
  return { type: known, header: { ...header, 'other-information': octetsIn(other) } }
}

const fieldsOf = (value: Data | undefined): readonly Data[] => (value?.is === 'structure' ? value.value : [])
const numberIn = (value: Data | undefined): number | undefined => (value?.is === 'enum' ? value.value : undefined)
const octetsIn = (value: Data | undefined): Uint8Array => (value?.is === 'octet-string' ? value.value : NOTHING)

/** The ways in which the options are known to be authenticated with the data: no example of the standard settles it. */
export const headerForms = (header: GeneralHeader): readonly Uint8Array[] => {
  const whole = headerOctets(header)
  const { 'other-information': other } = header
  // the length 0 of date-time stands in front of the length of other-information
  const at = whole.length - other.length - 2
  return [whole, concat([whole.subarray(0, at), whole.subarray(at + 1)]), NOTHING]
}

export const protectedData = (protection: Protection, plain: Uint8Array): Uint8Array =>
  concat([
    Uint8Array.of(securityControlOctet(protection.control)),
    encode(u32, protection.invocationCounter),
    protect(protection, plain),
  ])

const HEAD_OCTETS = 5

export interface FoundData {
  readonly control: SecurityControl
  readonly invocationCounter: number
  readonly octets: Uint8Array
}

/** Undefined: it is too short. */
export function foundData(all: Uint8Array): FoundData | undefined {
  const [control] = all
  const counter = decode(u32, all.subarray(1, HEAD_OCTETS))
  if (control === undefined || !counter.ok) return undefined
  return { control: securityControlOf(control), invocationCounter: counter.value, octets: all.subarray(HEAD_OCTETS) }
}
