// What Data protection (class 30) gives and takes (IEC 62056-6-2).
import { unprotect, type Protection } from '../../../protocol/security/protection.ts'
import { protectedData } from '../../../protocol/security/protected-data.ts'
import type { ProtectionLayer } from '../../../protocol/security/protection-parameters.ts'
import type { KeyInfo } from '../../../protocol/xdlms/ciphered.ts'
import type { ObjectDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'

/** `named`: by key_info. */
export interface LayerKeys {
  readonly named: Uint8Array
  readonly unicast: Uint8Array
}

export interface DataProtectionRules {
  readonly protect: typeof protectedData
  readonly unprotect: (protection: Protection, octets: Uint8Array, isInner: boolean) => ReturnType<typeof unprotect>
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
  /** Whether a client may reach an attribute, or a method, this way. */
  readonly mayReach: (reached: Reached, situation: Situation) => boolean
}

export interface Reached {
  readonly object: ObjectDescription
  readonly is: 'read' | 'write' | 'invoke'
  readonly id: number
}

export const conformantDataProtection: DataProtectionRules = {
  protect: protectedData,
  unprotect,
  applied: (layers) => layers,
  givenUnder: (_, { named }) => named,
  takenUnder: ({ named }) => [named],
  buffered: (content) => content,
  unbuffered: (opened) => opened,
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
