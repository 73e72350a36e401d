// General block transfer as somebody sees it who only looks on.
import type { GeneralBlockTransfer } from '../xdlms/general-block-transfer.ts'
import { startsExchange, take } from './take.ts'
import { HIGHEST_NUMBER, transferOf, type Transfer } from './transfer.ts'

type Direction = 'sent' | 'received'

/** One direction: its octets, and which of them are hidden, put together alike. */
interface Seen {
  readonly octets: Transfer
  readonly hidden: Transfer
  readonly blocks: number
}

interface Whole {
  readonly octets: Uint8Array
  readonly hidden: Uint8Array
  readonly blocks: number
}

/** Who looks on acknowledges nothing: whatever is acknowledged was sent. */
const LOOKING_ON: Transfer = { ...transferOf({ window: 1, room: 1 }), sent: HIGHEST_NUMBER }
const FRESH: Seen = { octets: LOOKING_ON, hidden: LOOKING_ON, blocks: 0 }

/** One connection: blocks of both directions in, in the order they passed; an APDU out where its last block came. `hidden` ends with the block-data. */
export function watchGeneral(): (
  block: GeneralBlockTransfer,
  hidden: Uint8Array,
  direction: Direction,
) => Whole | undefined {
  const seen = new Map<Direction, Seen>()
  return (block, hidden, direction) => {
    if (startsExchange(block)) seen.clear()
    const before = seen.get(direction) ?? FRESH
    const data = block['block-data']
    const taken = take(before.octets, block)
    const masks = take(before.hidden, { ...block, 'block-data': hidden.subarray(hidden.length - data.length) })
    if (taken.is === 'failed' || taken.is === 'aborted') {
      seen.delete(direction)
      return undefined
    }
    const blocks = before.blocks + (taken.order === 'in-order' && data.length > 0 ? 1 : 0)
    seen.set(direction, { octets: taken.transfer, hidden: masks.transfer, blocks })
    if (taken.is !== 'whole' || masks.is !== 'whole') return undefined
    return { octets: taken.apdu, hidden: masks.apdu, blocks }
  }
}
