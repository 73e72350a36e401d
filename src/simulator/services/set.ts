// SET in all its forms (IEC 62056-5-3 clause 8.5, Set-Request; rulings B5, B6, X10, X17).
import { decode } from '../../codec/codec.ts'
import { rawData } from '../../protocol/block-transfer/raw-data.ts'
import type { Data } from '../../protocol/data/data.ts'
import type {
  CosemAttributeDescriptorWithSelection,
  DataAccessResult,
  InvokeIdAndPriority,
} from '../../protocol/xdlms/common.ts'
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { write } from '../model/model.ts'
import type { LongSet, SetTransfer } from './transfer.ts'
import { continued, fits, type Carried, type Reply, type Turn } from './turn.ts'

type Only<Name extends Xdlms['is']> = Extract<Xdlms, { readonly is: Name }>
export type SetRequest = LongSet | Only<'set-request-normal' | 'set-request-with-datablock' | 'set-request-with-list'>
type Datablock = LongSet['value']['datablock']
type Target = CosemAttributeDescriptorWithSelection

export function set(turn: Turn, asked: SetRequest): Carried {
  const { 'invoke-id-and-priority': id } = asked.value
  switch (asked.is) {
    case 'set-request-normal': {
      const result = writeOne(turn, asked.value, asked.value.value)
      return { response: { is: 'set-response-normal', value: { 'invoke-id-and-priority': id, result } } }
    }
    case 'set-request-with-list':
      return withList(turn, asked)
    case 'set-request-with-first-datablock':
      return take(turn, id, begun(asked), asked.value.datablock)
    case 'set-request-with-list-and-first-datablock':
      return (
        refusedList(turn, asked.value['attribute-descriptor-list']) ??
        take(turn, id, begun(asked), asked.value.datablock)
      )
    case 'set-request-with-datablock': {
      const { datablock } = asked.value
      const running = continued(turn, 'set', id)
      return running === undefined
        ? ended(id, datablock, turn.rules.blocks.notRunning.set)
        : take(turn, id, running, datablock)
    }
    default:
      return asked satisfies never
  }
}

const NOTHING = new Uint8Array(0)

const begun = (asked: LongSet): SetTransfer => ({
  is: 'set',
  asked,
  invokeId: asked.value['invoke-id-and-priority']['invoke-id'],
  block: 0,
  collected: NOTHING,
})

function withList(turn: Turn, { value }: Only<'set-request-with-list'>): Carried {
  const { 'invoke-id-and-priority': id, 'attribute-descriptor-list': targets, 'value-list': values } = value
  const refused = refusedList(turn, targets, values)
  if (refused !== undefined) return refused
  const result = turn.rules.listResults(writeAll(turn, targets, values))
  return { response: { is: 'set-response-with-list', value: { 'invoke-id-and-priority': id, result } } }
}

/** Tag, choice, invoke-id, count of the results, number of the block. */
const LIST_HEADER = 10

/** Before anything is written: a list of nothing, as many values as attributes, an answer longer than the client can take. */
function refusedList(
  { rules, ...turn }: Turn,
  targets: readonly Target[],
  values?: readonly Data[],
): Carried | undefined {
  if (targets.length === 0 || (values !== undefined && values.length !== targets.length))
    return { exception: rules.unreadable }
  return fits({ rules, ...turn }, LIST_HEADER + targets.length) ? undefined : { exception: rules.tooLong }
}

/** A block of a value: nothing is written before the last has come and the whole is Data. */
function take(turn: Turn, id: InvokeIdAndPriority, transfer: SetTransfer, datablock: Datablock): Reply {
  const { blocks } = turn.rules
  const { 'block-number': number, 'last-block': last, 'raw-data': raw } = datablock
  if (!blocks.isDue(number, transfer.block + 1)) return ended(id, datablock, blocks.wrongNumber.set)
  if (transfer.collected.length + raw.length > blocks.most) return ended(id, datablock, blocks.tooMuch.set)
  const collected = blocks.join(transfer.collected, raw)
  if (last) {
    const reply = whole(turn, id, transfer.asked, datablock, collected)
    return blocks.lastEnds ? reply : { ...reply, running: { ...transfer, collected: NOTHING, block: number } }
  }
  const early = blocks.early(collected)
  if (early !== undefined && transfer.asked.is === 'set-request-with-first-datablock')
    writeOne(turn, transfer.asked.value, early)
  return {
    response: { is: 'set-response-datablock', value: { 'invoke-id-and-priority': id, 'block-number': number } },
    running: { ...transfer, collected, block: number },
  }
}

function whole(
  turn: Turn,
  id: InvokeIdAndPriority,
  asked: LongSet,
  datablock: Datablock,
  collected: Uint8Array,
): Reply {
  if (asked.is === 'set-request-with-first-datablock') {
    const read = decode(rawData.value, collected)
    return ended(id, datablock, read.ok ? writeOne(turn, asked.value, read.value) : 'type-unmatched')
  }
  const targets = asked.value['attribute-descriptor-list']
  const read = decode(rawData.values, collected)
  const right = read.ok && read.value.length === targets.length
  const results = right ? writeAll(turn, targets, read.value) : targets.map(() => 'type-unmatched' as const)
  const value = {
    'invoke-id-and-priority': id,
    result: turn.rules.listResults<DataAccessResult>(results),
    'block-number': datablock['block-number'],
  }
  return { response: { is: 'set-response-last-datablock-with-list', value } }
}

const ended = (id: InvokeIdAndPriority, { 'block-number': number }: Datablock, result: DataAccessResult): Reply => ({
  response: {
    is: 'set-response-last-datablock',
    value: { 'invoke-id-and-priority': id, result, 'block-number': number },
  },
})

const writeOne = ({ situation }: Turn, target: Target, value: Data): DataAccessResult =>
  write(situation, target['cosem-attribute-descriptor'], value, target['access-selection'])

const writeAll = (turn: Turn, targets: readonly Target[], values: readonly Data[]): readonly DataAccessResult[] =>
  values.flatMap((value, index) => {
    const target = targets[index]
    return target === undefined ? [] : [writeOne(turn, target, value)]
  })
