// The keys of general-ciphering that are in no ring: wrapped for one APDU, or agreed on for it (IEC 62056-5-3, Key information).
import { toJson } from '../codec/codec.ts'
import { fail, hex, ok, type Result, type Value } from '../codec/value.ts'
import {
  contentKeyOf,
  onePassKey,
  staticKey,
  wrappedKey,
  type ContentKey,
  type ContentRing,
} from '../protocol/security/content-key.ts'
import type { Curve, KeyPair } from '../protocol/security/curves.ts'
import { keyPairFrom, seedOctets } from '../protocol/security/key-pair.ts'
import type { GeneralHeader, KeyInfo } from '../protocol/xdlms/ciphered.ts'

/** What an APDU in general-ciphering says of its key. */
export const KEY_INFOS = ['identified-key', 'wrapped-key', 'one-pass', 'static-unified'] as const
export type KeyInfoKind = (typeof KEY_INFOS)[number]

/** What these keys go by. */
export const CONTENT_KEYS = ['wrapped-key', 'agreed-key'] as const
export type ContentKeyName = (typeof CONTENT_KEYS)[number]

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
  kind: Exclude<KeyInfoKind, 'identified-key'>,
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
      return onePassKey(header, { curve, ephemeral, signing, other })
    }
    case 'static-unified':
      return agreement === undefined || other === undefined
        ? fail('the agreement-key of the client or of the server is not known')
        : staticKey(header, curve, agreement, other)
    default:
      return kind satisfies never
  }
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
