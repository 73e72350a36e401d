// What the interface classes work out by themselves: attributes that are not stored, and methods.
import type { Data } from '../../protocol/data/data.ts'
import type { AccessSelection, ActionResult, DataAccessResult, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import { invokeArrayManager } from './array-manager-class.ts'
import { associationAttribute, invokeAssociation, selectFromAssociation } from './association-class.ts'
import { associationSnAttribute, invokeAssociationSn, selectFromAssociationSn } from './association-sn-class.ts'
import { invokeCalendar, invokeSpecialDays } from './calendar-classes.ts'
import type { Situation } from './classes.ts'
import { clockAttribute, invokeClock, writeClock } from './clock-class.ts'
import { counterAttribute } from './counter-object.ts'
import { compactAttribute, invokeCompact } from './compact-class.ts'
import { dataProtectionAttribute, writeDataProtection } from './data-protection/buffer.ts'
import { invokeDataProtection } from './data-protection-class.ts'
import { invokeDisconnect } from './disconnect-class.ts'
import { imageAttribute, invokeImage } from './image-class.ts'
import { limiterAttribute } from './limiter-class.ts'
import { invokeProfile, profileAttribute, selectFromProfile, writeProfile } from './profile-class.ts'
import { invokePush, writePush } from './push-class.ts'
import { demandAttribute, invokeExtendedRegister, invokeRegister } from './register-classes.ts'
import { invokeSecuritySetup, securitySetupAttribute, writeSecuritySetup } from './security-setup-class.ts'
import { invokeScript, writeScripts } from './script-class.ts'
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
  /** Invokes a method of another object by the meter's own right. */
  readonly perform: (object: ObjectDescription, method: number, parameters: Data) => ActionResult
}

/** An attribute, and the part of it that is asked for. */
export interface SelectedAttribute {
  readonly object: ObjectDescription
  readonly attribute: number
  readonly selection: AccessSelection
  readonly situation: Situation
  readonly read: ReadAttribute
}

/** An attribute, and the value that it is to have. */
export interface Writing {
  readonly object: ObjectDescription
  readonly attribute: number
  readonly value: Data
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
  /** Takes a value of the right type; none: it is stored. */
  readonly write?: (writing: Writing) => DataAccessResult
  /** Carries a method out; undefined: this meter cannot. */
  readonly invoke?: (invocation: Invocation) => Invoked | undefined
}

/** By class; what is not here is stored and nothing more. */
export const behaviours: Readonly<Record<number, Behaviour>> = {
  1: { attribute: counterAttribute },
  3: { invoke: invokeRegister },
  4: { invoke: invokeExtendedRegister },
  5: { attribute: demandAttribute },
  7: { attribute: profileAttribute, select: selectFromProfile, write: writeProfile, invoke: invokeProfile },
  8: { attribute: clockAttribute, write: writeClock, invoke: invokeClock },
  9: { write: writeScripts, invoke: invokeScript },
  11: { invoke: invokeSpecialDays },
  12: { attribute: associationSnAttribute, select: selectFromAssociationSn, invoke: invokeAssociationSn },
  15: { attribute: associationAttribute, select: selectFromAssociation, invoke: invokeAssociation },
  17: { attribute: sapAttribute },
  18: { attribute: imageAttribute, invoke: invokeImage },
  19: { attribute: localPortAttribute },
  20: { invoke: invokeCalendar },
  23: { attribute: hdlcSetupAttribute },
  30: { attribute: dataProtectionAttribute, write: writeDataProtection, invoke: invokeDataProtection },
  40: { write: writePush, invoke: invokePush },
  41: { attribute: tcpUdpAttribute },
  62: { attribute: compactAttribute, invoke: invokeCompact },
  64: { attribute: securitySetupAttribute, write: writeSecuritySetup, invoke: invokeSecuritySetup },
  70: { invoke: invokeDisconnect },
  71: { attribute: limiterAttribute },
  123: { invoke: invokeArrayManager },
}
