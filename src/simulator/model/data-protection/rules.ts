// What Data protection (class 30) gives and takes (IEC 62056-6-2).
import type { Data } from '../../../protocol/data/data.ts'
import type { Curve } from '../../../protocol/security/curves.ts'
import { signedOctets } from '../../../protocol/security/general-signing.ts'
import type { AsymmetricKeyName } from '../../../protocol/security/key-names.ts'
import type { Demand, Policy } from '../../../protocol/security/policy.ts'
import { unprotect, type Protection } from '../../../protocol/security/protection.ts'
import { protectedData } from '../../../protocol/security/protected-data.ts'
import type { ProtectionLayer } from '../../../protocol/security/protection-parameters.ts'
import { checkSignature } from '../../../protocol/security/signature.ts'
import { signedData, type FoundSigned } from '../../../protocol/security/signed-data.ts'
import type { GeneralHeader, KeyInfo } from '../../../protocol/xdlms/ciphered.ts'
import type { ObjectDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'

/** `named`: by key_info. */
export interface LayerKeys {
  readonly named: Uint8Array
  readonly unicast: Uint8Array
}

/** What came signed, and by whose key it is to be. */
export interface SignedLayer {
  readonly curve: Curve
  readonly publicKey: Uint8Array
  readonly header: GeneralHeader
  readonly found: FoundSigned
}

export interface DataProtectionRules {
  readonly protect: typeof protectedData
  readonly unprotect: (protection: Protection, octets: Uint8Array, isInner: boolean) => ReturnType<typeof unprotect>
  readonly sign: typeof signedData
  readonly signingKey: AsymmetricKeyName
  readonly isSigned: (layer: SignedLayer) => boolean
  /** Whether the first of several layers is the innermost. */
  readonly isFirstInnermost: boolean
  /** Of the layers that are asked for, those that are laid around what is given. */
  readonly applied: (layers: readonly ProtectionLayer[]) => readonly ProtectionLayer[]
  /** The key under which something is given. */
  readonly givenUnder: (info: KeyInfo, keys: LayerKeys) => Uint8Array
  /** The keys that are tried with what comes. */
  readonly takenUnder: (keys: LayerKeys) => readonly Uint8Array[]
  /** What stands in protection_buffer when it is read. */
  readonly buffered: (content: Uint8Array, plain: Uint8Array) => Uint8Array
  /** What is taken from it when it is written; `opened`: without its layers, if it could be opened. */
  readonly unbuffered: (opened: Uint8Array | undefined, content: Uint8Array) => Uint8Array | undefined
  /** Whether layers give what required_protection demands of requests, or of responses. */
  readonly isEnough: (given: Demand, demand: Demand, direction: keyof Policy) => boolean
  /** Of several attributes that are taken, those that are written. */
  readonly written: (attributes: readonly WrittenAttribute[]) => readonly WrittenAttribute[]
  /** Whether a client may reach an attribute, or a method, this way. */
  readonly mayReach: (reached: Reached, situation: Situation) => boolean
}

export interface WrittenAttribute {
  readonly object: ObjectDescription
  readonly id: number
  readonly value: Data
}

export interface Reached {
  readonly object: ObjectDescription
  readonly is: 'read' | 'write' | 'invoke'
  readonly id: number
}

export const conformantDataProtection: DataProtectionRules = {
  protect: protectedData,
  unprotect,
  sign: signedData,
  signingKey: 'signing-key',
  isSigned: ({ curve, publicKey, header, found: { content, signature } }) =>
    checkSignature(curve, publicKey, signedOctets(header, content), signature).ok,
  isFirstInnermost: true,
  applied: (layers) => layers,
  givenUnder: (_, { named }) => named,
  takenUnder: ({ named }) => [named],
  buffered: (content) => content,
  unbuffered: (opened) => opened,
  isEnough: (given, demand) =>
    (given.authentication || !demand.authentication) &&
    (given.encryption || !demand.encryption) &&
    (given.signature || !demand.signature),
  written: (attributes) => attributes,
  mayReach({ object, is, id }, { rules: { access }, association }) {
    switch (is) {
      case 'read':
        return access.mayRead(object, id, association)
      case 'write':
        return access.mayWrite(object, id, association)
      case 'invoke':
        return access.mayInvoke(object, id, association)
      default:
        return is satisfies never
    }
  },
}
