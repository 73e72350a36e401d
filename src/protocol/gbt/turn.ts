import type { GeneralBlockTransfer } from '../xdlms/general-block-transfer.ts'
import { HIGHEST_NUMBER, type Transfer } from './transfer.ts'

interface Turn {
  readonly transfer: Transfer
  readonly blocks: readonly GeneralBlockTransfer[]
}

/**
 * What a side sends in its turn: all that the other side has not acknowledged, lost blocks again, and new ones as far as its window goes; without
 * data a block that only acknowledges. Called again after a time-out, it repeats the turn. No blocks: the other side takes none (window 0).
 */
export function turn(transfer: Transfer): Turn {
  const { acknowledged, own, peerWindow } = transfer
  const from = Math.min(acknowledged + 1, HIGHEST_NUMBER)
  const last = own === undefined ? 0 : own.last
  const to = peerWindow === 0 ? from - 1 : Math.max(from, Math.min(last, acknowledged + peerWindow))
  const blocks: GeneralBlockTransfer[] = []
  for (let number = from; number <= to; number++) blocks.push(blockOf(transfer, number, number < to))
  return { transfer: { ...transfer, sent: Math.max(transfer.sent, to) }, blocks }
}

function blockOf({ settings, own, received }: Transfer, number: number, streaming: boolean): GeneralBlockTransfer {
  return {
    'block-control': {
      'last-block': own !== undefined && number >= own.last,
      streaming,
      window: settings.window,
    },
    'block-number': number,
    'block-number-ack': received,
    'block-data': own === undefined ? NOTHING : part(own.apdu, number - own.first, settings.room),
  }
}

const NOTHING = new Uint8Array(0)

const part = (apdu: Uint8Array, index: number, room: number): Uint8Array =>
  index < 0 ? NOTHING : apdu.subarray(index * room, (index + 1) * room)

/** An APDU that nobody acknowledges, as push sends it: all blocks at once. */
export function unconfirmedBlocks(apdu: Uint8Array, room: number): readonly GeneralBlockTransfer[] {
  const count = Math.max(1, Math.ceil(apdu.length / room))
  return Array.from({ length: count }, (_, index) => ({
    'block-control': { 'last-block': index === count - 1, streaming: index < count - 1, window: 0 },
    'block-number': index + 1,
    'block-number-ack': 0,
    'block-data': part(apdu, index, room),
  }))
}
