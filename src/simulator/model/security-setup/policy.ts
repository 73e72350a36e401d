// security_activate: the policy grows stronger, never weaker (IEC 62056-6-2, Security setup; ruling Y27).
import type { Invocation, Invoked } from '../behaviour.ts'
import { numberOf } from '../data.ts'
import { DONE, refused, type Setup } from './setup.ts'

export function activate({ version, state, change }: Setup, { parameters, situation }: Invocation): Invoked {
  const after = numberOf(parameters, 'enum')
  if (after === undefined) return refused('type-unmatched')
  const { securitySetup } = situation.rules
  const asked = { version, before: state.policy, after, suite: state.suite }
  if (!securitySetup.mayActivate(asked)) return refused('other-reason')
  change({ policy: securitySetup.activated(asked) })
  return DONE
}
