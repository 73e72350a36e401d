// What the interface classes work out by themselves: attributes that are not stored, and methods.
import type { Data } from '../../protocol/data/data.ts'
import type { AccessSelection, ActionResult, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import { associationAttribute, selectFromAssociation } from './association-class.ts'
import type { Situation } from './classes.ts'
import { dateTime } from './clock.ts'
import { octets } from './data.ts'
import { invokeProfile, profileAttribute, selectFromProfile } from './profile-class.ts'
import { hdlcSetupAttribute, localPortAttribute, sapAttribute, tcpUdpAttribute } from './setup-classes.ts'

/** The value of an attribute of whatever object; undefined: there is none. */
export type ReadAttribute = (object: ObjectDescription, attribute: number, situation: Situation) => Data | undefined

/** A method, and what it is invoked with. `read` reads this object and others. */
export interface Invocation {
  readonly object: ObjectDescription
  readonly method: number
  readonly parameters: Data | undefined
  readonly situation: Situation
  readonly read: ReadAttribute
}

/** An attribute, and the part of it that is asked for. */
export interface SelectedAttribute {
  readonly object: ObjectDescription
  readonly attribute: number
  readonly selection: AccessSelection
  readonly situation: Situation
  readonly read: ReadAttribute
}

/** What a method came to; `returned`: its return parameters. */
export interface Invoked {
  readonly result: ActionResult
  readonly returned?: Data
}

export interface Behaviour {
  /** An attribute that is worked out; undefined: it is stored. */
  readonly attribute?: (
    object: ObjectDescription,
    attribute: number,
    situation: Situation,
    read: ReadAttribute,
  ) => Data | undefined
  /** A part of an attribute; undefined: it has no selective access. */
  readonly select?: (asked: SelectedAttribute) => GetDataResult | undefined
  /** Carries a method out; undefined: this meter cannot. */
  readonly invoke?: (invocation: Invocation) => Invoked | undefined
}

const clockAttribute = (_object: ObjectDescription, attribute: number, situation: Situation): Data | undefined =>
  attribute === 2 ? octets(dateTime(situation, situation.now)) : undefined

/** By class. */
export const behaviours: Readonly<Record<number, Behaviour>> = {
  7: { attribute: profileAttribute, select: selectFromProfile, invoke: invokeProfile },
  8: { attribute: clockAttribute },
  15: { attribute: associationAttribute, select: selectFromAssociation },
  17: { attribute: sapAttribute },
  19: { attribute: localPortAttribute },
  23: { attribute: hdlcSetupAttribute },
  41: { attribute: tcpUdpAttribute },
}
