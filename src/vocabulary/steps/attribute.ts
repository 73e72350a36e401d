// read · write · invoke: COSEM attributes and methods; what is written is journalled first.
import { fromJson, toJson, type ValueFailure } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { actionRequest, getRequest, setRequest } from '../../client/services.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { failureText } from '../failure.ts'
import { attributeOf, methodOf } from './objects.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY } from './journal.ts'
import { notReached } from './link.ts'
import { serve } from './service.ts'
import { FIELDS, within, type Doing, type Word } from './word.ts'

/** The number in a tagged value: `{"double-long-unsigned": 5}` → 5. */
function numberIn(value: Value): Value {
  const inner = isRecord(value) ? Object.values(value)[0] : undefined
  return typeof inner === 'number' || (typeof inner === 'string' && /^-?\d+$/.test(inner)) ? inner : null
}

async function readAttribute(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Came> {
  const { outcome, answer } = await serve(doing, getRequest(doing.connection.nextInvokeId(), attribute))
  if (answer?.is !== 'get-response-normal' || answer.value.result.is !== 'data') return { outcome }
  const value = toJson(answer.value.result.value)
  return { outcome: { ...outcome, names: { ...outcome.names, value } }, saves: { value, number: numberIn(value) } }
}

const read: Word = {
  says: 'read',
  properties: { attribute: FIELDS },
  required: ['attribute'],
  outcomes: ['value', 'refused'],
  saves: ['number'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    return attribute ? readAttribute(doing, attribute) : { refusal: notAnAttribute(doing.args['attribute']) }
  },
}

const notData = (argument: string, { path, expected, found }: ValueFailure): string =>
  failureText({ path: path === '' ? argument : `${argument}.${path}`, expected, found })

const notAnAttribute = (value: Value | undefined): string =>
  `expected an attribute (class-id, instance-id, attribute-id), found ${JSON.stringify(value ?? null)}`

const keyOf = (
  { connection }: Doing,
  { 'class-id': classId, 'instance-id': instanceId, 'attribute-id': id }: CosemAttributeDescriptor,
): string => `${connection.device.name}/${classId}/${instanceId}/${id}`

/** Reads and journals the old value before the first write; undefined: it is safe to write. */
async function journalled(doing: Doing, attribute: CosemAttributeDescriptor): Promise<string | undefined> {
  const { connection } = doing
  const entry = {
    key: keyOf(doing, attribute),
    word: 'write',
    client: connection.client.name,
    device: connection.device.name,
    attribute: { ...attribute },
  }
  return remembered(doing, entry, async () => {
    const { outcome, saves } = await readAttribute(within(doing), attribute)
    return { value: saves?.['value'], text: outcome.text }
  })
}

async function writeAttribute(doing: Doing, attribute: CosemAttributeDescriptor, value: Data): Promise<Came> {
  const { outcome, answer } = await serve(doing, setRequest(doing.connection.nextInvokeId(), attribute, value))
  const done = answer?.is === 'set-response-normal' && answer.value.result === 'success'
  return { outcome: done ? { ...outcome, names: { ...outcome.names, success: true } } : outcome }
}

const write: Word = {
  says: 'write',
  properties: { attribute: FIELDS, value: FIELDS },
  required: ['attribute', 'value'],
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    if (!attribute) return { refusal: notAnAttribute(doing.args['attribute']) }
    const value = fromJson(data, doing.args['value'] ?? null)
    if (!value.ok) return { refusal: notData('value', value.failure) }
    const unsafe = await journalled(doing, attribute)
    return unsafe === undefined ? writeAttribute(doing, attribute, value.value) : { refusal: unsafe }
  },
}

const invoke: Word = {
  says: 'invoke',
  properties: { method: FIELDS, parameter: FIELDS },
  required: ['method'],
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const { args, connection } = doing
    const method = methodOf(args['method'])
    if (!method)
      return {
        refusal: `expected a method (class-id, instance-id, method-id), found ${JSON.stringify(args['method'] ?? null)}`,
      }
    const said = args['parameter'] ?? (isRecord(args['method']) ? args['method']['parameter'] : undefined)
    const parameter = said === undefined ? undefined : fromJson(data, said)
    if (parameter && !parameter.ok) return { refusal: notData('parameter', parameter.failure) }
    const { outcome, answer } = await serve(doing, actionRequest(connection.nextInvokeId(), method, parameter?.value))
    const done = answer?.is === 'action-response-normal' && answer.value.result === 'success'
    return { outcome: done ? { ...outcome, names: { ...outcome.names, success: true } } : outcome }
  },
}

/** Writes the old value of a journalled attribute, over an association of its own. */
export async function putBackAttribute(doing: Doing, entry: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { bench } = doing
  const { client, device, attribute } = entry
  const descriptor = attributeOf(attribute)
  const value = fromJson(data, old)
  if (typeof client !== 'string' || typeof device !== 'string' || !descriptor || !value.ok) return UNREADABLE_ENTRY
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const came = await writeAttribute({ ...within(doing), connection }, descriptor, value.value)
  await bench.drop(connection)
  return came
}

export const attributeWords: Readonly<Record<string, Word>> = { read, write, invoke }
