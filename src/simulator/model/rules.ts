// What the model decides: a defect replaces one of these rules.
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription, PortDescription } from '../description.ts'
import { conformantAccess, type AccessRules } from './access.ts'
import { conformantProfile, type ProfileRules } from './profile/rules.ts'
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
  /** The elements of object_list. */
  readonly objectList: (elements: readonly Data[]) => readonly Data[]
  /** The value of an attribute, as a client is told. */
  readonly attributeValue: (object: ObjectDescription, attribute: number, value: Data) => Data
  readonly profile: ProfileRules
  readonly selection: SelectionRules
}

export const conformantModel: ModelRules = {
  openingTold: (port) => (port.kind === 'serial' && port.signOn !== undefined ? 'sign-on' : 'hdlc'),
  access: conformantAccess,
  listedAccess: conformantAccess,
  objectList: (elements) => elements,
  attributeValue: (_object, _attribute, value) => value,
  profile: conformantProfile,
  selection: conformantSelection,
}
