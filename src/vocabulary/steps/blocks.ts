// get.in-blocks · set.in-many-blocks: long values, block by block (IEC 62056-5-3, block transfer; rulings B1, B6, B8).
import { invokeIdAndPriority, getRequest } from '../../client/services.ts'
import { decode, toJson } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import type { BrokenRule, Refusal } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { attributeWords } from './attribute.ts'
import { attributeOf } from './objects.ts'
import { serve, type Served } from './service.ts'
import { COUNT, FIELDS, isRefusal, NAME, numberArg, textArg, within, type Doing, type Word } from './word.ts'

/** A meter that never comes to an end is stopped here. */
const MOST_OCTETS = 8 * 1024 * 1024
/** Tag, choice, invoke-id, choice of the result: what stands before the value in an answer that is one APDU. */
const NORMAL_HEADER = 4

interface Block {
  readonly 'last-block': boolean
  readonly 'block-number': number
  readonly raw: Uint8Array
}

const blockIn = ({ answer }: Served): Block | undefined => {
  if (answer?.is !== 'get-response-with-datablock') return undefined
  const { result, ...numbers } = answer.value.result
  return result.is === 'raw-data' ? { ...numbers, raw: result.value } : undefined
}

/** Rules about an answer of which `limit` octets are the most, by what came as block number `number`. */
function brokenBy({ carried }: Served, block: Block | undefined, number: number, limit: number): readonly BrokenRule[] {
  const length = carried.is === 'apdu' ? carried.apdu.length : 0
  return [
    ...(length > limit
      ? [
          told(
            'no-longer-than-the-client-takes',
            'xdlms.client-pdu-size',
            `${limit} octets at most`,
            `${length} octets`,
          ),
        ]
      : []),
    ...(block !== undefined && block['block-number'] !== number
      ? [told('blocks-numbered', 'xdlms.block-transfer.numbers', `block ${number}`, `block ${block['block-number']}`)]
      : []),
    ...(block !== undefined && number > 1 && block.raw.length === 0
      ? [
          {
            ...told('no-empty-block', 'xdlms.block-transfer.numbers', 'octets in each block', 'none'),
            remark: true as const,
          },
        ]
      : []),
  ]
}

const told = (rule: string, clause: string, expected: string, found: string): BrokenRule => ({
  rule,
  clause,
  expected,
  found,
  ofExchange: true,
})

const getInBlocks: Word = {
  says: 'read block by block',
  properties: { attribute: FIELDS, 'client-max-receive-pdu-size': COUNT, by: NAME, method: FIELDS },
  required: ['attribute'],
  outcomes: ['value', 'refused'],
  saves: ['octets', 'blocks'],
  alive: true,
  async run(doing) {
    const { args, connection } = doing
    const attribute = attributeOf(args['attribute'])
    if (!attribute) return { refusal: 'expected an attribute (class-id, instance-id, attribute-id)' }
    return readBlocks(doing, attribute, connection.nextInvokeId())
  },
}

async function readBlocks(doing: Doing, attribute: CosemAttributeDescriptor, id: number): Promise<Came | Refusal> {
  const limit = numberArg(doing.args, 'client-max-receive-pdu-size') ?? 0xffff
  const broken: BrokenRule[] = []
  const pieces: Uint8Array[] = []
  let served = await serve(within(doing), getRequest(id, attribute))
  let block = blockIn(served)
  for (let number = 1, length = 0; ; number++) {
    broken.push(...served.outcome.broken, ...brokenBy(served, block, number, limit))
    if (block === undefined) break
    pieces.push(block.raw)
    length += block.raw.length
    if (block['last-block']) return whole(served, concat(pieces), number, limit, broken)
    if (length > MOST_OCTETS)
      return { outcome: { ...served.outcome, names: { endless: true }, broken, text: 'blocks without end' } }
    if (number === 1) {
      const refusal = await meanwhile(doing)
      if (refusal !== undefined) return refusal
    }
    served = await serve(within(doing), {
      is: 'get-request-next',
      value: { 'invoke-id-and-priority': invokeIdAndPriority(id), 'block-number': block['block-number'] },
    })
    block = blockIn(served)
  }
  const { outcome, answer } = served
  if (answer?.is !== 'get-response-normal' || answer.value.result.is !== 'data' || pieces.length > 0)
    return { outcome: { ...outcome, broken } }
  const value = toJson(answer.value.result.value)
  const octets = served.carried.is === 'apdu' ? served.carried.apdu.length : 0
  return { outcome: { ...outcome, broken, names: { ...outcome.names, value } }, saves: { value, octets, blocks: 0 } }
}

/** All blocks are there: do they make one value? */
function whole(
  { outcome }: Served,
  octets: Uint8Array,
  blocks: number,
  limit: number,
  broken: readonly BrokenRule[],
): Came {
  const read = decode(data, octets)
  if (!read.ok) {
    const { expected, found } = read.failure
    const failure = told(
      'blocks-make-a-value',
      'xdlms.block-transfer.content',
      `one value in all blocks: ${expected}`,
      found,
    )
    return {
      outcome: {
        ...outcome,
        names: { garbled: { blocks } },
        broken: [...broken, failure],
        text: 'blocks that are no value',
      },
    }
  }
  const length = octets.length + NORMAL_HEADER
  const needless =
    length <= limit
      ? [
          {
            ...told('blocks-where-needed', 'xdlms.client-pdu-size', 'one APDU: it fits', `${blocks} blocks`),
            remark: true as const,
          },
        ]
      : []
  const value = toJson(read.value)
  return {
    outcome: {
      ...outcome,
      broken: [...broken, ...needless],
      names: { ...outcome.names, value },
      text: `a value in ${blocks} blocks`,
    },
    saves: { value, octets: length, blocks },
  }
}

/** Between the first block and the second another connection invokes a method. */
async function meanwhile(doing: Doing): Promise<Refusal | undefined> {
  const by = textArg(doing.args, 'by')
  const method = doing.args['method']
  if (by === undefined || method === undefined) return undefined
  const connection = doing.bench.connections.get(by)
  if (connection === undefined) return { refusal: `there is no connection ${by}` }
  const came = await attributeWords['invoke']?.run({ ...within(doing, { method }), connection })
  if (came === undefined || isRefusal(came)) return came
  return 'success' in came.outcome.names
    ? undefined
    : { refusal: `the method was not carried out meanwhile: ${came.outcome.text}` }
}

const OCTET_STRING = 9

/** An octet-string as long as all blocks together, its length in the form of five octets. */
function announced(octets: number): Uint8Array {
  const header = Uint8Array.of(OCTET_STRING, 0x84, 0, 0, 0, 0)
  new DataView(header.buffer).setUint32(2, octets - header.length)
  return header
}

const setInManyBlocks: Word = {
  says: 'write a value of many blocks',
  properties: { attribute: FIELDS, blocks: COUNT, octets: { type: 'integer', minimum: 8 } },
  required: ['attribute', 'blocks', 'octets'],
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const { args, connection } = doing
    const attribute = attributeOf(args['attribute'])
    const blocks = numberArg(args, 'blocks') ?? 1
    const octets = numberArg(args, 'octets') ?? 8
    if (!attribute) return { refusal: 'expected an attribute (class-id, instance-id, attribute-id)' }
    const id = { 'invoke-id-and-priority': invokeIdAndPriority(connection.nextInvokeId()) }
    const header = announced(blocks * octets)
    for (let number = 1; ; number++) {
      const raw = new Uint8Array(octets)
      if (number === 1) raw.set(header)
      const datablock = { 'last-block': number === blocks, 'block-number': number, 'raw-data': raw }
      const { outcome, answer } = await serve(
        within(doing),
        number === 1
          ? {
              is: 'set-request-with-first-datablock',
              value: { ...id, 'cosem-attribute-descriptor': attribute, datablock },
            }
          : { is: 'set-request-with-datablock', value: { ...id, datablock } },
      )
      const done = answer?.is === 'set-response-last-datablock' && answer.value.result === 'success'
      if (answer?.is !== 'set-response-datablock' || number === blocks)
        return { outcome: done ? { ...outcome, names: { ...outcome.names, success: true } } : outcome }
    }
  },
}

export const blockWords: Readonly<Record<string, Word>> = {
  'get.in-blocks': getInBlocks,
  'set.in-many-blocks': setInManyBlocks,
}
