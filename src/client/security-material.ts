// What a client protects with, and how one APDU is to go (IEC 62056-5-3, Security context).
import type { Aad, CipheredForm } from '../protocol/security/ciphered-apdu.ts'
import type { SignedInput } from '../protocol/security/general-signing.ts'
import type { KdfVariant } from '../protocol/security/kdf-variants.ts'
import type { AsymmetricKeyName, KeyName, SecuritySuite } from '../protocol/security/key-names.ts'
import type { Signer } from '../protocol/security/nonce-signature.ts'
import type { SecurityControl } from '../protocol/security/security-control.ts'
import type { KeyInfoKind } from './content-keys.ts'

/** How an APDU is protected. */
export const PROTECTIONS = ['none', 'authenticated', 'encrypted', 'authenticated-encrypted'] as const
export type ProtectionKind = (typeof PROTECTIONS)[number]

export interface SecurityMaterial {
  readonly suite: SecuritySuite
  /** System title of the client. */
  readonly title: Uint8Array
  /** Under whose title its counters go; absent: its own. */
  readonly countedAs?: Uint8Array
  readonly keys: ReadonlyMap<KeyName, Uint8Array>
  /** What is used where nothing else is said. */
  readonly kind: ProtectionKind
  /** The policy asks for signed requests: what nothing else is said of is signed before it is ciphered. */
  readonly signs?: boolean
  /** The application context is a ciphered one. */
  readonly ciphers: boolean
  /** The server's title as declared; an AARE tells it too. */
  readonly serverTitle?: Uint8Array
  /** Public keys of the server. */
  readonly serverKeys?: Readonly<Partial<Record<AsymmetricKeyName, Uint8Array>>>
  /** Octets for keys that come up in the run: nobody foresees them, and no record shows them. */
  readonly fresh?: (octets: number) => Uint8Array
  /** What the server authenticates of general-ciphering, as declared; absent: as the standard has it. */
  readonly aad?: Aad
  /** The same of what is signed in general-signing. */
  readonly signedInput?: SignedInput
  /** How signatures are made; absent: by the system. */
  readonly sign?: Signer
}

/** How one APDU is to go; what is not said is as the association has it. */
export interface Manner {
  readonly kind?: ProtectionKind
  readonly form?: CipheredForm
  /** The key that all clients have, with counters of its own. */
  readonly broadcast?: boolean
  /** Of general-ciphering. */
  readonly keyInfo?: KeyInfoKind
  readonly aad?: Aad
  /** How the key is derived that is agreed on. */
  readonly derivation?: KdfVariant
  /** In general-signing, before it is ciphered. */
  readonly signed?: boolean
  readonly signedInput?: SignedInput
}

export const controlOf = (kind: ProtectionKind, suite: SecuritySuite): SecurityControl => ({
  compression: false,
  'broadcast-key-set': false,
  encryption: kind === 'encrypted' || kind === 'authenticated-encrypted',
  authentication: kind === 'authenticated' || kind === 'authenticated-encrypted',
  'security-suite-id': suite,
})
