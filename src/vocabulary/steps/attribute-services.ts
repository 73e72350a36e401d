// COSEM attributes are read and written, methods invoked; what is written is journalled first.
import { encode, fromJson, toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { MethodInvoked } from '../../client/logical-names/action.ts'
import type { AttributeAsked } from '../../client/logical-names/get.ts'
import type { AttributeWritten } from '../../client/logical-names/set.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { conversed, type Manner } from './conversation.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY, type Entry } from './journal.ts'
import { notReached } from './link.ts'
import { attributeOf } from './objects.ts'
import { isRefusal, within, type Doing } from './word.ts'

/** The number in a tagged value: `{"double-long-unsigned": 5}` → 5. */
function numberIn(value: Value): Value {
  const inner = isRecord(value) ? Object.values(value)[0] : undefined
  return typeof inner === 'number' || (typeof inner === 'string' && /^-?\d+$/.test(inner)) ? inner : null
}

/** In an answer of one APDU: tag, choice, invoke-id, choice of the result. */
const OCTETS_BEFORE_DATA = 4

export const readAttribute = (doing: Doing, asked: AttributeAsked, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.get(asked),
    manner,
    (read) => {
      const value = toJson(read)
      const octets = OCTETS_BEFORE_DATA + encode(data, read).length
      return { names: { value }, saves: { value, number: numberIn(value), octets } }
    },
  )

const keyOf = (
  { connection }: Doing,
  { 'class-id': classId, 'instance-id': instanceId, 'attribute-id': id }: CosemAttributeDescriptor,
): string => `${connection.device.name}/${classId}/${instanceId}/${id}`

/** What the journal keeps of an attribute that is written. */
export const entryOf = (doing: Doing, attribute: CosemAttributeDescriptor): Entry => ({
  key: keyOf(doing, attribute),
  word: 'write',
  client: doing.connection.client.name,
  device: doing.connection.device.name,
  attribute: { ...attribute },
})

/** Reads and journals the old value before the first write; undefined: it is safe to write. */
export async function journalled(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Refusal | undefined> {
  return remembered(doing, entryOf(doing, attribute), async () => {
    const came = await readAttribute(within(doing), { attribute })
    return isRefusal(came)
      ? { value: undefined, text: came.refusal }
      : { value: came.saves?.['value'], text: came.outcome.text }
  })
}

const SUCCESS = { names: { success: true } } as const

export const writeAttribute = (doing: Doing, written: AttributeWritten, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.set(written),
    manner,
    () => SUCCESS,
  )

export const invokeMethod = (doing: Doing, invoked: MethodInvoked, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.action(invoked),
    manner,
    (returned) => ({
      ...SUCCESS,
      ...(returned === undefined ? {} : { saves: { value: toJson(returned) } }),
    }),
  )

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
  const here: Doing = { ...within(doing), connection }
  const came = await writeAttribute(here, { attribute: descriptor, value: value.value })
  const there = isRefusal(came) || 'success' in came.outcome.names || (await holds(here, descriptor, value.value))
  await bench.connections.drop(connection)
  return there && !isRefusal(came) ? { outcome: { ...came.outcome, ...SUCCESS } } : came
}

/** Whoever refuses what is there already has refused the new value as well. */
async function holds(doing: Doing, attribute: CosemAttributeDescriptor, value: Data): Promise<boolean> {
  const came = await readAttribute(doing, { attribute })
  const found = isRefusal(came) ? undefined : fromJson(data, came.saves?.['value'] ?? null)
  return found?.ok === true && Buffer.compare(encode(data, found.value), encode(data, value)) === 0
}
