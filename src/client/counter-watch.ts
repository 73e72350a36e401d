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

/** Undefined: the counter has risen, or the same APDU came again. `of`: the counter. */
export type Fallen = { readonly last: number; readonly found: number; readonly of: string } | undefined

/** Where a counter is after an APDU or a proof; undefined: it has fallen, from `last`. */
type Moved = { readonly now: Last } | { readonly last: number; readonly found: number }

const NONE = -1

const NOTHING: Last = { invocationCounter: NONE, octets: '', before: NONE }

export class CounterWatch {
  readonly #last = new Map<string, Last>()
  /** Of those that have fallen, where they have been since. */
  readonly #since = new Map<string, Last>()

  /** A key has come to the meter anew: its counter may begin anew as well (ruling Y25). */
  forget(title: Uint8Array, key: Uint8Array): void {
    const of = counterName(title, key)
    this.#last.delete(of)
    this.#since.delete(of)
  }

  /** An instance FAILED by the fall of this counter. That is one fault, and one finding: from now on it rises from where it has come to since. */
  told(of: string): void {
    const since = this.#since.get(of)
    if (since === undefined) return
    this.#last.set(of, since)
    this.#since.delete(of)
  }

  /** `octets`: the whole protected APDU. */
  judge({ title, invocationCounter }: Deciphered, key: Uint8Array, octets: Uint8Array): Fallen {
    const came = hex(octets)
    return this.#judged(counterName(title, key), (last) => movedByApdu(last, invocationCounter, came))
  }

  /** The APDU around it has been judged: of the two counters either may be the higher one, and both are new. */
  judgeProof({ title, key, ...proof }: CountedProof): Fallen {
    return this.#judged(counterName(title, key), (last) => movedByProof(last, proof))
  }

  /** One that has fallen is measured by where it was before, until that is told. */
  #judged(of: string, moved: (last: Last) => Moved): Fallen {
    const after = moved(this.#last.get(of) ?? NOTHING)
    const since = this.#since.get(of)
    if ('now' in after) this.#last.set(of, after.now)
    if (since !== undefined || 'last' in after) {
      const lately = moved(since ?? NOTHING)
      if ('now' in lately) this.#since.set(of, lately.now)
    }
    return 'last' in after ? { ...after, of } : undefined
  }
}

function movedByApdu(last: Last, found: number, came: string): Moved {
  const before = last.invocationCounter
  if (found > before) return { now: { ...last, invocationCounter: found, octets: came, before } }
  return last.octets === came ? { now: last } : { last: before, found }
}

function movedByProof(last: Last, { invocationCounter, octets, around }: Omit<CountedProof, 'title' | 'key'>): Moved {
  const came = hex(octets)
  if (last.proof === came) return { now: last }
  const before = last.invocationCounter === around ? last.before : last.invocationCounter
  if (invocationCounter <= before) return { last: before, found: invocationCounter }
  if (invocationCounter === around) return { last: around, found: invocationCounter }
  return { now: { ...last, invocationCounter: Math.max(last.invocationCounter, invocationCounter), proof: came } }
}
