// Class 40, Push setup: `push` triggers a push; what delivers it is not part of the model.
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'
import type { Invocation, Invoked, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { elementsOf, fieldsOf, nameOf, numberOf } from './data.ts'

const PUSH_OBJECT_LIST = 2
const SEND_DESTINATION_AND_METHOD = 3

const PUSH = 1

const TCP = 0
const UDP = 1
const LONGEST_DESTINATION = 64
const HOST_AND_PORT = /^(\[[0-9A-Fa-f:.]+\]|[^:/@[\]]+):(\d{1,5})$/
const HIGHEST_PORT = 0xffff

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
  const kept = attribute === SEND_DESTINATION_AND_METHOD ? situation.rules.destinationKept(value) : value
  if (kept === undefined) return 'other-reason'
  situation.store.set(object, attribute, kept)
  return 'success'
}

/** Of TCP and UDP a host and a port are the destination; of other transports nothing is known. */
export function destinationKept(value: Data): Data | undefined {
  const [service, destination] = fieldsOf(value, 3) ?? []
  const transport = numberOf(service, 'enum')
  if (transport !== TCP && transport !== UDP) return value
  if (destination?.is !== 'octet-string' || destination.value.length > LONGEST_DESTINATION) return undefined
  const [, , port] = HOST_AND_PORT.exec(new TextDecoder().decode(destination.value)) ?? []
  return port !== undefined && Number(port) <= HIGHEST_PORT ? value : undefined
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
