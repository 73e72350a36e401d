// Service-specific block transfer (IEC 62056-5-3 clauses 9.4.6.3 to 9.4.6.6): raw data in numbered blocks, from 1, each after the
// acknowledgement of the one before. The same for GET, SET, ACTION and, with numbers of 16 bits, for short names.

/** DataBlock-SA; DataBlock-G and the blocks of short names have the same three parts. */
export interface Datablock {
  readonly 'last-block': boolean
  readonly 'block-number': number
  readonly 'raw-data': Uint8Array
}

/** Raw data that cannot be cut: a block would hold nothing, or there would be more blocks than numbers. */
export interface CutFailure {
  readonly is: 'no-room' | 'too-many-blocks'
  readonly expected: string
  readonly found: string
}

/** A block that is not the one that is due, more octets than are taken, or too many blocks without any. */
export interface BlockFailure {
  readonly is: 'block-number' | 'too-long' | 'no-data'
  readonly expected: number
  readonly found: number
}
