// The keys of general-ciphering that are in no ring: wrapped for one APDU, or agreed on for it (IEC 62056-5-3, Key information).
import { toJson } from '../codec/codec.ts'
import { fail, hex, ok, type Result, type Value } from '../codec/value.ts'
import { AADS, headerOctets, protectedOctetsOf, type CipheredApdu } from '../protocol/security/ciphered-apdu.ts'
import {
  agreementOf,
  contentKeyOf,
  onePassKey,
  staticKey,
  wrappedKey,
  type ContentKey,
  type ContentRing,
} from '../protocol/security/content-key.ts'
import { sharedSecret, type Curve, type KeyPair } from '../protocol/security/curves.ts'
import { derivationThatOpens, keyOfVariant, type KdfVariant } from '../protocol/security/kdf-variants.ts'
import { ephemeralKeyOf, type Agreement } from '../protocol/security/key-agreement.ts'
import { keyPairFrom, seedOctets } from '../protocol/security/key-pair.ts'
import type { GeneralHeader, KeyInfo } from '../protocol/xdlms/ciphered.ts'

/** What an APDU in general-ciphering says of its key. */
export const KEY_INFOS = ['identified-key', 'wrapped-key', 'one-pass', 'static-unified'] as const
export type KeyInfoKind = (typeof KEY_INFOS)[number]

/** What these keys go by. */
export const CONTENT_KEYS = ['wrapped-key', 'agreed-key'] as const
export type ContentKeyName = (typeof CONTENT_KEYS)[number]

/** How the key of an APDU comes about; `derivation`: otherwise than it should. */
export interface KeyChoice {
  readonly kind: Exclude<KeyInfoKind, 'identified-key'>
  readonly derivation?: KdfVariant
}

/** What one client makes such keys of. */
export interface ContentMaterial {
  readonly curve: Curve
  readonly keyOctets: number
  readonly signing: KeyPair | undefined
  readonly agreement: KeyPair | undefined
  readonly masterKey: Uint8Array | undefined
  /** Public keys of the server. */
  readonly server: Readonly<Partial<Record<'signing-key' | 'agreement-key', Uint8Array>>>
  readonly fresh: ((octets: number) => Uint8Array) | undefined
}

export const contentKeyName = (info: KeyInfo | undefined): ContentKeyName | undefined =>
  CONTENT_KEYS.find((name) => name === info?.is)

/** As suites write it. */
export const keyInfoJson = (info: KeyInfo): Value => toJson(info)

/** The key of an APDU with this header. */
export function makeContentKey(
  { kind, derivation = 'right' }: KeyChoice,
  header: GeneralHeader,
  { curve, keyOctets, signing, agreement, masterKey, server, fresh }: ContentMaterial,
): Result<ContentKey, string> {
  const other = server['agreement-key']
  switch (kind) {
    case 'wrapped-key':
      if (masterKey === undefined || fresh === undefined) return fail('the master-key is not known')
      return ok(wrappedKey(masterKey, fresh(keyOctets)))
    case 'one-pass': {
      if (signing === undefined || other === undefined || fresh === undefined)
        return fail('the signing-key of the client or the agreement-key of the server is not known')
      const ephemeral = keyPairFrom(curve, fresh(seedOctets(curve)))
      const made = onePassKey(header, { curve, ephemeral, signing, other })
      return derived(made, agreementOf('one-pass', curve, header), sharedSecret(curve, ephemeral, other), derivation)
    }
    case 'static-unified':
      if (agreement === undefined || other === undefined)
        return fail('the agreement-key of the client or of the server is not known')
      return derived(
        staticKey(header, curve, agreement, other),
        agreementOf('static-unified', curve, header),
        sharedSecret(curve, agreement, other),
        derivation,
      )
    default:
      return kind satisfies never
  }
}

/** The same with the key that another derivation gives. */
function derived(
  made: Result<ContentKey, string>,
  agreement: Agreement,
  z: Uint8Array | undefined,
  derivation: KdfVariant,
): Result<ContentKey, string> {
  if (!made.ok || derivation === 'right' || z === undefined) return made
  return ok({ ...made.value, key: keyOfVariant(agreement, z, derivation) })
}

/** By which derivation the key of an APDU that came opens it. Undefined: by none that is known, or it has no agreed key. */
export function derivationOf(
  { header, keyInfo, ciphered }: CipheredApdu,
  authenticationKey: Uint8Array,
  { curve, agreement, server }: ContentMaterial,
): KdfVariant | undefined {
  if (header === undefined || keyInfo?.is !== 'agreed-key' || agreement === undefined) return undefined
  const { 'key-parameters': parameters, 'key-ciphered-data': data } = keyInfo.value
  const isOnePass = parameters[0] === ONE_PASS
  const theirs = isOnePass ? ephemeralIn(curve, server['signing-key'], data) : server['agreement-key']
  const z = theirs && sharedSecret(curve, agreement, theirs)
  if (z === undefined) return undefined
  const agreed = agreementOf(isOnePass ? 'one-pass' : 'static-unified', curve, header)
  const protection = {
    control: ciphered['security-control'],
    invocationCounter: ciphered['invocation-counter'],
    originator: header['originator-system-title'],
  }
  const octets = protectedOctetsOf(ciphered)
  for (const aad of AADS) {
    const sealed = { authenticationKey, octets, protection: { ...protection, header: headerOctets(header, aad) } }
    const found = derivationThatOpens(agreed, z, sealed)
    if (found !== undefined) return found.variant
  }
  return undefined
}

const ONE_PASS = 0x01

function ephemeralIn(curve: Curve, signing: Uint8Array | undefined, data: Uint8Array): Uint8Array | undefined {
  const found = signing && ephemeralKeyOf(curve, signing, data)
  return found?.ok ? found.value : undefined
}

/** The key of an APDU that came. Undefined: it cannot be had. */
export function contentKeyFrom(
  info: KeyInfo,
  header: GeneralHeader,
  { curve, agreement, masterKey, server }: ContentMaterial,
): Uint8Array | undefined {
  const ring: ContentRing = {
    keys: masterKey === undefined ? {} : { 'master-key': masterKey },
    asymmetric: { curve, other: server, ...(agreement === undefined ? {} : { 'agreement-key': agreement }) },
  }
  const key = contentKeyOf(info, ring, header)
  return key.ok ? key.value : undefined
}

/** By what one APDU is told from all others of its originator. */
export const transactionOf = (header: GeneralHeader): string =>
  `${hex(header['originator-system-title'])} ${hex(header['transaction-id'])}`
