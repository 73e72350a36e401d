// What Data protection (class 30) protects by itself, inside whatever APDU: security control, invocation counter, the protected octets and their tag (IEC 62056-6-2, Data protection).
import { decode, encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import type { GeneralHeader } from '../xdlms/ciphered.ts'
import { headerOctets } from './ciphered-apdu.ts'
import { protect, type Protection } from './protection.ts'
import { securityControlOctet, securityControlOf, type SecurityControl } from './security-control.ts'

/** protection_type of what is no signature. */
export type CipheringType = 0 | 1 | 2

export const isAuthenticated = (type: CipheringType): boolean => type !== 1
export const isEncrypted = (type: CipheringType): boolean => type !== 0

const NOTHING = new Uint8Array(0)

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
