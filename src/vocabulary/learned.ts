// What a run asks the meter once, whoever needs it: the short names of a client, and the invocation counters.
import type { ListedObject } from '../client/short-names/object-names.ts'
import type { NameBook } from '../client/short-names/services.ts'
import type { Connection } from './connection.ts'
import type { DeclaredClient } from './declared.ts'

/** A client at a device: each pair has an object list of its own. */
type Pair = Pick<Connection, 'client' | 'device'>

export class Learned {
  readonly #named = new Map<string, readonly ListedObject[]>()
  readonly #triedNames = new Set<string>()
  readonly #triedCounters = new Set<string>()

  /** The short names of the objects of a connection's association: read once in a run. */
  namesOf(who: Pair): NameBook {
    const key = keyOf(who)
    return {
      known: () => this.#named.get(key),
      learn: (listed) => void this.#named.set(key, listed),
    }
  }

  /** Whether the names are to be read: they are not known, and this is the first time that anybody asks. */
  triesNames(who: Pair): boolean {
    const key = keyOf(who)
    if (this.#named.has(key) || this.#triedNames.has(key)) return false
    this.#triedNames.add(key)
    return true
  }

  /** Whether the meter is to be asked for the invocation counter of a client: this is the first time that anybody needs it. */
  triesCounter({ name }: DeclaredClient): boolean {
    if (this.#triedCounters.has(name)) return false
    this.#triedCounters.add(name)
    return true
  }
}

const keyOf = ({ client, device }: Pair): string => `${client.name}/${device.name}`
