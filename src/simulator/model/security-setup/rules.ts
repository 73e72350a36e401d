// What a Security setup lets a client change (IEC 62056-6-2, class 64; rulings Y24 to Y27).
import { unwrapKey } from '../../../protocol/security/key-wrap.ts'
import type { KeyName } from '../../../protocol/security/key-names.ts'
import type { SecuritySetupState } from '../security-state.ts'
import { conformantAgreement, type AgreementRules } from './agreement-rules.ts'
import { conformantCertificates, type CertificateRules } from './certificate-rules.ts'

export interface PolicyChange {
  readonly version: number
  readonly before: number
  readonly after: number
  readonly suite: SecuritySetupState['suite']
}

/** A key of a list: where it belongs, and undefined where it was refused. */
export interface TransferredKey {
  readonly name: KeyName | undefined
  readonly key: Uint8Array | undefined
}

/** How something came into a setup. */
type Came = 'transferred' | 'agreed' | 'imported'

export interface SecuritySetupRules {
  /** Whether one policy may take the place of another. */
  readonly mayActivate: (change: PolicyChange) => boolean
  /** The policy that is in force once a change has succeeded. */
  readonly activated: (change: PolicyChange) => number
  /** Undefined: the class has no such key_id in this version. */
  readonly keyName: (keyId: number, version: number) => KeyName | undefined
  /** Undefined: it was not wrapped under this key, or is damaged. `others`: all keys of the setup; `name`: the one whose place it is for. */
  readonly unwrap: (
    masterKey: Uint8Array,
    wrapped: Uint8Array,
    others: SecuritySetupState['keys'],
    name: KeyName | undefined,
  ) => Uint8Array | undefined
  readonly isLength: (octets: number, suite: SecuritySetupState['suite']) => boolean
  /** The keys of a list that are stored. */
  readonly stored: (keys: readonly TransferredKey[]) => readonly TransferredKey[]
  /** How many of so many keys are stored when the method is invoked; the others come when nothing else is to be done. */
  readonly atOnce: (count: number) => number
  /** Whether the places of those that come later are empty until then. */
  readonly wipes: boolean
  /** Whether what has come in this way is there without power. */
  readonly outlivesPower: (came: Came) => boolean
  /** Whether the list as a whole succeeds. */
  readonly isTaken: (keys: readonly TransferredKey[]) => boolean
  readonly agreement: AgreementRules
  readonly certificates: CertificateRules
}

/** In the order of key_id; the last is in version 1 only. */
const KEY_IDS = [
  'global-unicast-encryption-key',
  'global-broadcast-encryption-key',
  'authentication-key',
  'master-key',
] as const
const MASTER_KEY_ID = 3

const HIGHEST_POLICY = 3
const UNUSED_BITS = 0x03
const SIGNATURE_BITS = 0x90

/** There are no signatures in suite 0. */
const isPolicy = ({ version, after, suite }: PolicyChange): boolean =>
  version === 0
    ? after <= HIGHEST_POLICY
    : (after & UNUSED_BITS) === 0 && (suite !== 0 || (after & SIGNATURE_BITS) === 0)

const areRight = (keys: readonly TransferredKey[]): boolean =>
  keys.length > 0 &&
  keys.every(({ name, key }) => name !== undefined && key !== undefined) &&
  new Set(keys.map(({ name }) => name)).size === keys.length

export const conformantSecuritySetup: SecuritySetupRules = {
  // version 0 counts, version 1 has a bit for each demand
  mayActivate: (change) =>
    isPolicy(change) && (change.version === 0 ? change.before <= change.after : (change.before & ~change.after) === 0),
  activated: ({ after }) => after,
  keyName: (keyId, version) => (version === 0 && keyId === MASTER_KEY_ID ? undefined : KEY_IDS[keyId]),
  unwrap: unwrapKey,
  isLength: (octets, suite) => octets === (suite === 2 ? 32 : 16),
  // all of them or none
  stored: (keys) => (areRight(keys) ? keys : []),
  atOnce: (count) => count,
  wipes: false,
  outlivesPower: () => true,
  isTaken: areRight,
  agreement: conformantAgreement,
  certificates: conformantCertificates,
}
