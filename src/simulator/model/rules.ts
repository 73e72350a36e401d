// What the model decides: a defect replaces one of these rules.
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ColumnDescription, ObjectDescription, PortDescription } from '../description.ts'
import { conformantAutomation, type AutomationRules } from './automation/rules.ts'
import { conformantAccess, findObject, visibleObjects, type AccessRules } from './access.ts'
import { isSecret } from './change-secret.ts'
import type { Situation } from './classes.ts'
import { conformantClock, type ClockRules } from './clock/rules.ts'
import { conformantCompactData, type CompactDataRules } from './compact-rules.ts'
import { conformantDataProtection, type DataProtectionRules } from './data-protection/rules.ts'
import { isConnectedIn, nextControlState } from './disconnect-class.ts'
import { conformantImage, type ImageRules } from './image-rules.ts'
import { conformantProfile, type ProfileRules } from './profile/rules.ts'
import { destinationKept } from './push-class.ts'
import { mayScript, scriptIn, type Script, type ScriptAction } from './script-class.ts'
import { checkChange, type Change } from './types.ts'
import { conformantSecuritySetup, type SecuritySetupRules } from './security-setup/rules.ts'
import { conformantSelection, type SelectionRules } from './selection/rules.ts'

/** How a local port is opened, as its class 19 object calls it. */
export type Opening = 'sign-on' | 'hdlc'

export interface ModelRules {
  /** What default_mode of the IEC local port setup says. */
  readonly openingTold: (port: PortDescription) => Opening
  /** The rights that are kept. */
  readonly access: AccessRules
  /** The rights that object_list lists. */
  readonly listedAccess: AccessRules
  /** What reading gives where the class has no such attribute. */
  readonly undefinedAttribute: (object: ObjectDescription, attribute: number) => GetDataResult
  /** What comes of a selector on an attribute that has none (ruling X13). */
  readonly unselectable: (whole: () => GetDataResult) => GetDataResult
  /** What is done with a value that the client may not write, besides refusing it. */
  readonly denied: (situation: Situation, object: ObjectDescription, attribute: number, value: Data) => void
  /** Whether an object can be reached. */
  readonly isThere: (object: ObjectDescription) => boolean
  /** Whether a request that names a class means an object of this one. */
  readonly isOfClass: (object: ObjectDescription, asked: number) => boolean
  /** What is told of an attribute or a method that the class does not have. */
  readonly undefinedInClass: 'object-undefined' | 'success'
  /** The elements of object_list. */
  readonly objectList: (elements: readonly Data[]) => readonly Data[]
  /** The value of an attribute, as a client is told. */
  readonly attributeValue: (object: ObjectDescription, attribute: number, value: Data) => Data
  /** Whether a value may take the place of the one before it: `success`, or what is told. */
  readonly change: (change: Change) => DataAccessResult
  /** Whether a client may have an attribute captured in a profile: it must be one that it may read. */
  readonly mayCapture: (column: ColumnDescription, situation: Situation) => boolean
  /** The same of what it may have pushed. */
  readonly mayPush: (column: ColumnDescription, situation: Situation) => boolean
  /** The same of what it may have done by a script: it must be something that it may do. */
  readonly mayScript: (action: ScriptAction, situation: Situation) => boolean
  /** What is stored of a send_destination_and_method that is written; undefined: it is refused. */
  readonly destinationKept: (value: Data) => Data | undefined
  /** Whether a client may have it as its HLS secret. */
  readonly isSecret: (secret: Uint8Array) => boolean
  /** Whether a new one takes the place of the old one. */
  readonly keepsSecret: boolean
  readonly clock: ClockRules
  readonly automation: AutomationRules
  /** The control_state that follows a method of Disconnect control. */
  readonly disconnects: (state: number, method: number, atOnce: boolean) => number
  /** The output_state in a control_state, whatever method led to it. */
  readonly isConnected: (state: number, method: number) => boolean
  /** Whether an image can be verified; a character for each block, `1`: it has come. */
  readonly isImageWhole: (blocks: string) => boolean
  readonly image: ImageRules
  readonly compactData: CompactDataRules
  /** The actions of a script of a table; undefined: there is none of this identifier. */
  readonly scriptOf: (scripts: readonly Script[], identifier: number) => readonly Data[] | undefined
  /** Whether an event is logged. */
  readonly logs: (event: number) => boolean
  /** Whether the status of a period tells of something that happened in it. */
  readonly marks: (bit: number) => boolean
  readonly profile: ProfileRules
  readonly selection: SelectionRules
  readonly securitySetup: SecuritySetupRules
  readonly dataProtection: DataProtectionRules
}

/** Whether a client may read an attribute that it names for another object to use. */
function isReadable(column: ColumnDescription, { description, association, rules }: Situation): boolean {
  const object = findObject(visibleObjects(description, association), column['logical-name'])
  return object?.['class-id'] === column['class-id'] && rules.access.mayRead(object, column.attribute, association)
}

export const conformantModel: ModelRules = {
  openingTold: (port) => (port.kind === 'serial' && port.signOn !== undefined ? 'sign-on' : 'hdlc'),
  access: conformantAccess,
  listedAccess: conformantAccess,
  undefinedAttribute: () => ({ is: 'data-access-result', value: 'object-undefined' }),
  unselectable: () => ({ is: 'data-access-result', value: 'read-write-denied' }),
  denied() {},
  isThere: () => true,
  isOfClass: (object, asked) => object['class-id'] === asked,
  undefinedInClass: 'object-undefined',
  objectList: (elements) => elements,
  attributeValue: (_object, _attribute, value) => value,
  change: checkChange,
  mayCapture: isReadable,
  mayPush: isReadable,
  mayScript,
  destinationKept,
  isSecret,
  keepsSecret: true,
  clock: conformantClock,
  automation: conformantAutomation,
  disconnects: nextControlState,
  isConnected: isConnectedIn,
  isImageWhole: (blocks) => !blocks.includes('0'),
  image: conformantImage,
  compactData: conformantCompactData,
  scriptOf: scriptIn,
  logs: () => true,
  marks: () => true,
  profile: conformantProfile,
  selection: conformantSelection,
  securitySetup: conformantSecuritySetup,
  dataProtection: conformantDataProtection,
}
