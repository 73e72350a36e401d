// ACTION in all its forms (IEC 62056-5-3 clause 8.5, Action-Request; rulings B7, X17).
import { decode, encode } from '../../codec/codec.ts'
import { rawData } from '../../protocol/block-transfer/raw-data.ts'
import { roomWithin } from '../../protocol/block-transfer/room.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { ActionResult, CosemMethodDescriptor, InvokeIdAndPriority } from '../../protocol/xdlms/common.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Invoked } from '../model/behaviour.ts'
import { invoke } from '../model/model.ts'
import { AROUND_ACTION_BLOCK } from './blocks.ts'
import type { ActionAnswer, ActionTransfer, LongAction } from './transfer.ts'
import { continued, fits, isNegotiated, longestAnswer, type Carried, type Reply, type Turn } from './turn.ts'

type Only<Name extends Xdlms['is']> = Extract<Xdlms, { readonly is: Name }>
export type ActionRequest =
  | LongAction
  | Only<
      'action-request-normal' | 'action-request-next-pblock' | 'action-request-with-list' | 'action-request-with-pblock'
    >
type WholeResponse = Only<'action-response-normal' | 'action-response-with-list'>
type Pblock = LongAction['value']['pblock']

export function action(turn: Turn, asked: ActionRequest): Carried {
  const { 'invoke-id-and-priority': id } = asked.value
  switch (asked.is) {
    case 'action-request-normal': {
      const { 'cosem-method-descriptor': method, 'method-invocation-parameters': parameters } = asked.value
      return single(turn, id, invoke(turn.situation, method, parameters))
    }
    case 'action-request-with-list': {
      const { 'cosem-method-descriptor-list': methods, 'method-invocation-parameters': parameters } = asked.value
      return refusedList(turn, methods, parameters) ?? invokeAll(turn, id, methods, parameters)
    }
    case 'action-request-with-first-pblock':
      return take(turn, id, begun(asked), asked.value.pblock)
    case 'action-request-with-list-and-first-pblock':
      return (
        refusedList(turn, asked.value['cosem-method-descriptor-list']) ??
        take(turn, id, begun(asked), asked.value.pblock)
      )
    case 'action-request-with-pblock': {
      const running = continued(turn, 'action', id)
      return running === undefined
        ? refused(id, turn.rules.blocks.notRunning.action)
        : take(turn, id, running, asked.value.pblock)
    }
    case 'action-request-next-pblock':
      return next(turn, asked)
    default:
      return asked satisfies never
  }
}

const NOTHING = new Uint8Array(0)

const begun = (asked: LongAction): ActionTransfer => ({
  is: 'action',
  asked,
  invokeId: asked.value['invoke-id-and-priority']['invoke-id'],
  block: 0,
  collected: NOTHING,
})

const LIST_HEADER = 6
/** A result, and a reason in the place of return parameters. */
const LIST_ELEMENT = 4

/** Before any method is invoked: a list of nothing, as many parameters as methods, an answer that could not be given. */
function refusedList(
  turn: Turn,
  methods: readonly CosemMethodDescriptor[],
  parameters?: readonly Data[],
): Carried | undefined {
  if (methods.length === 0 || (parameters !== undefined && parameters.length !== methods.length))
    return { exception: turn.rules.unreadable }
  const can =
    isNegotiated(turn, 'block-transfer-with-action') || fits(turn, LIST_HEADER + LIST_ELEMENT * methods.length)
  return can ? undefined : { exception: turn.rules.tooLong }
}

/** A block of a parameter: the method is not invoked before the last has come and the whole is Data (ruling B7). */
function take(turn: Turn, id: InvokeIdAndPriority, transfer: ActionTransfer, pblock: Pblock): Reply {
  const { blocks } = turn.rules
  const { 'block-number': number, 'last-block': last, 'raw-data': raw } = pblock
  if (!blocks.isDue(number, transfer.block + 1)) return refused(id, blocks.wrongNumber.action)
  if (transfer.collected.length + raw.length > blocks.most) return refused(id, blocks.tooMuch.action)
  const collected = blocks.join(transfer.collected, raw)
  const { asked } = transfer
  const more: Reply = {
    response: { is: 'action-response-next-pblock', value: { 'invoke-id-and-priority': id, 'block-number': number } },
    running: { ...transfer, collected, block: number },
  }
  if (asked.is === 'action-request-with-list-and-first-pblock') {
    if (!last) return more
    const methods = asked.value['cosem-method-descriptor-list']
    const read = decode(rawData.values, collected)
    const right = read.ok && read.value.length === methods.length
    return right ? invokeAll(turn, id, methods, read.value) : refused(id, 'type-unmatched')
  }
  const parameter = blocks.parameter(collected, last)
  if (parameter.is === 'incomplete') return more
  if (parameter.is === 'unreadable') return refused(id, 'type-unmatched')
  const reply = single(turn, id, invoke(turn.situation, asked.value['cosem-method-descriptor'], parameter.value))
  return blocks.lastEnds ? reply : { ...reply, running: { ...transfer, collected: NOTHING, block: number } }
}

function next(turn: Turn, { value }: Only<'action-request-next-pblock'>): Reply {
  const { 'invoke-id-and-priority': id, 'block-number': number } = value
  const { isDue, notRunning, wrongNumber } = turn.rules.blocks
  const running = continued(turn, 'action-answer', id)
  if (running === undefined) return refused(id, notRunning.action)
  return isDue(number, running.block) ? block(turn, id, running) : refused(id, wrongNumber.action)
}

const NO_ROOM = { is: 'data-access-result', value: 'other-reason' } as const

const withReturned = ({ result, returned }: Invoked, hasRoom: boolean) => ({
  result,
  ...(returned === undefined
    ? {}
    : { 'return-parameters': hasRoom ? ({ is: 'data', value: returned } as const) : NO_ROOM }),
})

const single = (turn: Turn, id: InvokeIdAndPriority, invoked: Invoked): Reply =>
  answer(turn, id, (hasRoom) => ({
    is: 'action-response-normal',
    value: { 'invoke-id-and-priority': id, ...withReturned(invoked, hasRoom) },
  }))

/** Elements are independent of each other; null-data where a method has no parameter. */
function invokeAll(
  turn: Turn,
  id: InvokeIdAndPriority,
  methods: readonly CosemMethodDescriptor[],
  parameters: readonly Data[],
): Reply {
  const invoked = methods.map((method, index) => {
    const parameter = parameters[index]
    return invoke(turn.situation, method, parameter?.is === 'null-data' ? undefined : parameter)
  })
  const all = turn.rules.listResults(invoked)
  return answer(turn, id, (hasRoom) => ({
    is: 'action-response-with-list',
    value: { 'invoke-id-and-priority': id, 'list-of-responses': all.map((each) => withReturned(each, hasRoom)) },
  }))
}

/** In one APDU where it fits, else in blocks where they are negotiated; else the return parameters are left out: the methods have run. */
function answer(turn: Turn, id: InvokeIdAndPriority, response: (hasRoom: boolean) => WholeResponse): Reply {
  const all = response(true)
  const octets = encode(xdlms, all)
  if (fits(turn, octets.length)) return { response: all }
  if (!turn.rules.blocks.returnsInBlocks(isNegotiated(turn, 'block-transfer-with-action')))
    return { response: response(false) }
  const before = turn.rules.blocks.first(turn.transfers.lastSent) - 1
  const invokeId = id['invoke-id']
  return block(turn, id, { is: 'action-answer', invokeId, octets: octets.subarray(RAW_AT), at: 0, block: before })
}

/** Blocks carry what stands behind tag, choice and invoke-id: result and return parameters, or the list of them with its count. */
const RAW_AT = 3

function block(turn: Turn, id: InvokeIdAndPriority, transfer: ActionAnswer): Reply {
  const room = roomWithin(longestAnswer(turn), AROUND_ACTION_BLOCK)
  const { raw, next: at } = turn.rules.blocks.cut(transfer.octets, transfer.at, room)
  const number = transfer.block + 1
  const last = at >= transfer.octets.length
  const pblock = { 'last-block': last, 'block-number': number, 'raw-data': raw }
  return {
    response: { is: 'action-response-with-pblock', value: { 'invoke-id-and-priority': id, pblock } },
    lastSent: number,
    ...(last ? {} : { running: { ...transfer, at, block: number } }),
  }
}

const refused = (id: InvokeIdAndPriority, result: ActionResult): Reply => ({
  response: { is: 'action-response-normal', value: { 'invoke-id-and-priority': id, result } },
})
