// The key of a general-ciphering APDU, as its key-info says (IEC 62056-5-3, Key information): known, wrapped or agreed.
import { fail, ok, type Result } from '../../codec/value.ts'
import type { GeneralHeader, KeyInfo } from '../xdlms/ciphered.ts'
import type { Curve, KeyPair } from './curves.ts'
import {
  agreedKey,
  ephemeralKeyData,
  ephemeralKeyOf,
  type Agreement,
  type NoEphemeralKey,
  type NotAgreed,
} from './key-agreement.ts'
import { unwrapKey, wrapKey } from './key-wrap.ts'

export type IdentifiedKey = 'global-unicast-encryption-key' | 'global-broadcast-encryption-key'

/** What one party knows. */
export interface ContentRing {
  readonly keys: Readonly<Partial<Record<IdentifiedKey | 'master-key', Uint8Array>>>
  /** Of suites 1 and 2. */
  readonly asymmetric?: {
    readonly curve: Curve
    /** The party's own static pair. */
    readonly 'agreement-key'?: KeyPair
    /** The other party's public keys. */
    readonly other: Readonly<Partial<Record<'agreement-key' | 'signing-key', Uint8Array>>>
  }
}

/** key-parameters of the two schemes. */
const ONE_PASS = 0x01
const STATIC_UNIFIED = 0x02

/** Who computes: with the one-pass scheme, only the recipient can from key-info alone. */
export type ContentRole = 'originator' | 'recipient'

export type NoContentKey =
  | 'no-key-info'
  | 'missing-key'
  | 'unknown-key-id'
  | 'wrong-wrap'
  | 'unknown-key-parameters'
  | 'originator-only'
  | 'key-ciphered-data-not-empty'
  | NoEphemeralKey
  | NotAgreed

/** The key with which the contents are encrypted. */
export function contentKeyOf(
  keyInfo: KeyInfo | undefined,
  ring: ContentRing,
  header: GeneralHeader,
  role: ContentRole = 'recipient',
): Result<Uint8Array, NoContentKey> {
  switch (keyInfo?.is) {
    case undefined:
      return fail('no-key-info')
    case 'identified-key':
      return identified(keyInfo.value['key-id'], ring.keys)
    case 'wrapped-key':
      return unwrapped(keyInfo.value, ring.keys['master-key'])
    case 'agreed-key':
      return agreed(keyInfo.value, ring.asymmetric, header, role)
    default:
      return keyInfo satisfies never
  }
}

type ValueOf<Is extends KeyInfo['is']> = Extract<KeyInfo, { is: Is }>['value']

function identified(
  name: ValueOf<'identified-key'>['key-id'],
  keys: ContentRing['keys'],
): Result<Uint8Array, NoContentKey> {
  if (typeof name === 'number') return fail('unknown-key-id')
  const key = keys[name]
  return key === undefined ? fail('missing-key') : ok(key)
}

const KEY_OCTETS: readonly number[] = [16, 32]

function unwrapped(
  { 'kek-id': kek, 'key-ciphered-data': wrapped }: ValueOf<'wrapped-key'>,
  masterKey: Uint8Array | undefined,
): Result<Uint8Array, NoContentKey> {
  if (kek !== 'master-key') return fail('unknown-key-id')
  if (masterKey === undefined) return fail('missing-key')
  const key = unwrapKey(masterKey, wrapped)
  return key !== undefined && KEY_OCTETS.includes(key.length) ? ok(key) : fail('wrong-wrap')
}

function agreed(
  { 'key-parameters': parameters, 'key-ciphered-data': data }: ValueOf<'agreed-key'>,
  ring: ContentRing['asymmetric'],
  header: GeneralHeader,
  role: ContentRole,
): Result<Uint8Array, NoContentKey> {
  const [scheme] = parameters
  if (parameters.length !== 1 || (scheme !== ONE_PASS && scheme !== STATIC_UNIFIED))
    return fail('unknown-key-parameters')
  const own = ring?.['agreement-key']
  if (ring === undefined || own === undefined) return fail('missing-key')
  const { curve, other } = ring
  if (scheme === STATIC_UNIFIED) {
    if (data.length > 0) return fail('key-ciphered-data-not-empty')
    const theirs = other['agreement-key']
    return theirs === undefined
      ? fail('missing-key')
      : agreedKey(agreementOf('static-unified', curve, header), own, theirs)
  }
  if (role === 'originator') return fail('originator-only')
  if (other['signing-key'] === undefined) return fail('missing-key')
  const ephemeral = ephemeralKeyOf(curve, other['signing-key'], data)
  return ephemeral.ok ? agreedKey(agreementOf('one-pass', curve, header), own, ephemeral.value) : ephemeral
}

/** How the parties of a general-ciphering APDU agree: its originator is U, its recipient V. */
export const agreementOf = (scheme: Agreement['scheme'], curve: Curve, header: GeneralHeader): Agreement => ({
  scheme,
  curve,
  titles: { partyU: header['originator-system-title'], partyV: header['recipient-system-title'] },
  transactionId: header['transaction-id'],
})

/** key-info, and the key that the originator encrypts with. */
export interface ContentKey {
  readonly keyInfo: KeyInfo
  readonly key: Uint8Array
}

export const identifiedKey = (name: IdentifiedKey): KeyInfo => ({ is: 'identified-key', value: { 'key-id': name } })

export const wrappedKey = (masterKey: Uint8Array, key: Uint8Array): ContentKey => ({
  key,
  keyInfo: {
    is: 'wrapped-key',
    value: { 'kek-id': 'master-key', 'key-ciphered-data': wrapKey(masterKey, key) },
  },
})

/** The originator's pairs, the recipient's static public key. */
export interface OnePass {
  readonly curve: Curve
  readonly ephemeral: KeyPair
  readonly signing: KeyPair
  readonly other: Uint8Array
}

/** C(1e,1s): the ephemeral key goes with the APDU, signed. */
export function onePassKey(header: GeneralHeader, pass: OnePass): Result<ContentKey, NotAgreed> {
  const { curve, ephemeral, signing, other } = pass
  const key = agreedKey(agreementOf('one-pass', curve, header), ephemeral, other)
  if (!key.ok) return key
  return ok({ key: key.value, keyInfo: agreedKeyInfo(ONE_PASS, ephemeralKeyData(curve, signing, ephemeral.publicKey)) })
}

/** C(0e,2s): nothing goes with the APDU; transaction-ids must differ, or two APDUs have the same key. */
export function staticKey(
  header: GeneralHeader,
  curve: Curve,
  own: KeyPair,
  other: Uint8Array,
): Result<ContentKey, NotAgreed> {
  const key = agreedKey(agreementOf('static-unified', curve, header), own, other)
  return key.ok ? ok({ key: key.value, keyInfo: agreedKeyInfo(STATIC_UNIFIED, new Uint8Array(0)) }) : key
}

const agreedKeyInfo = (parameters: number, data: Uint8Array): KeyInfo => ({
  is: 'agreed-key',
  value: { 'key-parameters': Uint8Array.of(parameters), 'key-ciphered-data': data },
})
