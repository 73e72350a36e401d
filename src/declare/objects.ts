// Objects of a draft that the suites ask for: what was read without harm, never what would have to be written or run.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import type { CosemAttributeDescriptor } from '../protocol/xdlms/common.ts'
import type { NamedClient } from './clients.ts'
import type { Opened } from './findings.ts'
import { OBJECT_LIST, READINGS } from './readings.ts'

type Objects = NonNullable<NonNullable<MeterDeclaration['testing']>['objects']>

/** Short and always the same: the first of them that somebody may read. */
const STEADY = ['time-zone', 'logical-device-name', 'serial-number'] as const
/** So long it takes several frames, or blocks where these are small. */
const LONG_OCTETS = 256

export function objectsOf(clients: readonly NamedClient[]): Objects {
  const others = clients.filter(({ role }) => role !== 'public')
  const steady = STEADY.map((name) => ({ attribute: READINGS[name], roles: rolesThatRead(others, name, 0) }))
  const readable = steady.find(({ roles }) => roles.length > 0)
  const long = rolesThatRead(others, 'object-list', LONG_OCTETS)
  const context = others.find(({ role }) => long.includes(role))?.declared.context ?? 'ln'
  const kept = keptForManagement(clients)
  return {
    ...(readable ? { readable: declaredFor(readable.attribute, readable.roles) } : {}),
    ...(long.length > 0 ? { long: declaredFor(OBJECT_LIST[context], long) } : {}),
    ...(kept ? { managementOnly: declaredFor(kept, [MANAGEMENT]) } : {}),
  }
}

const MANAGEMENT = 'management'

/** Read by each management client, and by nobody else who was there and asked for it. */
function keptForManagement(clients: readonly NamedClient[]): CosemAttributeDescriptor | undefined {
  const managers = clients.filter(({ role }) => role === MANAGEMENT)
  const others = clients.filter(({ role, opened }) => role !== MANAGEMENT && opened.length > 0)
  const all = others.flatMap(({ opened }) => opened)
  if (managers.length === 0 || others.length === 0 || all.some(({ came }) => !came.complete)) return undefined
  const isRead =
    (name: string) =>
    ({ came }: { readonly came: Opened }) =>
      came.values.some((value) => value.name === name)
  const found = Object.entries(READINGS).find(
    ([name]) => rolesThatRead(managers, name, 0).length > 0 && !all.some(isRead(name)),
  )
  return found?.[1]
}

const declaredFor = (attribute: CosemAttributeDescriptor, roles: readonly string[]): Objects[string] => ({
  'class-id': attribute['class-id'],
  'instance-id': attribute['instance-id'],
  'attribute-id': attribute['attribute-id'],
  for: [...roles],
})

/** Roles all of whose clients have read it, everywhere. */
function rolesThatRead(clients: readonly NamedClient[], name: string, least: number): readonly string[] {
  const reads = ({ opened }: NamedClient): boolean =>
    opened.length > 0 &&
    opened.every(({ came }) => came.values.some((value) => value.name === name && value.octets >= least))
  const roles = [...new Set(clients.map(({ role }) => role))]
  return roles.filter((role) => clients.filter((client) => client.role === role).every(reads))
}
