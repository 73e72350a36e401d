// What a client is declared to protect its APDUs with. Keys go by the names of their secrets.
import { hex, unhex, type Value } from '../codec/value.ts'
import { securityDefaults } from '../engine/declaration-defaults.ts'
import type { CosemAttributeDescriptor } from '../protocol/xdlms/common.ts'
import { isList, isRecord, type JsonRecord } from '../protocol/json.ts'
import { AADS, type Aad } from '../protocol/security/ciphered-apdu.ts'
import { KEY_NAMES, type AsymmetricKeyName, type KeyName, type SecuritySuite } from '../protocol/security/key-names.ts'
import { policyOf } from '../protocol/security/policy.ts'
import { PROTECTED_FORMS, SIGNED_INPUTS, type SignedInput } from '../protocol/security/general-signing.ts'

export const PROTECTION_WORDS = ['none', 'authenticated', 'encrypted', 'authenticated-encrypted'] as const
export type ProtectionWord = (typeof PROTECTION_WORDS)[number]

const FORMS = PROTECTED_FORMS
export type ClaimedForm = (typeof FORMS)[number]

/** From when on a transferred key protects. */
export const NEW_KEY_FROM = ['next-apdu', 'next-association', 'response'] as const
export type NewKeyFrom = (typeof NEW_KEY_FROM)[number]

export interface DeclaredSecurity {
  readonly suite: SecuritySuite
  /** Of the client, 8 octets. */
  readonly systemTitle: Uint8Array
  /** Key → name of its secret; of ECDSA and ECDH the private keys of the client. */
  readonly keys: Readonly<Partial<Record<KeyName, string>>>
  /** Public keys of the server → names of the secrets. */
  readonly serverKeys: Readonly<Partial<Record<AsymmetricKeyName, string>>>
  /** What is used where a case says nothing. */
  readonly protection: ProtectionWord
  /** security_policy of its security setup; undefined: nobody says. */
  readonly policy: number | undefined
  readonly policyVersion: 0 | 1
  /** Claimed. */
  readonly forms: readonly ClaimedForm[]
  /** What the meter authenticates of general-ciphering besides the APDU. */
  readonly generalCipheringAad: Aad
  /** What the meter signs in general-signing. */
  readonly generalSigningInput: SignedInput
  readonly dedicatedKey: boolean
  /** V.44, in suites 1 and 2: claimed. */
  readonly compression: boolean
  /** Logical name of its object of class 64. */
  readonly setup: string | undefined
  /** Class, logical name and attribute of the object that tells its last invocation counter. */
  readonly counter: CosemAttributeDescriptor | undefined
  readonly firstCounter: number | undefined
  /** Its keys may be spent. */
  readonly forTest: boolean
  readonly newKeyFrom: NewKeyFrom
}

/** Undefined: the client is declared without, or without a suite and a system title. */
export function securityOf(value: Value | undefined): DeclaredSecurity | undefined {
  if (!isRecord(value)) return undefined
  const said: JsonRecord = securityDefaults(value)
  const { suite: number, systemTitle: title, forms, policy, setup, counter, firstCounter } = said
  const suite = ([0, 1, 2] as const).find((each) => each === number)
  const systemTitle = typeof title === 'string' ? unhex(title) : undefined
  if (suite === undefined || systemTitle === undefined) return undefined
  return {
    suite,
    systemTitle,
    keys: namedIn(said['keys'], KEY_NAMES),
    serverKeys: namedIn(said['serverKeys'], ['signing-key', 'agreement-key'] as const),
    protection: PROTECTION_WORDS.find((each) => each === said['protection']) ?? 'authenticated-encrypted',
    policy: typeof policy === 'number' ? policy : undefined,
    policyVersion: said['policyVersion'] === 1 ? 1 : 0,
    forms: forms !== undefined && isList(forms) ? FORMS.filter((form) => forms.includes(form)) : [],
    generalCipheringAad: AADS.find((each) => each === said['generalCipheringAad']) ?? 'with-header',
    generalSigningInput: SIGNED_INPUTS.find((each) => each === said['generalSigningInput']) ?? 'standard',
    dedicatedKey: said['dedicatedKey'] === true,
    compression: said['compression'] === true,
    setup: typeof setup === 'string' ? setup : undefined,
    counter: counterOf(counter),
    firstCounter: typeof firstCounter === 'number' ? firstCounter : undefined,
    forTest: said['forTest'] === true,
    newKeyFrom: NEW_KEY_FROM.find((each) => each === said['newKeyFrom']) ?? 'next-apdu',
  }
}

function counterOf(value: Value | undefined): CosemAttributeDescriptor | undefined {
  if (!isRecord(value)) return undefined
  const { 'class-id': classId, 'instance-id': instanceId, 'attribute-id': attributeId } = value
  return typeof classId === 'number' && typeof instanceId === 'string' && typeof attributeId === 'number'
    ? { 'class-id': classId, 'instance-id': instanceId, 'attribute-id': attributeId }
    : undefined
}

function namedIn<Name extends string>(value: Value | undefined, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const secret = isRecord(value) ? value[name] : undefined
    if (typeof secret === 'string') found[name] = secret
  }
  return found
}

/** As references see it: which keys there are, and not what their secrets are called. */
export function securityRow(security: DeclaredSecurity): JsonRecord {
  const { systemTitle, keys, serverKeys, policy, setup, counter, firstCounter, ...plain } = security
  return {
    ...plain,
    systemTitle: hex(systemTitle),
    keys: thereAre(keys),
    serverKeys: thereAre(serverKeys),
    ...(policy === undefined ? {} : { policy, demands: demandsOf(security.policyVersion, policy) }),
    ...(setup === undefined ? {} : { setup }),
    ...(counter === undefined ? {} : { counter: { ...counter } }),
    ...(firstCounter === undefined ? {} : { firstCounter }),
  }
}

/** What a policy asks of requests, whatever its version. */
function demandsOf(version: 0 | 1, policy: number): readonly string[] {
  const { request } = policyOf(version, policy)
  return (['authentication', 'encryption', 'signature'] as const).filter((kind) => request[kind])
}

const thereAre = (names: object): JsonRecord => Object.fromEntries(Object.keys(names).map((name) => [name, true]))

/** Paths below `security` of a client. */
export const SECURITY_FIELDS: readonly string[] = [
  'suite',
  'systemTitle',
  ...KEY_NAMES.map((name) => `keys.${name}`),
  'serverKeys.signing-key',
  'serverKeys.agreement-key',
  'protection',
  'policy',
  'policyVersion',
  'demands',
  'forms',
  'generalCipheringAad',
  'generalSigningInput',
  'dedicatedKey',
  'compression',
  'setup',
  'counter.class-id',
  'counter.instance-id',
  'counter.attribute-id',
  'firstCounter',
  'forTest',
  'newKeyFrom',
].map((field) => `security.${field}`)
