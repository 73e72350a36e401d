import { hex } from '../codec/value.ts'
import { remembered } from '../codec/remembered.ts'
import type { Explain, Explanation } from './explain.ts'

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
