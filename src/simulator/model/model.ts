// Objects as a client sees them: what is there, what the client may do, and the defined error for the rest (rulings X6–X10).
import type { Data } from '../../protocol/data/data.ts'
import type {
  AccessSelection,
  CosemAttributeDescriptor,
  CosemMethodDescriptor,
  DataAccessResult,
  GetDataResult,
} from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import { findObject } from './access.ts'
import { attributeOf } from './attribute.ts'
import { behaviours, type Invoked } from './behaviour.ts'
import { interfaceClasses, type InterfaceClass, type Situation } from './classes.ts'

type Found =
  | { readonly is: 'found'; readonly object: ObjectDescription; readonly interfaceClass: InterfaceClass }
  | { readonly is: 'object-undefined' | 'object-class-inconsistent' }

function find({ description, association }: Situation, classId: number, name: string): Found {
  const object = findObject(
    description.objects.filter(({ devices }) => devices.includes(association.device.key)),
    name,
  )
  const interfaceClass = object === undefined ? undefined : interfaceClasses[object['class-id']]
  if (object === undefined || interfaceClass === undefined) return { is: 'object-undefined' }
  return object['class-id'] === classId ? { is: 'found', object, interfaceClass } : { is: 'object-class-inconsistent' }
}

const hasAttribute = ({ attributes }: InterfaceClass, id: number): boolean => id >= 1 && id <= attributes

export function read(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'attribute-id': id }: CosemAttributeDescriptor,
  selection?: AccessSelection,
): GetDataResult {
  const refused = (value: DataAccessResult): GetDataResult => ({ is: 'data-access-result', value })
  const found = find(situation, classId, name)
  if (found.is !== 'found') return refused(found.is)
  if (!hasAttribute(found.interfaceClass, id)) return refused('object-undefined')
  if (!situation.rules.access.mayRead(found.object, id, situation.association)) return refused('read-write-denied')
  const { object } = found
  const told = (value: Data): GetDataResult => ({
    is: 'data',
    value: situation.rules.attributeValue(object, id, value),
  })
  if (selection !== undefined) {
    const selected = behaviours[classId]?.select?.({ object, attribute: id, selection, situation, read: attributeOf })
    if (selected === undefined) return refused('read-write-denied') // ruling X13
    return selected.is === 'data' ? told(selected.value) : selected
  }
  const value = attributeOf(object, id, situation)
  return value === undefined ? refused('object-unavailable') : told(value)
}

/** A value of another type than the one that is there is refused; attribute 1 and what a class works out cannot be written. */
export function write(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'attribute-id': id }: CosemAttributeDescriptor,
  value: Data,
  selection?: AccessSelection,
): DataAccessResult {
  const found = find(situation, classId, name)
  if (found.is !== 'found') return found.is
  if (!hasAttribute(found.interfaceClass, id)) return 'object-undefined'
  if (!situation.rules.access.mayWrite(found.object, id, situation.association)) return 'read-write-denied'
  if (selection !== undefined) return 'read-write-denied'
  if (situation.store.get(found.object, id)?.is !== value.is) return 'type-unmatched'
  situation.store.set(found.object, id, value)
  return 'success'
}

export function invoke(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'method-id': id }: CosemMethodDescriptor,
  parameters?: Data,
): Invoked {
  const found = find(situation, classId, name)
  if (found.is !== 'found') return { result: found.is }
  if (id < 1 || id > found.interfaceClass.methods) return { result: 'object-undefined' }
  if (!situation.rules.access.mayInvoke(found.object, id, situation.association)) return { result: 'read-write-denied' }
  const carryOut = behaviours[classId]?.invoke
  return (
    carryOut?.({
      object: found.object,
      method: id,
      parameters,
      situation,
      read: attributeOf,
    }) ?? { result: 'object-unavailable' }
  )
}
