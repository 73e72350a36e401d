// object_list as a whole: each object once, each attribute and method once, and the association that it belongs to (rulings C5, G18).
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { decodeObjectList } from '../object-list/decode.ts'
import { fails, PASS } from './exchange.ts'

const ASSOCIATION_LN = 15
const OWN_ASSOCIATION = '0.0.40.0.0.255'
const PUBLIC_SAP = 16

type Objects = { readonly is: 'objects'; readonly objects: readonly ListedObject[] }

/** The objects that a value of object_list names; or what is wrong with it. */
export function objectsIn(value: Value): Objects | Extract<Checked, { readonly is: 'fails' }> {
  const read = fromJson(data, value)
  if (!read.ok) return { is: 'fails', expected: 'object_list', found: JSON.stringify(value).slice(0, 80) }
  const list = decodeObjectList(read.value)
  if (list.ok) return { is: 'objects', objects: list.value }
  const { path, expected, found } = list.failure
  return { is: 'fails', expected: `${path}: ${expected}`, found }
}

/** `1:0.0.42.0.0.255`, class and logical name. */
export const nameOf = (object: ListedObject): string => `${object['class-id']}:${object['instance-id']}`

export function objectList(value: Value, client: Value | undefined): Checked {
  const listed = objectsIn(value)
  if (listed.is === 'fails') return listed
  const { objects } = listed
  const twice = repeated(objects.map(nameOf))
  if (twice !== undefined) return fails('each object once', `${twice} twice`)
  for (const object of objects) {
    const wrong = membersOf(object)
    if (wrong) return wrong
  }
  return ownAssociation(objects, client)
}

function membersOf(object: ListedObject): Checked | undefined {
  const attributes = object.attributes.map((each) => each['attribute-id'])
  const methods = object.methods.map((each) => each['method-id'])
  for (const [what, ids] of [
    ['attribute', attributes],
    ['method', methods],
  ] as const) {
    const twice = repeated(ids)
    if (twice !== undefined) return fails(`${nameOf(object)}: each ${what} once`, `${what} ${twice} twice`)
    if (ids.includes(0)) return fails(`${nameOf(object)}: ${what}s from 1 on`, `${what} 0`)
  }
  return undefined
}

function ownAssociation(objects: readonly ListedObject[], client: Value | undefined): Checked {
  const own = (object: ListedObject): boolean =>
    object['class-id'] === ASSOCIATION_LN && object['instance-id'] === OWN_ASSOCIATION
  if (objects.some(own)) return PASS
  const isPublic = client !== undefined && isRecord(client) && client['sap'] === PUBLIC_SAP
  if (isPublic) return { is: 'remark', text: 'the public client does not find its own association', ruling: 'C5' }
  return fails(`the own association, ${ASSOCIATION_LN}:${OWN_ASSOCIATION}`, `${objects.length} objects without it`)
}

const repeated = <T>(items: readonly T[]): T | undefined => items.find((item, at) => items.indexOf(item) !== at)
