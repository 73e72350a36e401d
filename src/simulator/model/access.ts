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

export function mayRead(object: ObjectDescription, attribute: number, association: Association): boolean {
  const { read } = accessOf(object, association)
  return read === 'all' || (read?.includes(attribute) ?? false)
}

export const mayWrite = (object: ObjectDescription, attribute: number, association: Association): boolean =>
  accessOf(object, association).write?.includes(attribute) ?? false

export const mayInvoke = (object: ObjectDescription, method: number, association: Association): boolean =>
  accessOf(object, association).invoke?.includes(method) ?? false

/** access_mode of an attribute: 0 none, 1 read, 2 write, 3 both. */
export const attributeRight = (object: ObjectDescription, attribute: number, association: Association): number =>
  (mayRead(object, attribute, association) ? 1 : 0) + (mayWrite(object, attribute, association) ? 2 : 0)

/** access_mode of a method: 0 none, 1 access. */
export const methodRight = (object: ObjectDescription, method: number, association: Association): number =>
  mayInvoke(object, method, association) ? 1 : 0
