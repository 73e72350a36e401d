// required_protection of Data protection (class 30): what must protect at least what comes to an object and what it gives (IEC 62056-6-2, Data protection).
import { policyOf, type Policy } from '../../../protocol/security/policy.ts'
import { givenBy, type ProtectionLayer } from '../../../protocol/security/protection-parameters.ts'
import type { ObjectDescription } from '../../description.ts'
import type { Situation } from '../classes.ts'

const REQUIRED_PROTECTION = 6

export function isEnough(
  { store, rules }: Situation,
  object: ObjectDescription,
  direction: keyof Policy,
  layers: readonly ProtectionLayer[],
): boolean {
  const required = store.get(object, REQUIRED_PROTECTION)
  const demand = policyOf(1, required?.is === 'enum' ? required.value : 0)[direction]
  return rules.dataProtection.isEnough(givenBy(layers), demand, direction)
}
