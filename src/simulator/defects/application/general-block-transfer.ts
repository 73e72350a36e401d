// What goes wrong in general block transfer.
import { take, type Taken } from '../../../protocol/gbt/take.ts'
import type { Transfer } from '../../../protocol/gbt/transfer.ts'
import type { GeneralBlockTransfer } from '../../../protocol/xdlms/general-block-transfer.ts'
import type { Decisions } from '../../decisions.ts'
import type { GbtRules } from '../../services/general-block-transfer.ts'
import { changeServices, type Defect } from '../defect.ts'

const changeGbt = (d: Decisions, change: (before: GbtRules) => Partial<GbtRules>): Decisions =>
  changeServices(d, ({ gbt }) => ({ gbt: { ...gbt, ...change(gbt) } }))

/** What is taken from a block → what would be taken from this one. */
const taking = (d: Decisions, misread: (block: GeneralBlockTransfer, transfer: Transfer) => GeneralBlockTransfer) =>
  changeGbt(d, ({ take: before }) => ({ take: (transfer, block) => before(transfer, misread(block, transfer)) }))

/** Blocks of a turn → those that are sent. */
const sending = (d: Decisions, change: (block: GeneralBlockTransfer, transfer: Transfer) => GeneralBlockTransfer) =>
  changeGbt(d, ({ turn }) => ({
    turn(before) {
      const { transfer, blocks } = turn(before)
      return { transfer, blocks: blocks.map((block) => change(block, transfer)) }
    },
  }))

export const gbtDefects: readonly Defect[] = [
  {
    id: 'gbt.acknowledges-its-own-number',
    aliases: ['gbt_bna_wrong'],
    breaks: ['xdlms.general-block-transfer.acknowledgement'],
    needs: 'any',
    says: 'A block acknowledges its own number.',
    apply: (d) => sending(d, (block) => ({ ...block, 'block-number-ack': block['block-number'] })),
  },
  {
    id: 'gbt.first-is-0',
    breaks: ['xdlms.general-block-transfer'],
    needs: 'any',
    says: 'The first block has the number 0.',
    apply: (d) => sending(d, (block) => ({ ...block, 'block-number': block['block-number'] - 1 })),
  },
  {
    id: 'gbt.never-last',
    breaks: ['xdlms.general-block-transfer'],
    needs: 'any',
    says: 'No block of an answer says that it is the last.',
    apply: (d) =>
      sending(d, (block) => ({ ...block, 'block-control': { ...block['block-control'], 'last-block': false } })),
  },
  {
    id: 'gbt.window-exceeded',
    breaks: ['xdlms.general-block-transfer.window'],
    needs: 'any',
    says: 'Two blocks more than the client is ready for are sent in a turn.',
    apply: (d) => changeGbt(d, ({ turn }) => ({ turn: (t) => turn({ ...t, peerWindow: t.peerWindow + 2 }) })),
  },
  {
    id: 'gbt.never-repeated',
    aliases: ['gbt_no_recovery'],
    breaks: ['xdlms.general-block-transfer.recovery'],
    needs: 'any',
    says: 'Blocks that are asked for again are not repeated: it goes on with those behind them.',
    apply: (d) => taking(d, (block, { sent }) => ({ ...block, 'block-number-ack': sent })),
  },
  {
    id: 'gbt.gap-unnoticed',
    breaks: ['xdlms.general-block-transfer.recovery'],
    needs: 'any',
    says: 'Whatever the number of a block, it is taken for the one that is due.',
    apply: (d) => taking(d, (block, { received }) => ({ ...block, 'block-number': received + 1 })),
  },
  {
    id: 'gbt.of-the-old-association',
    breaks: ['xdlms.block-transfer.of-one-association'],
    needs: 'any',
    says: 'The blocks that are left over of an association are sent to the next one.',
    apply: (d) => changeGbt(d, () => ({ inherited: (before) => before })),
  },
  {
    id: 'gbt.begins-anywhere',
    breaks: ['xdlms.general-block-transfer'],
    needs: 'any',
    says: 'An exchange may begin with a block of any number.',
    apply: (d) =>
      changeGbt(d, ({ take: before }) => ({
        starts: ({ 'block-number-ack': acknowledged }) => acknowledged === 0,
        take: (transfer, block) => before(transfer, transfer.received === 0 ? { ...block, 'block-number': 1 } : block),
      })),
  },
  {
    id: 'gbt.unbounded',
    aliases: ['gbt_unbounded_buffer'],
    breaks: ['xdlms.general-block-transfer.bounds'],
    remark: true,
    needs: 'any',
    says: 'A request in blocks may be as long as the client likes.',
    apply: (d) => changeGbt(d, () => ({ most: Number.POSITIVE_INFINITY })),
  },
  {
    id: 'gbt.blocks-other-services',
    breaks: ['xdlms.general-block-transfer.bounds'],
    needs: 'any',
    says: 'A transfer that is not at its end, given up or not, keeps all other services from being answered.',
    apply: (d) =>
      changeGbt(d, () => ({ take: (transfer, block) => unended(take(transfer, block)), admitsOthers: isAtItsEnd })),
  },
]

/** An abort is taken for a block like others. */
const unended = (taken: Taken): Taken => (taken.is === 'aborted' ? { ...taken, is: 'more' } : taken)

const isAtItsEnd = (running: Transfer | undefined): boolean =>
  running === undefined || (running.own !== undefined && running.sent >= running.own.last)
