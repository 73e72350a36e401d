// Objects that the declaration gives to the tests, against the object list of a client that may use them.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, type JsonRecord } from '../../protocol/json.ts'
import { asDeclared, record, type Broken } from './as-declared.ts'

/** `client` and `device` as their axes have them, `objects` of the declaration. */
export function objectsAsDeclared(listed: Value, argument: Value | undefined): Checked {
  const { client, device, objects } = record(argument)
  const here = Object.entries(record(objects)).map(([name, each]) => [name, record(each)] as const)
  const at = here.filter(([, object]) => standsOn(object, record(client), record(device)))
  const list = isList(listed) ? listed.map(record) : []
  return asDeclared(at.flatMap(([name, object]) => brokenIn(name, object, list, record(client))))
}

/** Without a logical device it is for the one that the client is met at by default. */
function standsOn({ device }: JsonRecord, { devices }: JsonRecord, { name }: JsonRecord): boolean {
  const [first] = devices !== undefined && isList(devices) ? devices : []
  return (device ?? first) === name
}

const hasRight = ({ for: roles }: JsonRecord, { role, name }: JsonRecord): boolean | undefined =>
  roles !== undefined && isList(roles) ? roles.some((each) => each === role || each === name) : undefined

function brokenIn(
  name: string,
  object: JsonRecord,
  list: readonly JsonRecord[],
  client: JsonRecord,
): readonly Broken[] {
  const claim = `testing.objects.${name}`
  const broken = (expected: string, found: string): readonly Broken[] => [{ claim, expected, found }]
  const { 'class-id': classId, 'instance-id': instanceId } = object
  const named = list.filter((each) => each['instance-id'] === instanceId)
  const there = named.find((each) => each['class-id'] === classId)
  const title = `${JSON.stringify(classId)}:${typeof instanceId === 'string' ? instanceId : '?'}`
  const right = hasRight(object, client)
  if (right === undefined) return []
  if (there === undefined && !right) return []
  if (there === undefined)
    return broken(
      `${title} listed to ${textOf(client['name'])}`,
      named.length === 0
        ? 'no such object'
        : `class ${named.map((each) => JSON.stringify(each['class-id'])).join(', ')}`,
    )
  if (!tellsRights(there)) return []
  const { rights, what } = memberIn(there, object)
  if (!right)
    return name === MANAGEMENT_ONLY && rights?.includes('read')
      ? broken(`${title} ${what} kept from ${textOf(client['name'])}`, 'listed as readable')
      : []
  const missing = rightsWanted(object).filter((wanted) => !rights?.includes(wanted))
  return rights === undefined
    ? broken(`${title} ${what} listed to ${textOf(client['name'])}`, 'not listed')
    : missing.length === 0
      ? []
      : broken(
          `${title} ${what} with the right ${missing.join(', ')}`,
          `listed with ${rights.join(', ') || 'no right'}`,
        )
}

/** With short names the rights stand in a list of their own, which a client need not be able to read. */
const tellsRights = ({ attributes, methods }: JsonRecord): boolean =>
  [attributes, methods].some((members) => members !== undefined && isList(members) && members.length > 0)

/** Cases try it as somebody who must not read it. */
const MANAGEMENT_ONLY = 'managementOnly'

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : 'this client')

/** The attribute or method that is meant, with its rights; undefined: it is not listed. Neither: the object alone. */
function memberIn(
  there: JsonRecord,
  { 'attribute-id': attributeId, 'method-id': methodId }: JsonRecord,
): { readonly rights: readonly string[] | undefined; readonly what: string } {
  if (methodId !== undefined)
    return { rights: rightsOf(there['methods'], 'method-id', methodId), what: `method ${JSON.stringify(methodId)}` }
  if (attributeId === undefined) return { rights: [], what: 'as a whole' }
  return {
    rights: rightsOf(there['attributes'], 'attribute-id', attributeId),
    what: `attribute ${JSON.stringify(attributeId)}`,
  }
}

function rightsOf(members: Value | undefined, key: string, id: Value): readonly string[] | undefined {
  const all = members !== undefined && isList(members) ? members.map(record) : []
  const { rights } = all.find((each) => each[key] === id) ?? {}
  return rights !== undefined && isList(rights) ? rights.filter((each) => typeof each === 'string') : undefined
}

/** What the tests do with it. */
const rightsWanted = ({ 'attribute-id': attribute, 'method-id': method, values }: JsonRecord): readonly string[] =>
  method !== undefined ? ['invoke'] : attribute === undefined ? [] : values === undefined ? ['read'] : ['read', 'write']
