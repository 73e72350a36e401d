// The interface classes the meter knows (IEC 62056-6-2): attributes and methods there are, and what the class itself works out.
import type { Data } from '../../protocol/data/data.ts'
import type { Ms } from '../../protocol/line.ts'
import type { Association } from '../association/association.ts'
import type { MeterDescription, ObjectDescription } from '../description.ts'
import { associationAttribute } from './association-class.ts'
import { dateTime } from './clock.ts'
import { octets } from './data.ts'
import { localPortAttribute, hdlcSetupAttribute, sapAttribute, tcpUdpAttribute } from './setup-classes.ts'
import { invokeProfile, profileAttribute } from './profile-class.ts'
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
  /** An attribute that is worked out; undefined: it is stored. */
  readonly attribute?: (object: ObjectDescription, attribute: number, situation: Situation) => Data | undefined
  /** Carries a method out; false: this meter cannot. */
  readonly invoke?: (object: ObjectDescription, method: number, situation: Situation) => boolean
}

const clockAttribute = (
  _object: ObjectDescription,
  attribute: number,
  { description, now }: Situation,
): Data | undefined => (attribute === 2 ? octets(dateTime(description, now)) : undefined)

export const interfaceClasses: Readonly<Record<number, InterfaceClass>> = {
  1: { version: 0, attributes: 2, methods: 0 },
  3: { version: 0, attributes: 3, methods: 1 },
  7: { version: 1, attributes: 8, methods: 2, attribute: profileAttribute, invoke: invokeProfile },
  8: { version: 0, attributes: 9, methods: 6, attribute: clockAttribute },
  15: { version: 1, attributes: 9, methods: 4, attribute: associationAttribute },
  17: { version: 0, attributes: 2, methods: 1, attribute: sapAttribute },
  19: { version: 1, attributes: 9, methods: 0, attribute: localPortAttribute },
  23: { version: 1, attributes: 9, methods: 0, attribute: hdlcSetupAttribute },
  41: { version: 0, attributes: 6, methods: 0, attribute: tcpUdpAttribute },
}
