// Class 71, Limiter: the active threshold is the normal one, or that of the emergency.
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import type { Situation } from './classes.ts'

const THRESHOLD_ACTIVE = 3
const THRESHOLD_NORMAL = 4
const THRESHOLD_EMERGENCY = 5
const EMERGENCY_PROFILE_ACTIVE = 10

export function limiterAttribute(object: ObjectDescription, attribute: number, { store }: Situation): Data | undefined {
  if (attribute !== THRESHOLD_ACTIVE) return undefined
  const emergency = store.get(object, EMERGENCY_PROFILE_ACTIVE)
  const active = emergency?.is === 'boolean' && emergency.value
  return store.get(object, active ? THRESHOLD_EMERGENCY : THRESHOLD_NORMAL)
}
