// What a client may do (attribute 2 of class 15 lists it): rights belong to a client of a logical device.
import type { Association } from '../association/association.ts'
import type { AccessDescription, MeterDescription, ObjectDescription } from '../description.ts'

const accessOf = (object: ObjectDescription, { clientName }: Association): AccessDescription =>
  object.access[clientName] ?? {}

export const findObject = (objects: readonly ObjectDescription[], name: string): ObjectDescription | undefined =>
  objects.find((object) => object['logical-name'] === name)

export const visibleObjects = ({ objects }: MeterDescription, association: Association): readonly ObjectDescription[] =>
  objects.filter(
    (object) => object.devices.includes(association.device.key) && object.access[association.clientName] !== undefined,
  )

/** Whether a client may do something with an attribute, or a method, of an object. */
export interface AccessRules {
  readonly mayRead: MayAccess
  readonly mayWrite: MayAccess
  readonly mayInvoke: MayAccess
}
type MayAccess = (object: ObjectDescription, id: number, association: Association) => boolean

export const conformantAccess: AccessRules = {
  mayRead(object, attribute, association) {
    const { read } = accessOf(object, association)
    return read === 'all' || (read?.includes(attribute) ?? false)
  },
  mayWrite: (object, attribute, association) => accessOf(object, association).write?.includes(attribute) ?? false,
  mayInvoke: (object, method, association) => accessOf(object, association).invoke?.includes(method) ?? false,
}

/** access_mode of an attribute: 0 none, 1 read, 2 write, 3 both. */
export const attributeRight = (
  { mayRead, mayWrite }: AccessRules,
  object: ObjectDescription,
  attribute: number,
  association: Association,
): number => (mayRead(object, attribute, association) ? 1 : 0) + (mayWrite(object, attribute, association) ? 2 : 0)

/** access_mode of a method: 0 none, 1 access. */
export const methodRight = (
  { mayInvoke }: AccessRules,
  object: ObjectDescription,
  method: number,
  association: Association,
): number => (mayInvoke(object, method, association) ? 1 : 0)
