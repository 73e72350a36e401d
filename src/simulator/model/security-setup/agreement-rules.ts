// How a Security setup agrees on a key with its client (IEC 62056-5-3, Key agreement).
import { agreedKey, ephemeralKeyData, ephemeralKeyOf } from '../../../protocol/security/key-agreement.ts'
import { pairOf } from './curve.ts'
import type { TransferredKey } from './rules.ts'

/** A key of a list, and the key data that the server gives for it. */
export interface AgreedKey extends TransferredKey {
  readonly id: number
  readonly answer: Uint8Array
}

export interface AgreementRules {
  /** The ephemeral key of the client, if its signature and the key itself are right. */
  readonly ephemeralKey: typeof ephemeralKeyOf
  readonly agreed: typeof agreedKey
  /** Whether a public key is one of the server itself: it is not taken for one of the client. */
  readonly isOwn: (publicKey: Uint8Array, own: readonly Uint8Array[]) => boolean
  /** The pair with the number `count` that the server makes, from a secret. */
  readonly pair: typeof pairOf
  /** The ephemeral key of the server, with its signature. */
  readonly answer: typeof ephemeralKeyData
}

export const conformantAgreement: AgreementRules = {
  ephemeralKey: ephemeralKeyOf,
  agreed: agreedKey,
  isOwn: (publicKey, own) => own.some((each) => Buffer.compare(each, publicKey) === 0),
  pair: pairOf,
  answer: ephemeralKeyData,
}
