// What the server decides in a block transfer (IEC 62056-5-3, block transfer; rulings B1–B9).
import { decode } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { rawData } from '../../protocol/block-transfer/raw-data.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { ActionResult, DataAccessResult } from '../../protocol/xdlms/common.ts'
import { cut, type Piece } from './blocks.ts'
import { NO_TRANSFER, type Transfers } from './transfer.ts'

/** A parameter that comes in blocks: not whole yet, no Data, or what it is. */
export type Parameter =
  | { readonly is: 'incomplete' }
  | { readonly is: 'unreadable' }
  | { readonly is: 'whole'; readonly value: Data | undefined }

export interface BlockRules {
  /** Number of the first block, by that of the block that was sent last. */
  readonly first: (lastSent: number) => number
  /** Whether a block that is asked for, or that came, is the one that is due. */
  readonly isDue: (number: number, due: number) => boolean
  readonly cut: (octets: Uint8Array, at: number, room: number) => Piece
  /** What the rest of an answer is taken from: what was read when it was asked for, or what would be read now. */
  readonly source: (asItWas: Uint8Array, asItIs: () => Uint8Array) => Uint8Array
  /** Most octets that are collected of one request (ruling B6). */
  readonly most: number
  /** A block of a request behind those that have come. */
  readonly join: (collected: Uint8Array, raw: Uint8Array) => Uint8Array
  /** Whether the last block of a request ends the transfer. */
  readonly lastEnds: boolean
  /** Whether return parameters that are too long for one APDU go in blocks. */
  readonly returnsInBlocks: (isNegotiated: boolean) => boolean
  /** What is written before the last block has come. */
  readonly early: (collected: Uint8Array) => Data | undefined
  readonly parameter: (collected: Uint8Array, last: boolean) => Parameter
  /** Where an association has its transfers: each for itself. */
  readonly place: (association: string) => string
  /** What a new association finds there of the transfers of the one before. */
  readonly inherited: (before: Transfers) => Transfers
  readonly wrongNumber: {
    readonly get: DataAccessResult
    readonly set: DataAccessResult
    readonly action: ActionResult
  }
  readonly notRunning: { readonly get: DataAccessResult; readonly set: DataAccessResult; readonly action: ActionResult }
  readonly tooMuch: { readonly set: DataAccessResult; readonly action: ActionResult }
}

export const conformantBlocks: BlockRules = {
  first: () => 1,
  isDue: (number, due) => number === due,
  cut,
  source: (asItWas) => asItWas,
  most: 16_384,
  join: (collected, raw) => concat([collected, raw]),
  lastEnds: true,
  returnsInBlocks: (isNegotiated) => isNegotiated,
  early: () => undefined,
  parameter: parameterOf,
  place: (association) => association,
  inherited: () => NO_TRANSFER,
  wrongNumber: { get: 'data-block-number-invalid', set: 'data-block-number-invalid', action: 'long-action-aborted' },
  notRunning: { get: 'no-long-get-in-progress', set: 'no-long-set-in-progress', action: 'no-long-action-in-progress' },
  tooMuch: { set: 'long-set-aborted', action: 'long-action-aborted' },
}

function parameterOf(collected: Uint8Array, last: boolean): Parameter {
  if (!last) return { is: 'incomplete' }
  const read = decode(rawData.value, collected)
  return read.ok ? { is: 'whole', value: read.value } : { is: 'unreadable' }
}
