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
  /** The pair with the number `count` that the server makes, from a secret. */
  readonly pair: typeof pairOf
  /** The ephemeral key of the server, with its signature. */
  readonly answer: typeof ephemeralKeyData
}

export const conformantAgreement: AgreementRules = {
  ephemeralKey: ephemeralKeyOf,
  agreed: agreedKey,
  pair: pairOf,
  answer: ephemeralKeyData,
}
