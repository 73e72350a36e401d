// The keys of a security context by the names that the standard and declarations have for them (IEC 62056-6-2, Security setup; IEC 62056-5-3).
import { createHash } from 'node:crypto'
import { concat } from '../../codec/operator.ts'
import { hex } from '../../codec/value.ts'

export const KEY_NAMES = [
  'global-unicast-encryption-key',
  'global-broadcast-encryption-key',
  'authentication-key',
  'master-key',
  'dedicated-key',
  'signing-key',
  'agreement-key',
] as const
export type KeyName = (typeof KEY_NAMES)[number]

export const SUITES = [0, 1, 2] as const
export type Suite = (typeof SUITES)[number]

/** Octets of the symmetric keys of a suite. */
export const KEY_OCTETS: Readonly<Record<Suite, number>> = { 0: 16, 1: 16, 2: 32 }

const DOMAIN = new TextEncoder().encode('dlms-conformance counter of ')

/** The counter of a key under which a system title protects: another key under the same name has another one. It tells nothing of the key. */
export const counterName = (title: Uint8Array, name: KeyName, key: Uint8Array): string =>
  `${hex(title)}/${name}/${createHash('sha256')
    .update(concat([DOMAIN, key]))
    .digest('hex')
    .slice(0, 8)}`
