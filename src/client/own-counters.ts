// The invocation counters of one client, one for each of its keys (IEC 62056-5-3, Invocation counter).
import { fail, type Result } from '../codec/value.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import type { KeyName } from '../protocol/security/key-names.ts'
import type { KeyRing } from './key-ring.ts'

/** Gives the next value of a counter, never given before. */
export interface Counters {
  take(counter: string): Result<number, { readonly where: string; readonly detail: string }>
  /** This value was used, whoever chose it: what is given from now on is above it. */
  pass(counter: string, used: number): void
}

/** The key whose counter a key uses. The counter of a dedicated key may begin at any value: it goes on with that of the global key, which also suits servers that have one counter for both. */
const counted = (name: KeyName): KeyName => (name === 'dedicated-key' ? 'global-unicast-encryption-key' : name)

export class OwnCounters {
  readonly #counters: Counters
  readonly #title: Uint8Array
  readonly #ring: KeyRing

  /** `title`: under which they go. */
  constructor(counters: Counters, title: Uint8Array, ring: KeyRing) {
    this.#counters = counters
    this.#title = title
    this.#ring = ring
  }

  /** Taken before the APDU is sent, and never given back. */
  next(asked: KeyName): Result<number, string> {
    const name = counted(asked)
    const key = this.#ring.key(name)
    if (key === undefined) return fail(`the ${name} is not known`)
    const taken = this.#counters.take(counterName(this.#title, key))
    return taken.ok ? taken : fail(`${taken.failure.where}: ${taken.failure.detail}`)
  }

  /** An APDU leaves under a counter that a case has chosen: none comes twice, and none that the server would take for a lower one. */
  pass(name: KeyName, used: number): void {
    const key = this.#ring.key(counted(name))
    if (key !== undefined) this.#counters.pass(counterName(this.#title, key), used)
  }
}
