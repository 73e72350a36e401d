/** Ways octets can fail to be what a codec describes. */
export type Fault =
  | 'short' // fewer octets than the field needs
  | 'surplus' // octets left over
  | 'tag' // no alternative has this tag
  | 'constant' // other octets than the standard fixes
  | 'presence' // a presence octet that is neither 00 nor 01
  | 'length' // a length that is not one, or reaches beyond the octets there are
  | 'count' // more elements than octets are left
  | 'value' // a value out of its range
  | 'derived' // a length or check sequence that does not fit what was sent
  | 'depth' // nested too deep
  | 'form' // readable, but not in the form the standard demands (never shortest, padding not zero)
  | 'undefined' // a number for which the standard has no name
  | 'legacy' // readable only as meters of older editions have it, which the standard does not (G15)

/** Where decoding failed, or what it remarked: the octet, what the codec expected there and what it found. */
export interface DecodeFailure {
  readonly fault: Fault
  readonly at: number
  readonly expected: string
  readonly found: string
  /** The field, as a suite would name it; empty for the whole. */
  readonly path: string
}

/** Leaves a `read` that cannot go on. Never leaves this room: `decode` and `explain` catch it. */
export class Unreadable extends Error {
  readonly failure: Omit<DecodeFailure, 'path'>
  /** The field of the one that was being read, where that is more exact. */
  readonly field: string | undefined
  constructor(failure: Omit<DecodeFailure, 'path'>, field?: string) {
    super(`octet ${failure.at}: expected ${failure.expected}, found ${failure.found}`)
    this.failure = failure
    this.field = field
  }
}
