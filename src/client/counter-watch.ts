// Invocation counters of the server: under one key none comes twice, and none comes after a higher one (IEC 62056-5-3, Invocation counter; ruling Y23).
import { hex } from '../codec/value.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import type { Deciphered } from './security-context.ts'

interface Last {
  readonly invocationCounter: number
  /** The protected APDU: a link or a block transfer may send the same octets again. */
  readonly octets: string
}

/** Undefined: the counter has risen, or the same APDU came again. */
export type Fallen = { readonly last: number; readonly found: number } | undefined

export class CounterWatch {
  readonly #last = new Map<string, Last>()

  /** A key has come to the meter anew: its counter may begin anew as well (ruling Y25). */
  forget(title: Uint8Array, key: Uint8Array): void {
    this.#last.delete(counterName(title, key))
  }

  /** `octets`: the whole protected APDU. */
  judge({ title, invocationCounter }: Deciphered, key: Uint8Array, octets: Uint8Array): Fallen {
    const of = counterName(title, key)
    const came = hex(octets)
    const last = this.#last.get(of)
    if (last === undefined || invocationCounter > last.invocationCounter) {
      this.#last.set(of, { invocationCounter, octets: came })
      return undefined
    }
    return last.octets === came ? undefined : { last: last.invocationCounter, found: invocationCounter }
  }
}
