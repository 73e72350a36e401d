// Class 40, Push setup: `push` triggers a push; what delivers it is not part of the model.
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'
import type { Invocation, Invoked, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { elementsOf, fieldsOf, nameOf, numberOf } from './data.ts'

const PUSH_OBJECT_LIST = 2

const PUSH = 1

export function invokePush({ object, method, situation }: Invocation): Invoked | undefined {
  if (method !== PUSH) return undefined
  situation.store.trigger(object)
  return { result: 'success' }
}

/** A client has nothing pushed that it may not read. */
export function writePush({ object, attribute, value, situation }: Writing): DataAccessResult {
  const list = attribute === PUSH_OBJECT_LIST ? (elementsOf(value) ?? []) : []
  if (!list.every((element) => mayPush(element, situation))) return 'scope-of-access-violated'
  if (situation.store.get(object, attribute) === undefined) return 'read-write-denied'
  situation.store.set(object, attribute, value)
  return 'success'
}

/** push_object_definition: class_id, logical_name, attribute_index, data_index. */
function mayPush(definition: Data, situation: Situation): boolean {
  const fields = fieldsOf(definition, 4) ?? []
  const classId = numberOf(fields[0], 'long-unsigned')
  const name = nameOf(fields[1])
  const attribute = numberOf(fields[2], 'integer')
  if (classId === undefined || name === undefined || attribute === undefined) return false
  return situation.rules.mayPush({ 'class-id': classId, 'logical-name': name, attribute }, situation)
}
