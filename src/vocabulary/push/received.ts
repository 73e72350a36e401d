// One push as it comes: a data-notification, or the blocks of a general block transfer that carry one (ruling X25).
import { listen } from '../../client/listening.ts'
import type { Ledger } from '../../client/ledger.ts'
import type { Heard } from '../../client/receiver.ts'
import { decode } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { apdu as apduCodec } from '../../protocol/apdu.ts'
import type { Ms } from '../../protocol/line.ts'
import type { GeneralBlockTransfer } from '../../protocol/xdlms/general-block-transfer.ts'
import type { Connection } from '../connection.ts'

export interface ReceivedPush {
  readonly begin: Ms
  /** The octets of the APDU; of a push in blocks what they carry together. */
  readonly apdu: Uint8Array
  /** None: it came in one APDU. */
  readonly blocks: readonly GeneralBlockTransfer[]
}

/** Endless blocks must not fill the memory. */
const MOST_BLOCKS = 1024

/** Blocks of one push follow one another; after so long a pause the rest of it will not come. */
const PAUSE_MS = 1000

/** What is no push at all: another message, or nothing by `until`. */
export type Reception = ReceivedPush | { readonly other: Heard } | undefined

export async function receivePush({ port }: Connection, until: Ms, ledger: Ledger): Promise<Reception> {
  const blocks: GeneralBlockTransfer[] = []
  let begin: Ms = 0
  for (;;) {
    const limit = blocks.length === 0 ? until : Math.min(until, port.world.now() + PAUSE_MS)
    const heard = await listen(port, { since: -Infinity, until: limit }, ledger)
    if (heard === undefined) return blocks.length === 0 ? undefined : joined(blocks, begin)
    const block = heard.is === 'wpdu' ? blockIn(heard.wpdu.information) : undefined
    if (block === undefined && blocks.length === 0)
      return heard.is === 'wpdu' && heard.wpdu.information[0] === NOTIFICATION
        ? { begin: heard.begin, apdu: heard.wpdu.information, blocks }
        : { other: heard }
    // A block 1 begins the next push, whatever the blocks before it say of their end.
    if (block === undefined || (blocks.length > 0 && block['block-number'] <= 1)) {
      port.putBack(heard)
      return joined(blocks, begin)
    }
    if (blocks.length === 0) begin = heard.begin
    blocks.push(block)
    if (block['block-control']['last-block'] || blocks.length >= MOST_BLOCKS) return joined(blocks, begin)
  }
}

const NOTIFICATION = 0x0f

const joined = (blocks: readonly GeneralBlockTransfer[], begin: Ms): ReceivedPush => ({
  begin,
  blocks,
  apdu: concat(blocks.map((block) => block['block-data'])),
})

function blockIn(octets: Uint8Array): GeneralBlockTransfer | undefined {
  const read = decode(apduCodec, octets)
  return read.ok && read.value.is === 'general-block-transfer' ? read.value.value : undefined
}
