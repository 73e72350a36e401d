// Keys of general-ciphering that the server is given with an APDU, and those that it gives with its answers (IEC 62056-5-3, Key information).
import { createHash } from 'node:crypto'
import { encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import {
  contentKeyOf,
  identifiedKey,
  onePassKey,
  staticKey,
  wrappedKey,
  type ContentKey,
  type ContentRing,
} from '../../protocol/security/content-key.ts'
import { keyPairOf } from '../../protocol/security/curves.ts'
import { CURVE_OF } from '../../protocol/security/key-names.ts'
import type { GeneralHeader, KeyInfo } from '../../protocol/xdlms/ciphered.ts'
import { pairOf } from '../model/security-setup/curve.ts'
import type { Partners } from './partners.ts'

/** Where the keys of a setup are. */
export type KeyPlace = Pick<Partners, 'place' | 'state'>

export interface ContentKeyRules {
  /** The key that key-info means. */
  readonly given: typeof contentKeyOf
  /** The key of an answer that agrees on one with static keys alone. */
  readonly answered: typeof staticKey
  /** What makes the key of an answer another one than those before: numbers that never come again. */
  readonly number: (place: KeyPlace) => number
  /** What tells the key of the setup that protects an answer. */
  readonly identified: () => KeyInfo
}

export const conformantContentKeys: ContentKeyRules = {
  given: contentKeyOf,
  answered: staticKey,
  number: nextNumber,
  identified: () => identifiedKey('global-unicast-encryption-key'),
}

/** Undefined: the key is not there, or its key-info is wrong. */
export function givenKey(
  { given }: ContentKeyRules,
  { state }: KeyPlace,
  header: GeneralHeader,
  info: KeyInfo,
): Uint8Array | undefined {
  const { suite, keys, clientKeys } = state
  const curve = CURVE_OF[suite]
  const own = keys['agreement-key']
  const ring: ContentRing = {
    keys,
    ...(curve === undefined
      ? {}
      : { asymmetric: { curve, other: clientKeys, ...(own ? { 'agreement-key': keyPairOf(curve, own) } : {}) } }),
  }
  const key = given(info, ring, header)
  return key.ok ? key.value : undefined
}

const ONE_PASS = 0x01

/** A key of the same kind as that of the request, in the other direction. */
export function answerKey(
  { answered, number }: ContentKeyRules,
  partners: KeyPlace,
  header: GeneralHeader,
  asked: KeyInfo,
): ContentKey | undefined {
  const { suite, keys, clientKeys } = partners.state
  if (asked.is === 'identified-key') return undefined
  if (asked.is === 'wrapped-key') {
    const masterKey = keys['master-key']
    return masterKey && wrappedKey(masterKey, freshKey(number(partners), masterKey, suite === 2 ? 32 : 16))
  }
  const curve = CURVE_OF[suite]
  const [agreement, signing, other] = [keys['agreement-key'], keys['signing-key'], clientKeys['agreement-key']]
  if (curve === undefined || agreement === undefined || signing === undefined || other === undefined) return undefined
  const key =
    asked.value['key-parameters'][0] === ONE_PASS
      ? onePassKey(header, {
          curve,
          ephemeral: pairOf(curve, agreement, number(partners)),
          signing: keyPairOf(curve, signing),
          other,
        })
      : answered(header, curve, keyPairOf(curve, agreement), other)
  return key.ok ? key.value : undefined
}

/** It follows from a secret of the server: a simulated world is the same each time. */
const freshKey = (number: number, secret: Uint8Array, octets: number): Uint8Array =>
  Uint8Array.from(
    createHash('sha256')
      .update(concat([secret, encode(u32, number)]))
      .digest()
      .subarray(0, octets),
  )

const COUNTER = 'keys of answers'

function nextNumber({ place: { store } }: KeyPlace): number {
  const next = (store.counter(COUNTER) ?? 0) + 1
  store.keepCounter(COUNTER, next)
  return next
}
