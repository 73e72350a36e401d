// Meters that are run together: which secrets of one another one has, too. They are compared by value, and only names come out.
import type { ClientSecurity, MeterDeclaration } from '../engine/declaration.generated.ts'
import type { Instance } from '../engine/instance.ts'
import { isRecord } from '../protocol/json.ts'

type Client = NonNullable<NonNullable<MeterDeclaration['testing']>['clients']>[string]

/** One of the meters, with where its secrets are by value. */
export interface Unit {
  readonly meter: string
  readonly content: MeterDeclaration
  readonly secret: (name: string) => Uint8Array | undefined
}

/** What is to be of one meter alone. The broadcast key is for all by its purpose, and what a client signs and agrees with is its own towards each meter. */
const OF_ONE_UNIT = ['global-unicast-encryption-key', 'authentication-key', 'master-key'] as const
const BY_SECRET = ['hls-2', 'hls-md5', 'hls-sha1', 'hls-sha256'] as const
const BROADCAST = 'global-broadcast-encryption-key'
const AUTHENTICATION = 'authentication-key'

/** Other meter → names of what it has in common with this client. Two declarations of one and the same meter have nothing in common. */
export function sharedWith(client: Client, own: Unit, others: readonly Unit[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const other of others.filter((each) => each.meter !== own.meter && !isSame(each, own))) {
    const clients = Object.values(other.content.testing?.clients ?? {})
    const names = new Set(clients.flatMap((each) => inCommon(held(client, own), held(each, other))))
    if (names.size > 0) found.set(other.meter, [...names])
  }
  return found
}

/** Whoever says who it is says so by its system title and its serial number: the same in all that both declare. */
function isSame({ content: a }: Unit, { content: b }: Unit): boolean {
  const said = identities(a)
    .map((one, at) => [one, identities(b)[at]] as const)
    .filter(([one, other]) => one !== undefined && other !== undefined)
  return said.length > 0 && said.every(([one, other]) => one === other)
}

const identities = ({ supports, identification }: MeterDeclaration): readonly (string | undefined)[] => [
  supports?.security?.systemTitle?.toUpperCase(),
  identification?.['serialNumber'],
]

/** Secrets that are to be of one meter alone, by their names, and the broadcast key. */
interface Held {
  readonly secrets: ReadonlyMap<string, Uint8Array>
  readonly broadcast: Uint8Array | undefined
}

/** Keys that were made for tests may be those of every meter on the bench. */
function held({ mechanism, secret, security }: Client, { secret: octets }: Unit): Held {
  if (security?.forTest === true) return { secrets: new Map(), broadcast: undefined }
  const of = (name: string | undefined): Uint8Array | undefined => (name === undefined ? undefined : octets(name))
  const keys: ClientSecurity['keys'] = security?.keys ?? {}
  const named = [
    ...OF_ONE_UNIT.map((key) => [key, of(keys[key])] as const),
    ['password', mechanism === 'lls' ? of(secret) : undefined] as const,
    ['HLS secret', BY_SECRET.some((each) => each === mechanism) ? of(secret) : undefined] as const,
  ]
  return {
    secrets: new Map(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))),
    broadcast: of(keys[BROADCAST]),
  }
}

function inCommon(own: Held, other: Held): readonly string[] {
  // What is sent to all is authenticated with a key that all have.
  const forAll = isEqual(own.broadcast, other.broadcast) && isEqual(...authenticationOf(own, other))
  return [...own.secrets]
    .filter(([name]) => !(forAll && name === AUTHENTICATION))
    .filter(([, octets]) => [...other.secrets.values()].some((each) => isEqual(each, octets)))
    .map(([name]) => name)
}

const authenticationOf = (own: Held, other: Held) =>
  [own.secrets.get(AUTHENTICATION), other.secrets.get(AUTHENTICATION)] as const

const isEqual = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one !== undefined && other !== undefined && Buffer.compare(one, other) === 0

/** A row of the axis other-units stands in its matrix: it is nothing without the other meters. */
export const comparesUnits = ({ rows }: Pick<Instance, 'rows'>): boolean =>
  Object.values(rows).some((row) => isRecord(row) && row['shared'] !== undefined)
