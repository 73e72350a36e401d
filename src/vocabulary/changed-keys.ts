// Keys and HLS secrets that clients have now in the place of the declared ones, until the old ones are back.
import { KEY_NAMES, type KeyName } from '../protocol/security/key-names.ts'
import type { DeclaredClient } from './declared.ts'
import type { TesterSetup } from './setup.ts'
import type { ChangedName, Ring, StoredKey } from './steps/key-journal.ts'

const NONE: Ring = new Map()

export class ChangedKeys {
  readonly #rings = new Map<string, Ring>()

  /** Those that are not as declared. */
  of({ name }: Pick<DeclaredClient, 'name'>): Ring {
    return this.#rings.get(name) ?? NONE
  }

  /** Those of APDUs. */
  ringOf(client: Pick<DeclaredClient, 'name'>): ReadonlyMap<KeyName, Uint8Array> {
    const ring = this.of(client)
    return new Map(KEY_NAMES.flatMap((name) => entryOf(name, ring.get(name))))
  }

  keep({ name }: Pick<DeclaredClient, 'name'>, ring: Ring): void {
    this.#rings.set(name, new Map([...(this.#rings.get(name) ?? []), ...ring]))
  }

  /** The declared ones are back. */
  forget({ name }: Pick<DeclaredClient, 'name'>, ring: Ring): void {
    const left = [...(this.#rings.get(name) ?? [])].filter(([key]) => !ring.has(key))
    this.#rings.set(name, new Map(left))
  }
}

const entryOf = (name: KeyName, key: Uint8Array | undefined): readonly (readonly [KeyName, Uint8Array])[] =>
  key === undefined ? [] : [[name, key]]

/** The declared key of a client, by the name of its secret. */
export function declaredKey(
  { security, secret }: Pick<DeclaredClient, 'security' | 'secret'>,
  name: ChangedName,
): StoredKey | undefined {
  const named = name === 'hls-secret' ? secret : security?.keys[name]
  return named === undefined ? undefined : { secret: named }
}

/** Octets of a declared key. */
export function declaredOctets(
  client: Pick<DeclaredClient, 'security' | 'secret'>,
  name: ChangedName,
  { secret }: Pick<TesterSetup, 'secret'>,
): Uint8Array | undefined {
  const key = declaredKey(client, name)
  return key && 'secret' in key ? secret(key.secret) : undefined
}
