// A request with short names that comes in blocks (IEC 62056-5-3, block transfer; rulings B6, B13).
import { concat } from '../../../codec/operator.ts'
import type { DataAccessResult } from '../../../protocol/xdlms/common.ts'
import type { ShortNameRequestTransfer } from '../transfer.ts'
import type { Turn } from '../turn.ts'

export interface BlockOfRequest {
  readonly 'last-block': boolean
  readonly 'block-number': number
  readonly 'raw-data': Uint8Array
}

export type Collected =
  | { readonly is: 'refused'; readonly result: DataAccessResult }
  | { readonly is: 'more'; readonly running: ShortNameRequestTransfer }
  | { readonly is: 'whole'; readonly octets: Uint8Array }

const NOTHING = new Uint8Array(0)

/** Block 1 begins a transfer, whatever was under way (ruling B4). */
export function collect(
  { rules, transfers: { running } }: Turn,
  kind: ShortNameRequestTransfer['is'],
  { 'last-block': last, 'block-number': number, 'raw-data': raw }: BlockOfRequest,
): Collected {
  const { isDue, most, notRunning, tooMuch, wrongNumber } = rules.blocks
  const before = running?.is === kind && number !== 1 ? running : { block: 0, collected: NOTHING }
  if (number !== 1 && running?.is !== kind) return { is: 'refused', result: notRunning.set }
  if (!isDue(number, before.block + 1)) return { is: 'refused', result: wrongNumber.set }
  if (before.collected.length + raw.length > most) return { is: 'refused', result: tooMuch.set }
  const octets = concat([before.collected, raw])
  return last ? { is: 'whole', octets } : { is: 'more', running: { is: kind, block: number, collected: octets } }
}
