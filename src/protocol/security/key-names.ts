// What keys of security are called, in descriptions, declarations and reports alike: never the keys themselves.
import type { Curve } from './curves.ts'
import { COORDINATE } from './curves.ts'

/** Symmetric keys of a security context. */
const SYMMETRIC = [
  'global-unicast-encryption-key',
  'global-broadcast-encryption-key',
  'authentication-key',
  'master-key',
  'dedicated-key',
] as const
/** Keys of ECDSA and of ECDH: the private one of whoever has the ring, the public one of the partner. */
const ASYMMETRIC = ['signing-key', 'agreement-key'] as const

export const KEY_NAMES = [...SYMMETRIC, ...ASYMMETRIC] as const
export type KeyName = (typeof KEY_NAMES)[number]
export type AsymmetricKeyName = (typeof ASYMMETRIC)[number]

export const SECURITY_SUITES = [0, 1, 2] as const
export type SecuritySuite = (typeof SECURITY_SUITES)[number]

/** Suite 0 has no curve. */
export const CURVE_OF: Readonly<Record<SecuritySuite, Curve | undefined>> = { 0: undefined, 1: 'P-256', 2: 'P-384' }

const isAsymmetric = (name: KeyName): name is AsymmetricKeyName => ASYMMETRIC.some((each) => each === name)

/** Octets of a key of this suite, of a private one where there are two; undefined: the suite has no such key. */
export function keyOctets(suite: SecuritySuite, name: KeyName): number | undefined {
  if (!isAsymmetric(name)) return suite === 2 ? 32 : 16
  const curve = CURVE_OF[suite]
  return curve && COORDINATE[curve]
}

/** Octets of the public key that belongs to a private one: both coordinates, without a tag. */
export function publicKeyOctets(suite: SecuritySuite): number | undefined {
  const curve = CURVE_OF[suite]
  return curve && 2 * COORDINATE[curve]
}
