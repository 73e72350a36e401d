// What goes wrong where a value is too long for one APDU.
import { decode } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import { cut } from '../../services/blocks.ts'
import { changeBlocks, type Defect } from '../defect.ts'

export const blockDefects: readonly Defect[] = [
  {
    id: 'block.octet-lost',
    aliases: ['block_off_by_one'],
    breaks: ['xdlms.block-transfer'],
    needs: 'any',
    says: 'At the boundary of two blocks an octet is lost.',
    apply: (d) => changeBlocks(d, ({ cut: right }) => ({ cut: (octets, at, room) => addOne(right(octets, at, room)) })),
  },
  {
    id: 'block.longer-than-the-client-takes',
    breaks: ['xdlms.client-pdu-size'],
    needs: 'any',
    says: 'A block is one octet longer than the client can take.',
    apply: (d) => changeBlocks(d, () => ({ cut: (octets, at, room) => cut(octets, at, room + 1) })),
  },
  {
    id: 'block.numbers-go-on',
    aliases: ['block_counter_not_reset'],
    breaks: ['xdlms.block-transfer.numbers'],
    needs: 'any',
    says: 'The blocks of an answer go on with the numbers of the answer before.',
    apply: (d) => changeBlocks(d, () => ({ first: (lastSent) => lastSent + 1 })),
  },
  {
    id: 'block.first-is-0',
    breaks: ['xdlms.block-transfer.numbers'],
    needs: 'any',
    says: 'The first block has the number 0.',
    apply: (d) => changeBlocks(d, () => ({ first: () => 0 })),
  },
  {
    id: 'block.number-unchecked',
    breaks: ['xdlms.block-transfer.numbers'],
    needs: 'any',
    says: 'Whatever the number of a block that is asked for or comes, it is taken for the one that is due.',
    apply: (d) => changeBlocks(d, () => ({ isDue: () => true })),
  },
  {
    id: 'block.get.of-the-old-association',
    aliases: ['block_leak_old_aa'],
    breaks: ['xdlms.block-transfer.of-one-association'],
    needs: 'any',
    says: 'The blocks that are left over are served to the next association.',
    apply: (d) => changeBlocks(d, () => ({ inherited: (before) => before })),
  },
  {
    id: 'block.one-for-all-associations',
    breaks: ['xdlms.block-transfer.of-one-association'],
    needs: 'any',
    says: 'The meter keeps one block transfer, whichever association began it.',
    apply: (d) => changeBlocks(d, () => ({ place: () => 'all' })),
  },
  {
    id: 'block.request.octet-lost',
    breaks: ['xdlms.block-transfer.effect'],
    needs: 'any',
    says: 'Of each block of a request but the first the first octet is lost.',
    apply: (d) =>
      changeBlocks(d, ({ join }) => ({
        join: (collected, raw) => join(collected, collected.length > 0 ? raw.subarray(1) : raw),
      })),
  },
  {
    id: 'block.request.goes-on-behind-the-last',
    breaks: ['xdlms.block-transfer.effect'],
    needs: 'any',
    says: 'The last block of a request does not end the transfer: the next one is carried out like a request of its own.',
    apply: (d) => changeBlocks(d, () => ({ lastEnds: false })),
  },
  {
    id: 'block.action.return-left-out',
    breaks: ['xdlms.block-transfer'],
    needs: 'any',
    says: 'What a method returns is left out where one APDU is too short for it.',
    apply: (d) => changeBlocks(d, () => ({ returnsInBlocks: () => false })),
  },
  {
    id: 'block.get.live',
    aliases: ['profile_live_buffer'],
    breaks: ['xdlms.block-transfer'],
    needs: 'any',
    says: 'Each block is taken from what the attribute is now, not from what it was when it was asked for.',
    apply: (d) => changeBlocks(d, () => ({ source: (_, asItIs) => asItIs() })),
  },
  {
    id: 'block.set.partial',
    aliases: ['set_block_partial_commit'],
    breaks: ['xdlms.block-transfer.effect'],
    needs: 'any',
    says: 'Each block of an octet-string is written as it comes.',
    apply: (d) => changeBlocks(d, () => ({ early: soFar })),
  },
  {
    id: 'block.set.unbounded',
    aliases: ['set_block_overflow'],
    breaks: ['xdlms.block-transfer.effect'],
    needs: 'any',
    says: 'A value in blocks may be as long as the client likes.',
    apply: (d) => changeBlocks(d, () => ({ most: Number.POSITIVE_INFINITY })),
  },
  {
    id: 'block.action.runs-at-once',
    aliases: ['action_pblock_ignored'],
    breaks: ['xdlms.block-transfer.effect'],
    needs: 'any',
    says: 'A method runs when the first block of its parameter has come.',
    apply: (d) =>
      changeBlocks(d, () => ({
        parameter(collected) {
          const read = decode(data, collected)
          return { is: 'whole', value: read.ok ? read.value : undefined }
        },
      })),
  },
]

const addOne = <T extends { readonly next: number }>(piece: T): T => ({ ...piece, next: piece.next + 1 })

const OCTET_STRING = 9
/** Tag and a length of one octet. */
const HEADER = 2

/** An octet-string of what has come of it. */
const soFar = (collected: Uint8Array): Data | undefined =>
  collected[0] === OCTET_STRING ? { is: 'octet-string', value: collected.slice(HEADER) } : undefined
