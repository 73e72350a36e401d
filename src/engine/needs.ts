// What a case needs besides the meter: what the bench can do, and keys that may be spent.
import type { Value } from '../codec/value.ts'
import { isObject } from '../language/case.ts'
import { lookup, type Scope } from '../language/references.ts'

/** Not of the bench: of the client that the case is done by. */
export const FOR_TEST_KEYS = 'forTestKeys'

/** Why a case does not apply; `client`: whose keys it spends, undefined: not known yet. */
export function lackOf(
  needs: readonly string[],
  bench: ReadonlySet<string>,
  client: string | undefined,
  scope: Scope,
): string | undefined {
  const missing = needs.filter((need) => need !== FOR_TEST_KEYS && !bench.has(need))
  if (missing.length > 0) return `the bench lacks: ${missing.join(', ')}`
  if (!needs.includes(FOR_TEST_KEYS) || client === undefined || maySpend(client, scope)) return undefined
  return `it spends keys: where those of ${client} are for nothing but tests, declare "forTest": true in testing.clients.${client}.security`
}

function maySpend(client: string, scope: Scope): boolean {
  const security: Value | undefined = valueOf(scope, ['testing', 'clients', client, 'security'])
  return isObject(security) && security['forTest'] === true
}

function valueOf(scope: Scope, path: readonly string[]): Value | undefined {
  const found = lookup(scope, path)
  return found.ok ? found.value : undefined
}
