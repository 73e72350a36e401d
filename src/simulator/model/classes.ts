// The interface classes the meter knows (IEC 62056-6-2): which version, and how many attributes and methods.
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

export interface InterfaceClass {
  readonly version: number
  readonly attributes: number
  readonly methods: number
}

export const interfaceClasses: Readonly<Record<number, InterfaceClass>> = {
  1: { version: 0, attributes: 2, methods: 0 },
  3: { version: 0, attributes: 3, methods: 1 },
  7: { version: 1, attributes: 8, methods: 2 },
  8: { version: 0, attributes: 9, methods: 6 },
  15: { version: 1, attributes: 9, methods: 4 },
  17: { version: 0, attributes: 2, methods: 1 },
  19: { version: 1, attributes: 9, methods: 0 },
  23: { version: 1, attributes: 9, methods: 0 },
  41: { version: 0, attributes: 6, methods: 0 },
}
