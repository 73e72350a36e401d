// What Data protection (class 30) gives and takes (IEC 62056-6-2).
import { unprotect } from '../../../protocol/security/protection.ts'
import { protectedData } from '../../../protocol/security/protected-data.ts'
import type { ObjectDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'

export interface DataProtectionRules {
  readonly protect: typeof protectedData
  readonly unprotect: typeof unprotect
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
