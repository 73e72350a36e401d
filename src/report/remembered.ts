// What is made of the same octets again and again is made once.
import { hex } from '../codec/value.ts'
import type { Explain, Explanation } from './explain.ts'

/** So many results are kept; then it begins anew: a run may have any number of units. */
const MOST = 1024

/** Gives what was made for a key before, or makes it. */
export function remembered<T>(most = MOST): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}

/** Explains each unit once, however many readers ask. */
export function explainedOnce({ unit, apdu, blocks }: Explain): Explain {
  const units = remembered<Explanation>()
  const apdus = remembered<Explanation>()
  return {
    unit: (octets, is, direction) => units(`${is} ${direction} ${hex(octets)}`, () => unit(octets, is, direction)),
    apdu: (octets, direction) => apdus(`${direction} ${hex(octets)}`, () => apdu(octets, direction)),
    blocks,
  }
}
