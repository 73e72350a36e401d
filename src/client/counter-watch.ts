// Invocation counters of the server: under one key none comes twice, and none comes after a higher one (IEC 62056-5-3, Invocation counter; ruling Y23).
import { hex } from '../codec/value.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import type { Deciphered } from './decipher.ts'

interface Last {
  readonly invocationCounter: number
  /** The protected APDU: a link or a block transfer may send the same octets again. */
  readonly octets: string
  /** The highest one before that APDU. */
  readonly before: number
  /** The last proof of HLS. */
  readonly proof?: string
}

/** A proof of HLS by mechanism 5, made with the counter of the key that APDUs have too. */
export interface CountedProof {
  readonly title: Uint8Array
  readonly key: Uint8Array
  readonly invocationCounter: number
  readonly octets: Uint8Array
  /** Of the APDU that carries it, where that is protected with the same key. */
  readonly around: number | undefined
}

/** Undefined: the counter has risen, or the same APDU came again. */
export type Fallen = { readonly last: number; readonly found: number } | undefined

const NONE = -1

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
    const before = last?.invocationCounter ?? NONE
    if (invocationCounter > before) {
      this.#last.set(of, { ...last, invocationCounter, octets: came, before })
      return undefined
    }
    return last?.octets === came ? undefined : { last: before, found: invocationCounter }
  }

  /** The APDU around it has been judged: of the two counters either may be the higher one, and both are new. */
  judgeProof({ title, key, invocationCounter, octets, around }: CountedProof): Fallen {
    const of = counterName(title, key)
    const came = hex(octets)
    const last = this.#last.get(of) ?? { invocationCounter: NONE, octets: '', before: NONE }
    if (last.proof === came) return undefined
    const before = last.invocationCounter === around ? last.before : last.invocationCounter
    if (invocationCounter <= before) return { last: before, found: invocationCounter }
    if (invocationCounter === around) return { last: around, found: invocationCounter }
    this.#last.set(of, { ...last, invocationCounter: Math.max(last.invocationCounter, invocationCounter), proof: came })
    return undefined
  }
}
