// What a security policy demands, in bits: those of access_mode of class 15 version 3, and of security_policy of class 64 version 1.
import type { SecurityControl } from '../../protocol/security/security-control.ts'
import { AUTHENTICATED_REQUEST } from '../model/access.ts'
import type { Partners } from './partners.ts'
import { SIGNED_REQUEST } from './signing.ts'

const ENCRYPTED_REQUEST = 0x08
/** What a security control can tell of a request. */
export const CIPHERING_BITS = AUTHENTICATED_REQUEST | ENCRYPTED_REQUEST
export const AUTHENTICATED_RESPONSE = 0x20
export const ENCRYPTED_RESPONSE = 0x40
const AUTHENTICATED = AUTHENTICATED_REQUEST | AUTHENTICATED_RESPONSE
const ENCRYPTED = ENCRYPTED_REQUEST | ENCRYPTED_RESPONSE

/** Version 0 counts: nothing, all authenticated, all encrypted, both. */
const COUNTED: readonly number[] = [0, AUTHENTICATED, ENCRYPTED, AUTHENTICATED | ENCRYPTED]

export const demandedBy = ({ version, state: { policy } }: Partners): number =>
  version === 0 ? (COUNTED[policy] ?? AUTHENTICATED | ENCRYPTED) : policy

/** How a request came. */
export const requestBits = (control: SecurityControl | undefined, isSigned = false): number =>
  (control?.authentication ? AUTHENTICATED_REQUEST : 0) |
  (control?.encryption ? ENCRYPTED_REQUEST : 0) |
  (isSigned ? SIGNED_REQUEST : 0)
