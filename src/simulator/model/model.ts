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
import { findObject, RESPONSE_BITS, type Member } from './access.ts'
import { attributeOf } from './attribute.ts'
import { behaviours, type Invoked, type Writing } from './behaviour.ts'
import type { InterfaceClass } from '../../cosem/classes.ts'
import { classOf, type Situation } from './classes.ts'
import { settleProfiles } from './profile/rows.ts'

type Found =
  | { readonly is: 'found'; readonly object: ObjectDescription; readonly interfaceClass: InterfaceClass }
  | { readonly is: 'object-undefined' | 'object-class-inconsistent' }

function find(situation: Situation, classId: number, name: string): Found {
  const { description, association, rules } = situation
  const object = findObject(
    description.objects.filter((each) => each.devices.includes(association.device.key) && rules.isThere(each)),
    name,
  )
  const interfaceClass = object === undefined ? undefined : classOf(object, situation)
  if (object === undefined || interfaceClass === undefined) return { is: 'object-undefined' }
  return rules.isOfClass(object, classId)
    ? { is: 'found', object, interfaceClass }
    : { is: 'object-class-inconsistent' }
}

/** The request came with all the protection that access_rights ask for; so will the response. */
function isProtected(situation: Situation, object: ObjectDescription, member: Member): boolean {
  const { association, protection = 0, rules, demands } = situation
  const required = rules.access.requiredProtection(object, member, association)
  if (!rules.access.isProtected(required, protection, association)) return false
  demands?.(required & RESPONSE_BITS)
  return true
}

const hasAttribute = ({ attributes }: InterfaceClass, id: number): boolean => attributes.some((each) => each.id === id)

export function read(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'attribute-id': id }: CosemAttributeDescriptor,
  selection?: AccessSelection,
): GetDataResult {
  const refused = (value: DataAccessResult): GetDataResult => ({ is: 'data-access-result', value })
  const found = find(situation, classId, name)
  if (found.is !== 'found') return refused(found.is)
  if (!hasAttribute(found.interfaceClass, id)) return situation.rules.undefinedAttribute(found.object, id)
  const isReadable = situation.rules.access.mayRead(found.object, id, situation.association)
  if (!isReadable || !isProtected(situation, found.object, { is: 'attribute', id })) return refused('read-write-denied')
  const { object } = found
  const told = (value: Data): GetDataResult => ({
    is: 'data',
    value: situation.rules.attributeValue(object, id, value),
  })
  const whole = (): GetDataResult => {
    const value = attributeOf(object, id, situation)
    return value === undefined ? refused('object-unavailable') : told(value)
  }
  if (selection === undefined) return whole()
  const selected = behaviours[classId]?.select?.({ object, attribute: id, selection, situation, read: attributeOf })
  if (selected === undefined) return situation.rules.unselectable(whole)
  return selected.is === 'data' ? told(selected.value) : selected
}

/** A value of another type than the one that is there is refused (ruling X10). */
export function write(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'attribute-id': id }: CosemAttributeDescriptor,
  value: Data,
  selection?: AccessSelection,
): DataAccessResult {
  const found = find(situation, classId, name)
  if (found.is !== 'found') return found.is
  if (!hasAttribute(found.interfaceClass, id)) return situation.rules.undefinedInClass
  if (!situation.rules.access.mayWrite(found.object, id, situation.association)) {
    situation.rules.denied(situation, found.object, id, value)
    return 'read-write-denied'
  }
  if (!isProtected(situation, found.object, { is: 'attribute', id })) return 'read-write-denied'
  if (selection !== undefined) return 'read-write-denied'
  const { object } = found
  const before = attributeOf(object, id, situation)
  if (before === undefined) return 'object-unavailable'
  const accepted = situation.rules.change({ before, value, of: found.interfaceClass, attribute: id })
  if (accepted !== 'success') return accepted
  const take = behaviours[classId]?.write ?? store
  return take({ object, attribute: id, value, situation, read: attributeOf })
}

/** What a class works out cannot be written. Profiles that capture the object first take the rows that are due. */
const store = ({ object, attribute, value, situation, read }: Writing): DataAccessResult => {
  if (situation.store.get(object, attribute) === undefined) return 'read-write-denied'
  settleProfiles(situation, read, object)
  situation.store.set(object, attribute, value)
  return 'success'
}

export function invoke(
  situation: Situation,
  { 'class-id': classId, 'instance-id': name, 'method-id': id }: CosemMethodDescriptor,
  parameters?: Data,
): Invoked {
  const found = find(situation, classId, name)
  if (found.is !== 'found') return { result: found.is }
  const { object, interfaceClass } = found
  const definition = interfaceClass.methods.find((each) => each.id === id)
  if (definition === undefined) return { result: situation.rules.undefinedInClass }
  const isInvocable = situation.rules.access.mayInvoke(object, id, situation.association)
  if (!isInvocable || !isProtected(situation, object, { is: 'method', id })) return { result: 'read-write-denied' }
  const invoked = carryOut(situation, object, id, parameters?.is === 'null-data' ? undefined : parameters)
  if (invoked.result === 'success' && object.notifies !== undefined) situation.store.raise(object)
  return invoked
}

/** A method, whoever may invoke it. No object makes another of its own class act: no script has an end otherwise. */
export function carryOut(situation: Situation, object: ObjectDescription, method: number, parameters?: Data): Invoked {
  const invoked = behaviours[object['class-id']]?.invoke?.({
    object,
    method,
    parameters,
    situation,
    read: attributeOf,
    perform: (other, id, given) =>
      other['class-id'] === object['class-id'] ? 'other-reason' : carryOut(situation, other, id, given).result,
  })
  return invoked ?? { result: 'object-unavailable' }
}
