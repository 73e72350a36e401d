// GET in all its forms (IEC 62056-5-3 clause 8.5, Get-Request; rulings B1–B4, B8, B9, X17, X20).
import { encode } from '../../codec/codec.ts'
import { roomWithin } from '../../protocol/block-transfer/room.ts'
import type {
  AccessSelection,
  CosemAttributeDescriptor,
  DataAccessResult,
  GetDataResult,
  InvokeIdAndPriority,
} from '../../protocol/xdlms/common.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { classOf } from '../model/classes.ts'
import { read } from '../model/model.ts'
import { AROUND_GET_BLOCK } from './blocks.ts'
import type { GetTransfer, LongGet } from './transfer.ts'
import { continued, fits, isNegotiated, longestAnswer, type Carried, type Reply, type Turn } from './turn.ts'

type GetNext = Extract<Xdlms, { readonly is: 'get-request-next' }>
type WholeResponse = Extract<Xdlms, { readonly is: 'get-response-normal' | 'get-response-with-list' }>
export type GetRequest = LongGet | GetNext

export function get(turn: Turn, asked: GetRequest): Carried {
  if (asked.is === 'get-request-next') return next(turn, asked)
  if (asked.is === 'get-request-with-list' && asked.value['attribute-descriptor-list'].length === 0)
    return { exception: turn.rules.unreadable }
  return whole(turn, asked)
}

/** In one APDU where it fits, else in blocks where they are negotiated. */
function whole(turn: Turn, asked: LongGet): Carried {
  const response = responseTo(turn, asked)
  const octets = encode(xdlms, response)
  if (fits(turn, octets.length)) return { response }
  const { 'invoke-id-and-priority': id } = asked.value
  if (isNegotiated(turn, 'block-transfer-with-get-or-read')) {
    const { first } = turn.rules.blocks
    const before = first(turn.transfers.lastSent) - 1
    const invokeId = id['invoke-id']
    return block(turn, id, { is: 'get', asked, invokeId, octets: rawOf(response, octets), at: 0, block: before })
  }
  if (asked.is === 'get-request-with-list') return { exception: turn.rules.tooLong }
  return { response: normal(id, { is: 'data-access-result', value: 'other-reason' }) }
}

function next(turn: Turn, { value }: GetNext): Reply {
  const { 'invoke-id-and-priority': id, 'block-number': number } = value
  const { isDue, notRunning, wrongNumber } = turn.rules.blocks
  const running = continued(turn, 'get', id)
  if (running === undefined) return noBlock(id, number, notRunning.get)
  return isDue(number, running.block) ? block(turn, id, running) : noBlock(id, number, wrongNumber.get)
}

/** The block that follows those that are sent. */
function block(turn: Turn, id: InvokeIdAndPriority, transfer: GetTransfer): Reply {
  const { rules } = turn
  const octets = rules.blocks.source(transfer.octets, () => {
    const now = responseTo(turn, transfer.asked)
    return rawOf(now, encode(xdlms, now))
  })
  const room = roomWithin(longestAnswer(turn), AROUND_GET_BLOCK)
  const { raw, next: at } = rules.blocks.cut(octets, transfer.at, room)
  const number = transfer.block + 1
  const last = at >= octets.length
  const value = {
    'invoke-id-and-priority': id,
    result: { 'last-block': last, 'block-number': number, result: { is: 'raw-data', value: raw } as const },
  }
  return {
    response: { is: 'get-response-with-datablock', value },
    lastSent: number,
    ...(last ? {} : { running: { ...transfer, at, block: number } }),
  }
}

/** The transfer is over. */
function noBlock(id: InvokeIdAndPriority, number: number, error: DataAccessResult): Reply {
  const result = {
    'last-block': true,
    'block-number': number,
    result: { is: 'data-access-result', value: error } as const,
  }
  return { response: { is: 'get-response-with-datablock', value: { 'invoke-id-and-priority': id, result } } }
}

const normal = (id: InvokeIdAndPriority, result: GetDataResult): WholeResponse => ({
  is: 'get-response-normal',
  value: { 'invoke-id-and-priority': id, result },
})

function responseTo(turn: Turn, { is, value }: LongGet): WholeResponse {
  const id = value['invoke-id-and-priority']
  if (is === 'get-request-normal')
    return normal(id, readOne(turn, value['cosem-attribute-descriptor'], value['access-selection']))
  const results = value['attribute-descriptor-list'].map((each) =>
    readOne(turn, each['cosem-attribute-descriptor'], each['access-selection']),
  )
  const result = turn.rules.listResults(results)
  return { is: 'get-response-with-list', value: { 'invoke-id-and-priority': id, result } }
}

/** Blocks carry what stands in the one APDU: Data without the choice in front of it, the list of results with its count. */
const rawOf = ({ is }: WholeResponse, octets: Uint8Array): Uint8Array =>
  octets.subarray(is === 'get-response-normal' ? 4 : 3)

const ALL_ATTRIBUTES = 0

export function readOne(turn: Turn, attribute: CosemAttributeDescriptor, selection?: AccessSelection): GetDataResult {
  return attribute['attribute-id'] === ALL_ATTRIBUTES
    ? readAll(turn, attribute)
    : read(turn.situation, attribute, selection)
}

/** All attributes that may be read, in order, as a structure; where there is none, the reason of the first. */
function readAll({ rules, situation }: Turn, attribute: CosemAttributeDescriptor): GetDataResult {
  const object = { 'class-id': attribute['class-id'], 'logical-name': attribute['instance-id'] }
  const ids = rules.allAttributes(classOf(object, situation)?.attributes.map(({ id }) => id) ?? [1])
  const results = rules.allResults(
    attribute['class-id'],
    ids.map((id) => read(situation, { ...attribute, 'attribute-id': id })),
  )
  const values = results.flatMap((result) => (result.is === 'data' ? [result.value] : []))
  const [reason] = results
  return values.length === 0 && reason !== undefined
    ? reason
    : { is: 'data', value: { is: 'structure', value: values } }
}
