// `get`, `set` and `action` of a client with short names: Read and Write of the names that its object list gives.
import {
  attributeName,
  isAssociation,
  methodName,
  objectNamed,
  OWN_NAME,
  returns,
} from '../../client/short-names/object-names.ts'
import { fail, ok, type Value } from '../../codec/value.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import type { Made } from './outgoing.ts'
import { serviceFields } from './service-fields.ts'

/** A message by its name, and what is said of it. */
export interface Said {
  readonly name: string
  readonly said: JsonRecord
}

/** `{"unconfirmed-write": {"attribute": …, "value": …}}` */
const UNCONFIRMED = 'unconfirmed-write'
const SERVICES = ['get', 'set', 'action', UNCONFIRMED]

/** What the message is in the context of the client: another one where a service is called by its short name. */
export function inContext(bench: Bench, connection: Connection, message: Said): Made<Said> {
  const { name, said } = message
  if (connection.client.context !== 'sn' || !SERVICES.includes(name)) return ok(message)
  if (name === UNCONFIRMED && said['attribute'] === undefined) return ok(message)
  const {
    'class-id': classId,
    'instance-id': instanceId,
    'attribute-id': attribute,
    'method-id': method,
    'access-selection': selection,
    'method-invocation-parameters': parameter = 'null-data',
    value = null,
  } = serviceFields(name === UNCONFIRMED ? 'set' : name, said)
  if (typeof classId !== 'number' || typeof instanceId !== 'string') return fail(`${name}: expected an object`)
  const named = { 'class-id': classId, 'instance-id': instanceId }
  const known = bench.learned.namesOf(connection).known()
  const object = objectNamed(known ?? [], named)
  if (object === undefined && known !== undefined) return fail(notListed(named, connection))
  if (name === 'action') {
    const short = object && typeof method === 'number' ? methodName(object, method) : undefined
    if (object === undefined || typeof method !== 'number' || short === undefined) return unknown(name, named)
    return ok(returns(object, method) ? readWith(short, 1, parameter) : writeTo(short, parameter))
  }
  if (typeof attribute !== 'number') return fail(`${name}: expected an attribute`)
  // Without its object list what is read is the name that every association has.
  if (object === undefined) return name === 'get' ? ok(readOf(OWN_NAME)) : unknown(name, named)
  const short = attributeName(object, attribute)
  if (name === 'set') return ok(writeTo(short, value))
  if (name === UNCONFIRMED) return ok({ ...writeTo(short, value), name: 'unconfirmed-write-request' })
  if (!isRecord(selection)) return ok(readOf(short))
  return ok(readWith(short, selection['access-selector'] ?? 0, selection['access-parameters'] ?? null))
}

/** Parts of a service with logical names → where they are in the Read or Write that stands for it. */
const PARTS: readonly (readonly [string, string])[] = [
  ['get.access-parameters', 'read-request.parameterized-access.parameter'],
  ['get.choice', 'read-request.variable-access-specification[1].variable-name.tag'],
  ['set.choice', 'write-request.variable-access-specification[1].variable-name.tag'],
  ['set.value', 'write-request.list-of-data[1]'],
  ['action.method-invocation-parameters', 'write-request.list-of-data[1]'],
  ['get', 'read-request'],
  ['set', 'write-request'],
  ['action', 'write-request'],
]

/** The paths of a fault that begin with `get`, `set` or `action`, in the context of the client. */
export function pathsInContext({ client }: Connection, fields: Readonly<Record<string, Value>>): JsonRecord {
  if (client.context !== 'sn') return fields
  return Object.fromEntries(Object.entries(fields).map(([path, fault]) => [inReadOrWrite(path), fault]))
}

function inReadOrWrite(path: string): string {
  const part = PARTS.find(([from]) => path === from || path.startsWith(`${from}.`))
  return part === undefined ? path : part[1] + path.slice(part[0].length)
}

/** What to do about an object that has no short name. */
export const UNLISTED =
  'Look whether the declaration names this object for this client, and whether the meter should list it: until one of the two is mended nothing can be asked of it.'

interface Named {
  readonly 'class-id': number
  readonly 'instance-id': string
}

const notListed = ({ 'class-id': classId, 'instance-id': name }: Named, { client }: Connection): string =>
  `${classId}:${name} is not in the object list of ${client.name}: it has no short name`

/** The object of a service in a message that the meter's own object list does not have: no short name can be told, and nothing sent. */
export function unlistedIn(bench: Bench, connection: Connection, message: Value): string | undefined {
  const known = connection.client.context === 'sn' ? bench.learned.namesOf(connection).known() : undefined
  if (known === undefined || !isRecord(message)) return undefined
  for (const [name, said] of Object.entries(message)) {
    if (!isRecord(said)) continue
    const { 'class-id': classId, 'instance-id': instance } = SERVICES.includes(name) ? serviceFields(name, said) : {}
    const named = typeof classId === 'number' &&
      typeof instance === 'string' && { 'class-id': classId, 'instance-id': instance }
    if (named && objectNamed(known, named) === undefined) return notListed(named, connection)
    const inside = unlistedIn(bench, connection, said)
    if (inside !== undefined) return inside
  }
  return undefined
}

const unknown = (name: string, object: { readonly 'class-id': number; readonly 'instance-id': string }): Made<Said> =>
  fail(
    isAssociation(object)
      ? `${name}: the association has no such short name`
      : `${name}: the short name of ${object['class-id']}:${object['instance-id']} is not known, for the object list was not to be had`,
  )

const readOf = (short: number): Said => ({
  name: 'read-request',
  said: { 'variable-access-specification': [{ 'variable-name': short }] },
})

const readWith = (short: number, selector: Value, parameter: Value): Said => ({
  name: 'read-request',
  said: {
    'variable-access-specification': [{ 'parameterized-access': { 'variable-name': short, selector, parameter } }],
  },
})

const writeTo = (short: number, value: Value): Said => ({
  name: 'write-request',
  said: { 'variable-access-specification': [{ 'variable-name': short }], 'list-of-data': [value] },
})
