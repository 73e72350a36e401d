// The setup that an object of class 64 is, and one of its methods in course.
import type { SecuritySetupDescription } from '../../description.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import { changeSecurity, securityOf, type SecuritySetupState } from '../security-state.ts'

export interface Setup {
  readonly name: string
  readonly version: SecuritySetupDescription['version']
  readonly state: SecuritySetupState
  readonly change: (change: Partial<SecuritySetupState>, outlivesPower?: boolean) => void
}

/** Undefined: nothing is described of it but what it stores. */
export function setupOf({ object, situation }: Pick<Invocation, 'object' | 'situation'>): Setup | undefined {
  const name = object['logical-name']
  const state = securityOf(situation, name)
  const described = situation.description.securitySetups?.[name]
  if (state === undefined || described === undefined) return undefined
  return {
    name,
    version: described.version,
    state,
    change: (change, outlivesPower) => {
      changeSecurity(situation, name, change, outlivesPower)
    },
  }
}

export const DONE: Invoked = { result: 'success' }
export const refused = (result: Invoked['result']): Invoked => ({ result })
