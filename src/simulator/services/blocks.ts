// Cutting what is too long for one APDU into blocks (IEC 62056-5-3, block transfer; ruling B8).

/** Octets in front of the length of the raw data: tag, choice, invoke-id, last-block, block-number, and in GET the choice of a result. */
export const GET_BLOCK_HEADER = 9
export const ACTION_BLOCK_HEADER = 8

/** How many octets of raw data a block has room for, so that header, length and raw data are no longer than `limit`. */
export function roomFor(limit: number, header: number): number {
  const behindHeader = limit - header
  const lengthOctets = behindHeader <= 128 ? 1 : behindHeader <= 257 ? 2 : 3
  return Math.max(1, behindHeader - lengthOctets)
}

/** A piece of a long value, and where the next one begins. */
export interface Piece {
  readonly raw: Uint8Array
  readonly next: number
}

export const cut = (octets: Uint8Array, at: number, room: number): Piece => ({
  raw: octets.subarray(at, at + room),
  next: at + room,
})

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
