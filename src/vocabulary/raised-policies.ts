// Security policies as they are: declared, or raised by a case. Of version 1 bits are added, and none is ever taken away.
import type { DeclaredClient } from './declared.ts'
import type { TesterPolicies } from './setup.ts'

type Client = Pick<DeclaredClient, 'name' | 'security'>

/** Clients of one Security setup have the same. */
const placeOf = ({ name, security }: Client): string => security?.setup ?? name

/** Undefined: nobody says. */
export function policyNow(client: Client, policies: Pick<TesterPolicies, 'policy'>): number | undefined {
  const [declared, raised] = [client.security?.policy, policies.policy(placeOf(client))]
  return raised === undefined ? declared : (declared ?? 0) | raised
}

/** Undefined: it is noted, else why not. */
export function keepPolicy(client: Client, policy: number, policies: TesterPolicies): string | undefined {
  const noted = policies.keepPolicy(placeOf(client), policy)
  return noted.ok ? undefined : `${noted.failure.where}: ${noted.failure.detail}`
}
