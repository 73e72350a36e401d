// Who protects APDUs for each other, and with what: the server and one of its clients, in one association or about to have one.
import { unhex } from '../../codec/value.ts'
import { keyOctets, type KeyName } from '../../protocol/security/key-names.ts'
import type { ClientDescription } from '../description.ts'
import { securityOf, type SecurityPlace, type SecuritySetupState } from '../model/security-state.ts'
import type { Path } from '../upper.ts'

export interface Partners {
  readonly place: SecurityPlace
  readonly path: Path
  readonly state: SecuritySetupState
  /** Version of the Security setup. */
  readonly version: 0 | 1
  /** The first counter that is sent, and the lowest that is taken. */
  readonly start: number
  /** Whether the client may bring a dedicated key. */
  readonly dedicatedKeys: boolean
  /** System titles. */
  readonly server: Uint8Array
  readonly client: Uint8Array
  /** The key that the client has brought for this association. */
  readonly dedicatedKey?: Uint8Array
  /** Number of the association: no two of a meter have the same. */
  readonly association: number
}

/** What belongs to one association and not to the client. */
export type Session = Pick<Partners, 'client' | 'dedicatedKey' | 'association'>

/** Undefined: the client has no security setup, or the server no system title. */
export function partnersOf(
  place: SecurityPlace,
  path: Path,
  { securitySetup: name = '' }: ClientDescription,
  session: Session,
): Partners | undefined {
  const described = place.description.securitySetups?.[name]
  const state = securityOf(place, name)
  const server = serverTitle(place)
  if (described === undefined || state === undefined || server === undefined) return undefined
  const { version, dedicatedKeys, counters: { start } = { start: 0 } } = described
  return { place, path, state, version, start, dedicatedKeys, server, ...session }
}

export const serverTitle = ({ description }: Pick<SecurityPlace, 'description'>): Uint8Array | undefined =>
  description.systemTitle === undefined ? undefined : unhex(description.systemTitle)

/** An encryption key, and by which name it goes. */
export interface NamedKey {
  readonly name: KeyName | 'content-key'
  readonly key: Uint8Array
}

/** A key of the setup; one of a length that the suite does not know is none. */
export function keyNamed({ state }: Partners, name: KeyName): NamedKey | undefined {
  const key = state.keys[name]
  return key && key.length === keyOctets(state.suite, name) ? { name, key } : undefined
}
