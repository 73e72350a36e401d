// protection-buffer.read · write: attributes that an object of Data protection protects by its own attributes (IEC 62056-6-2, Data protection, protection_buffer).
import { encode, fromJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { listOf, type Named } from '../data-protection/objects.ts'
import type { Came } from '../evidence.ts'
import { dataOf, journalled, readAttribute, writeAttribute } from './attribute.ts'
import { askedFor, BY, FLIP, KEY, reachedIn, sealed, shownBy, toldBy } from './protected-data.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

const PROTECTION_BUFFER = 2
const PROTECTION_OBJECT_LIST = 3
const PROTECTION_PARAMETERS_GET = 4
const PROTECTION_PARAMETERS_SET = 5

const of = (object: Named, id: number): CosemAttributeDescriptor => ({ ...object, 'attribute-id': id })

/** Undefined: each is written, and what was there before is noted; else what came of the one that is not. */
async function prepared(
  doing: Doing,
  object: Named,
  values: readonly (readonly [number, Data])[],
): Promise<Came | Refusal | undefined> {
  for (const [id, value] of values) {
    const attribute = of(object, id)
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const came = await writeAttribute(within(doing), { attribute, value })
    if (isRefusal(came)) return came
    if (!('success' in came.outcome.names)) return { outcome: { ...came.outcome, names: { unprepared: true } } }
  }
  return undefined
}

const valueIn = (came: Came | Refusal): Data | undefined => {
  const read = isRefusal(came) ? undefined : fromJson(data, came.saves?.['value'] ?? null)
  return read?.ok ? read.value : undefined
}

/** `unprepared`: the list or the parameters cannot be written. The rest as of data-protection.get. */
const read: Word = {
  says: 'read an attribute through protection_buffer',
  properties: { object: FIELDS, attribute: FIELDS, by: BY, key: KEY },
  required: ['object', 'attribute'],
  outcomes: ['value', 'clear', 'other-key', 'fewer-layers', 'unopened', 'unprepared', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const reached = reachedIn(doing)
    if (!reached.ok) return reached.failure
    const { object, attribute } = reached.value
    const asked = askedFor(doing)
    if (!asked.ok) return { refusal: asked.failure }
    const { security, layers } = asked.value
    const shown = await shownBy(doing, attribute)
    const unprepared = await prepared(doing, object, [
      [PROTECTION_OBJECT_LIST, listOf(attribute)],
      [PROTECTION_PARAMETERS_GET, parametersData(layers)],
    ])
    if (unprepared !== undefined) return unprepared
    const came = await readAttribute(doing, { attribute: of(object, PROTECTION_BUFFER) })
    if (isRefusal(came) || came.saves?.['value'] === undefined) return came
    const content = valueIn(came)
    // what the server has filled in stands there afterwards
    const said = valueIn(await readAttribute(within(doing), { attribute: of(object, PROTECTION_PARAMETERS_GET) }))
    return toldBy(came, security, content, { said, asked: layers, shown })
  },
}

/** `plain`: the value stands in the buffer without any protection. */
const write: Word = {
  says: 'write an attribute through protection_buffer',
  properties: {
    object: FIELDS,
    attribute: FIELDS,
    value: FIELDS,
    by: BY,
    key: KEY,
    flip: FLIP,
    plain: { type: 'boolean' },
  },
  required: ['object', 'attribute', 'value'],
  outcomes: ['success', 'refused', 'unprepared', 'unlisted'],
  alive: true,
  async run(doing) {
    const reached = reachedIn(doing)
    if (!reached.ok) return reached.failure
    const { object, attribute } = reached.value
    const value = dataOf('value', doing.args['value'])
    if (!value.ok) return { refusal: value.failure }
    const made = sealed(doing, value.value)
    if (!made.ok) return { refusal: made.failure }
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const unprepared = await prepared(doing, object, [
      [PROTECTION_OBJECT_LIST, listOf(attribute)],
      [PROTECTION_PARAMETERS_SET, made.value.parameters],
    ])
    if (unprepared !== undefined) return unprepared
    const isPlain = doing.args['plain'] === true
    const content: Data = isPlain ? { is: 'octet-string', value: encode(data, value.value) } : made.value.content
    return writeAttribute(doing, { attribute: of(object, PROTECTION_BUFFER), value: content })
  },
}

export const protectionBufferWords: Readonly<Record<string, Word>> = {
  'protection-buffer.read': read,
  'protection-buffer.write': write,
}
