// General block transfer as the server does it (IEC 62056-5-3 clause 9.4.6.13; rulings B10–B12): blocks in, the APDU in them served, its answer in blocks.
import { decode } from '../../codec/codec.ts'
import { startsExchange, take } from '../../protocol/gbt/take.ts'
import { gbtRoomWithin, HIGHEST_NUMBER, transferOf, withApdu, type Transfer } from '../../protocol/gbt/transfer.ts'
import { turn } from '../../protocol/gbt/turn.ts'
import type { GeneralBlockTransfer } from '../../protocol/xdlms/general-block-transfer.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'

export interface GbtRules {
  /** Blocks that the server is ready to receive before it acknowledges them. */
  readonly window: number
  /** Most octets that are collected of one request. */
  readonly most: number
  readonly take: typeof take
  readonly turn: typeof turn
  /** Whether a request by itself is served, given the transfer that is under way. */
  readonly admitsOthers: (running: Transfer | undefined) => boolean
  /** What a new association finds of the transfer of the one before, on the same path. */
  readonly inherited: (before: Transfer | undefined) => Transfer | undefined
  /** Whether a block begins a new exchange. */
  readonly starts: (block: GeneralBlockTransfer) => boolean
}

export const conformantGbt: GbtRules = {
  window: 4,
  most: 16_384,
  take,
  turn,
  admitsOthers: () => true,
  inherited: () => undefined,
  starts: startsExchange,
}

/** What is sent, and the transfer that the next block may go on with. */
export interface BlocksTaken {
  readonly blocks: readonly GeneralBlockTransfer[]
  readonly transfer: Transfer | undefined
}

const TAG = 0xe0

/** Undefined: the octets are no block. */
export function blockIn(octets: Uint8Array): GeneralBlockTransfer | undefined {
  if (octets[0] !== TAG) return undefined
  const read = decode(xdlms, octets)
  return read.ok && read.value.is === 'general-block-transfer' ? read.value.value : undefined
}

/** `serve`: an APDU that came whole → its answer, if there is one. A first block begins a new exchange, whatever was under way. */
export function takeBlock(
  rules: GbtRules,
  running: Transfer | undefined,
  block: GeneralBlockTransfer,
  clientMaxPdu: number,
  serve: (apdu: Uint8Array) => Uint8Array | undefined,
): BlocksTaken {
  const settings = { window: rules.window, room: gbtRoomWithin(clientMaxPdu), limit: rules.most }
  const transfer = rules.starts(block) ? transferOf(settings) : running
  if (transfer === undefined) return givenUp(block, transferOf(settings))
  const taken = rules.take(transfer, block)
  switch (taken.is) {
    case 'turn':
      return rules.turn(taken.transfer)
    case 'whole': {
      const answer = serve(taken.apdu)
      if (answer === undefined) return { blocks: [], transfer: taken.transfer }
      const given = withApdu(taken.transfer, answer)
      return given.ok ? rules.turn(given.value) : givenUp(block, taken.transfer)
    }
    case 'more':
    case 'done':
      return { blocks: [], transfer: taken.transfer }
    case 'aborted':
      return { blocks: [], transfer: undefined }
    case 'failed':
      return givenUp(block, taken.transfer)
    default:
      return taken satisfies never
  }
}

/** The transfer is over, and an abort says so as soon as it is the server's turn (doubtful: the standard has no form for it). */
function givenUp({ 'block-control': { streaming } }: GeneralBlockTransfer, { sent, received }: Transfer): BlocksTaken {
  const abort: GeneralBlockTransfer = {
    'block-control': { 'last-block': true, streaming: false, window: 0 },
    'block-number': Math.min(sent + 1, HIGHEST_NUMBER),
    'block-number-ack': received,
    'block-data': new Uint8Array(0),
  }
  return { blocks: streaming ? [] : [abort], transfer: undefined }
}
