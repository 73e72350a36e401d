// The key pairs of a server that have certificates: which one a step is about (IEC 62056-6-2, class 64, generate_key_pair).
import type { AsymmetricKeyName } from '../../protocol/security/key-names.ts'
import type { Arguments } from './word.ts'

export const KEY_PAIRS = ['digital-signature', 'key-agreement'] as const
type KeyPairKind = (typeof KEY_PAIRS)[number]

/** Where nothing is said, the one that signs. */
export const keyPairIn = ({ keyPair }: Arguments): KeyPairKind =>
  KEY_PAIRS.find((each) => each === keyPair) ?? 'digital-signature'

export const KEY_OF = {
  'digital-signature': 'signing-key',
  'key-agreement': 'agreement-key',
} as const satisfies Record<KeyPairKind, AsymmetricKeyName>
