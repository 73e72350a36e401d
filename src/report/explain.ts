import { unhex, type Value } from '../codec/value.ts'
import type { TrafficEvent } from '../engine/events.ts'

// What the readers ask of the protocol: given to them as a value, so that a report can be made (and tested) without it.

/** A named field of a message: octets `start` to `end` (not included) of the unit. */
export interface Field {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly children: readonly Field[]
  readonly value?: Value
  /** A path may leave out all but a `field`: the contents of a TLV, a group of fields. Absent: a field. */
  readonly kind?: 'field' | 'through' | 'group'
  /** A group of bits of these octets. */
  readonly mask?: number
}

export interface Explanation {
  readonly tree: Field
}

/** What several blocks carried together. */
export interface JoinedBlocks {
  /** `value`, `get-results`, `apdu`: what the octets are. */
  readonly is: string
  readonly blocks: number
  readonly octets: Uint8Array
  /** 1 for each octet that is masked. */
  readonly hidden: Uint8Array
  readonly tree: Field
  /** Why the octets are not what they should be, or could not be joined. */
  readonly trouble?: string
}

/** The APDUs of one connection in, in the order they passed; what ended in one out. */
export type WatchBlocks = (
  apdu: Uint8Array,
  hidden: Uint8Array,
  direction: TrafficEvent['direction'],
) => JoinedBlocks | undefined

export interface Explain {
  /** Never throws. Octets that were masked are zero. */
  readonly unit: (octets: Uint8Array, is: UnitKind, direction: TrafficEvent['direction']) => Explanation
  /** A whole APDU that came in several units. */
  readonly apdu: (octets: Uint8Array, direction: TrafficEvent['direction']) => Explanation
  /** Looks at one connection. */
  readonly blocks: () => WatchBlocks
}

export type UnitKind = 'hdlc' | 'wrapper' | 'sign-on' | 'octets'

/** Octets on the line, where an event is about octets. */
export const unitKind = ({ is }: TrafficEvent): UnitKind | undefined =>
  is === 'hdlc' || is === 'wrapper' || is === 'sign-on' || is === 'octets' ? is : undefined

const NONE: readonly boolean[] = []

/** Octets of a hex text in which some are masked as `XX`: those are zero, and told. Where none is, `masked` is empty. */
export function unmasked(text: string): { readonly octets: Uint8Array; readonly masked: readonly boolean[] } {
  const digits = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  const known = unhex(digits)
  if (known !== undefined) return { octets: known, masked: NONE }
  const read = Array.from({ length: Math.ceil(digits.length / 2) }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  )
  return { octets: Uint8Array.from(read, (octet) => octet || 0), masked: read.map(Number.isNaN) }
}

/** Whether one of the octets `[start, end)` is masked. */
export const hides = (masked: readonly boolean[], { start, end }: Pick<Field, 'start' | 'end'>): boolean =>
  masked.length > 0 && masked.slice(start, end).includes(true)
