// Blocks of an answer (IEC 62056-5-3, block transfer; ruling B8).

/** Octets beside the raw data and its length: tag, choice, invoke-id, last-block, block-number, and in GET the choice of a result. */
export const AROUND_GET_BLOCK = 9
export const AROUND_ACTION_BLOCK = 8

/** A piece of a long value, and where the next one begins. */
export interface Piece {
  readonly raw: Uint8Array
  readonly next: number
}

export const cut = (octets: Uint8Array, at: number, room: number): Piece => ({
  raw: octets.subarray(at, at + room),
  next: at + room,
})
