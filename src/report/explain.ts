import type { Value } from '../codec/value.ts'
import type { TrafficEvent } from '../engine/events.ts'

// What the readers ask of the protocol: given to them as a value, so that a report can be made (and tested) without it.

/** A named field of a message: octets `start` to `end` (not included) of the unit. */
export interface Field {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly children: readonly Field[]
  readonly value?: Value
  /** A group of bits of these octets. */
  readonly mask?: number
}

export interface Explanation {
  readonly tree: Field
}

export interface Explain {
  /** Never throws. Octets that were masked are zero. */
  readonly unit: (octets: Uint8Array, is: UnitKind, direction: TrafficEvent['direction']) => Explanation
  /** A whole APDU that came in several units. */
  readonly apdu: (octets: Uint8Array, direction: TrafficEvent['direction']) => Explanation
}

export type UnitKind = 'hdlc' | 'wrapper' | 'sign-on' | 'octets'

/** Octets on the line, where an event is about octets. */
export const unitKind = ({ is }: TrafficEvent): UnitKind | undefined =>
  is === 'hdlc' || is === 'wrapper' || is === 'sign-on' || is === 'octets' ? is : undefined

/** Octets of a hex text in which some are masked as `XX`: those are zero, and told. */
export function unmasked(text: string): { readonly octets: Uint8Array; readonly masked: readonly boolean[] } {
  const digits = text.replace(/\s+/g, '')
  const known = Array.from({ length: Math.ceil(digits.length / 2) }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  )
  return { octets: Uint8Array.from(known, (octet) => octet || 0), masked: known.map(Number.isNaN) }
}
