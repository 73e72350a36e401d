// protection-buffer.read · write: attributes that an object of Data protection protects by its own attributes (IEC 62056-6-2, Data protection, protection_buffer).
import { encode, fromJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { GIVEN } from '../data-protection/given.ts'
import { listOf, type Named } from '../data-protection/objects.ts'
import { BY, KEY } from '../data-protection/wanted.ts'
import type { Came } from '../evidence.ts'
import { journalled, readAttribute, writeAttribute } from './attribute-services.ts'
import { FLIP, readingOf, toldBy, writingOf } from './protected-data.ts'
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
  outcomes: [...GIVEN, 'unrequired', 'unprepared', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const reading = await readingOf(doing)
    if (!reading.ok) return reading.failure
    const { object, attribute, layers } = reading.value
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
    return toldBy(came, reading.value, { said }, content)
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
  outcomes: ['success', 'unrequired', 'refused', 'unprepared', 'unlisted'],
  alive: true,
  async run(doing) {
    const writing = await writingOf(doing)
    if (!writing.ok) return writing.failure
    const { object, attributes, parameters, content, plain } = writing.value
    const unprepared = await prepared(doing, object, [
      [PROTECTION_OBJECT_LIST, listOf(...attributes)],
      [PROTECTION_PARAMETERS_SET, parameters],
    ])
    if (unprepared !== undefined) return unprepared
    const isPlain = doing.args['plain'] === true
    const value: Data = isPlain ? { is: 'octet-string', value: encode(data, plain) } : content
    return writeAttribute(doing, { attribute: of(object, PROTECTION_BUFFER), value })
  },
}

export const protectionBufferWords: Readonly<Record<string, Word>> = {
  'protection-buffer.read': read,
  'protection-buffer.write': write,
}
