// The interface classes that the meter has, each in one version (IEC 62056-6-2).
import { interfaceClass, type InterfaceClass } from '../../cosem/classes.ts'
import type { Ms } from '../../protocol/line.ts'
import type { Association } from '../association/association.ts'
import type { MeterDescription } from '../description.ts'
import type { ModelRules } from './rules.ts'
import type { Store } from './store.ts'

/** What an attribute or method may depend on. */
export interface Situation {
  readonly description: MeterDescription
  readonly rules: ModelRules
  readonly association: Association
  readonly store: Store
  readonly now: Ms
}

/** Version, by class. */
const VERSIONS: Readonly<Record<number, number>> = {
  1: 0,
  3: 0,
  4: 0,
  5: 0,
  6: 0,
  7: 1,
  8: 0,
  9: 0,
  11: 0,
  12: 2,
  15: 1,
  17: 0,
  18: 0,
  19: 1,
  20: 0,
  21: 0,
  22: 0,
  23: 1,
  40: 0,
  41: 0,
  62: 0,
  64: 0,
  70: 0,
  71: 0,
  123: 0,
}

/** Undefined: the meter has no such class. */
export function classOf(classId: number): InterfaceClass | undefined {
  const version = VERSIONS[classId]
  return version === undefined ? undefined : interfaceClass(classId, version)
}
