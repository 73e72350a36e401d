import { whole, withPart } from '../block-transfer/parts.ts'
import type { GeneralBlockTransfer } from '../xdlms/general-block-transfer.ts'
import { isDelivered, type GbtFailure, type Transfer } from './transfer.ts'

/** How a block stands to those before it: the one that is due, one that was there before, one behind a gap. */
export type BlockOrder = 'in-order' | 'repeated' | 'out-of-order'

export type Taken = { readonly transfer: Transfer; readonly order: BlockOrder } & (
  | { readonly is: 'more' }
  /** It is this side's turn. */
  | { readonly is: 'turn' }
  /** The other side's APDU is complete. A side whose own APDU is still to come gives it and has the turn; else nothing is to be sent. */
  | { readonly is: 'whole'; readonly apdu: Uint8Array }
  /** Both sides have all there is. */
  | { readonly is: 'done' }
  /** The other side gave up (ruling B11: in doubt). */
  | { readonly is: 'aborted' }
  | { readonly is: 'failed'; readonly failure: GbtFailure }
)

const LIMIT = 0x400000

/** Turns that bring neither data in order nor an acknowledgement of own data; after so many the other side is not going on. */
const MOST_IDLE_TURNS = 8

/** Takes one block of the other side in. Blocks behind a gap are not kept: they come again after the turn that tells of the gap. */
export function take(transfer: Transfer, block: GeneralBlockTransfer): Taken {
  const { 'block-control': control, 'block-number': number, 'block-number-ack': acknowledged } = block
  const order = orderOf(transfer, number)
  const failed = (is: GbtFailure['is'], expected: number, found: number): Taken => ({
    is: 'failed',
    transfer,
    order,
    failure: { is, expected, found },
  })
  if (acknowledged > transfer.sent) return failed('acknowledged-unsent', transfer.sent, acknowledged)
  if (isAbort(block)) return { is: 'aborted', transfer, order }

  const isNew = order === 'in-order'
  const data = block['block-data']
  if (isNew && transfer.whole && data.length > 0) return failed('data-after-last', 0, data.length)
  const limit = transfer.settings.limit ?? LIMIT
  const parts = isNew ? withPart(transfer.parts, data) : transfer.parts
  if (parts.octets > limit) return failed('too-long', limit, parts.octets)

  const ends = !control.streaming || control['last-block']
  const moved = (isNew && data.length > 0) || (acknowledged > transfer.acknowledged && isOwing(transfer))
  const idle = moved ? 0 : transfer.idle + (ends ? 1 : 0)
  if (idle > MOST_IDLE_TURNS) return failed('no-progress', MOST_IDLE_TURNS, idle)
  const next: Transfer = {
    ...transfer,
    // what was acknowledged stays so: an older block may have been overtaken
    acknowledged: Math.max(transfer.acknowledged, acknowledged),
    peerWindow: control.window,
    received: isNew ? number : transfer.received,
    parts,
    // a side that has nothing yet may say that it has nothing more
    whole: transfer.whole || (isNew && control['last-block'] && parts.octets > 0),
    idle,
  }
  if (next.whole && !transfer.whole) return { is: 'whole', apdu: whole(parts), transfer: next, order }
  if (!ends || (next.whole && next.own === undefined)) return { is: 'more', transfer: next, order }
  return { is: next.whole && isDelivered(next) ? 'done' : 'turn', transfer: next, order }
}

/** A part of the own APDU is not acknowledged yet. */
const isOwing = (transfer: Transfer): boolean => transfer.own !== undefined && !isDelivered(transfer)

function orderOf({ received }: Transfer, number: number): BlockOrder {
  if (number === received + 1) return 'in-order'
  return number > received || number === 0 ? 'out-of-order' : 'repeated'
}

/** The other side gives the transfer up (ruling B11: in doubt). */
export const isAbort = (block: GeneralBlockTransfer): boolean => {
  const { 'last-block': last, window } = block['block-control']
  return last && window === 0 && block['block-data'].length === 0
}

/** The first block of an exchange: what comes after belongs to it, and what was before is over. */
export const startsExchange = (block: GeneralBlockTransfer): boolean =>
  block['block-number'] === 1 && block['block-number-ack'] === 0
