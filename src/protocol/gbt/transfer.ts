// General block transfer (IEC 62056-5-3 clause 9.4.6.13): an APDU of any service in numbered blocks, in windows. One side of one exchange;
// client and server do the same. A side sends in its turn, `turn` says what; the other side's blocks are for `take`.
import { fail, ok, type Result } from '../../codec/value.ts'
import { NO_PARTS, type Parts } from '../block-transfer/parts.ts'
import { roomWithin } from '../block-transfer/room.ts'

export interface GbtSettings {
  /** Blocks this side is ready to receive before it acknowledges them: 1 to 63. */
  readonly window: number
  /** Octets of the APDU in each block that this side sends. */
  readonly room: number
  /** Octets that are kept of the other side's APDU: a peer that never ends it must not fill the memory. */
  readonly limit?: number
}

/** A transfer that cannot go on. */
export interface GbtFailure {
  readonly is: 'acknowledged-unsent' | 'data-after-last' | 'too-long' | 'too-many-blocks' | 'no-room' | 'no-progress'
  readonly expected: number
  readonly found: number
}

/** The own APDU, in blocks from number `first` on. */
interface Outgoing {
  readonly apdu: Uint8Array
  readonly first: number
  readonly last: number
}

export interface Transfer {
  readonly settings: GbtSettings
  /** Undefined: it is still to come, as a server's answer; an APDU without octets: there is none, as for a request that was sent whole. */
  readonly own: Outgoing | undefined
  /** The highest number of a block that was sent, and of those the other side has got without a gap. */
  readonly sent: number
  readonly acknowledged: number
  /** What the other side said of its window; 1 as long as it has said nothing. */
  readonly peerWindow: number
  /** The highest number received without a gap. */
  readonly received: number
  readonly parts: Parts
  /** The other side's APDU is there as a whole, or none is expected. */
  readonly whole: boolean
  /** Turns in a row that brought nothing new. */
  readonly idle: number
}

/** Numbers have 16 bits. */
export const HIGHEST_NUMBER = 0xffff

/** Octets of a General-Block-Transfer APDU besides its data and the length of these: tag, block-control, two numbers. */
const AROUND = 6

/** How much of an APDU fits in a block of an APDU of at most `maximum` octets (0: of any size). */
export const gbtRoomWithin = (maximum: number): number => roomWithin(maximum, AROUND)

/** `expects`: an APDU of the other side is due. */
export const transferOf = (settings: GbtSettings, expects = true): Transfer => ({
  settings,
  own: undefined,
  sent: 0,
  acknowledged: 0,
  peerWindow: 1,
  received: 0,
  parts: NO_PARTS,
  whole: !expects,
  idle: 0,
})

/** Gives a side what it has to send. */
export function withApdu(transfer: Transfer, apdu: Uint8Array): Result<Transfer, GbtFailure> {
  const { room } = transfer.settings
  if (room < 1) return fail({ is: 'no-room', expected: 1, found: room })
  const first = transfer.sent + 1
  const last = transfer.sent + Math.ceil(apdu.length / room)
  if (last > HIGHEST_NUMBER) return fail({ is: 'too-many-blocks', expected: HIGHEST_NUMBER, found: last })
  return ok({ ...transfer, own: { apdu, first, last } })
}

/** The other side has all of the own APDU. */
export const isDelivered = ({ own, acknowledged }: Transfer): boolean => own !== undefined && acknowledged >= own.last
