// For defects of a careless parser: what comes in, why it cannot be read, and what is made of it instead.
import { decode, type DecodeFailure } from '../../../codec/codec.ts'
import { concat } from '../../../codec/operator.ts'
import { xdlms } from '../../../protocol/xdlms/xdlms.ts'
import type { Decisions } from '../../decisions.ts'
import type { Memory } from '../../memory.ts'
import type { Parsing } from '../../services/parsing.ts'

/** ACSE has a decoder of its own. */
export const isAcse = (octets: Uint8Array): boolean => (octets[0] ?? 0) >> 4 === 6

/** Why the octets are no xDLMS APDU; undefined: they are one. */
export const failureOf = (octets: Uint8Array): DecodeFailure | undefined => {
  const read = decode(xdlms, octets)
  return read.ok ? undefined : read.failure
}

/** What a defect makes of octets; undefined: what was done before. */
type Misread = (octets: Uint8Array, memory: Memory, maxReceivePduSize: number) => Parsing | undefined

/** APDUs other than those of ACSE, parsed in another way. */
export const misreads = (d: Decisions, misread: Misread): Decisions => {
  const { parse } = d.parsing
  return {
    ...d,
    parsing: {
      parse: (octets, memory, most) =>
        (isAcse(octets) ? undefined : misread(octets, memory, most)) ?? parse(octets, memory, most),
    },
  }
}

/** The same for octets that are no APDU; `read` sees why. */
export const misreadsFaulty = (
  d: Decisions,
  misread: (failure: DecodeFailure, octets: Uint8Array, memory: Memory) => Parsing | undefined,
): Decisions =>
  misreads(d, (octets, memory) => {
    const failure = failureOf(octets)
    return failure === undefined ? undefined : misread(failure, octets, memory)
  })

export const served = (memory: Memory, ...parts: readonly Uint8Array[]): Parsing => ({
  is: 'served',
  octets: concat(parts),
  memory,
})

/** The length that stands at an octet, and how many octets it takes. */
export function lengthAt(octets: Uint8Array, at: number): { readonly length: number; readonly width: number } {
  const first = octets[at] ?? 0
  if (first < 0x80) return { length: first, width: 1 }
  const more = octets.subarray(at + 1, at + 1 + (first & 0x7f))
  return { length: more.reduce((sum, octet) => sum * 256 + octet, 0), width: 1 + more.length }
}
