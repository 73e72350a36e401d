// list.with-attribute · list.with-script: a list that makes the meter act for whoever wrote it, and the same with one more element (IEC 62056-6-2, classes 7, 9, 40).
import { fromJson, toJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { dataOf } from './arguments.ts'
import { readAttribute } from './attribute-services.ts'
import { attributeOf } from './objects.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

const NOT_A_LIST: Refusal = { refusal: 'list: expected an attribute that is an array' }
const NO_ATTRIBUTE: Refusal = { refusal: 'attribute: expected an attribute (class-id, instance-id, attribute-id)' }

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })

/** class_id, logical_name, attribute_index. */
const reference = ({
  'class-id': classId,
  'instance-id': name,
  'attribute-id': id,
}: CosemAttributeDescriptor): readonly [Data, Data, Data] => [
  { is: 'long-unsigned', value: classId },
  { is: 'octet-string', value: Uint8Array.from(name.split('.'), Number) },
  { is: 'integer', value: (id << 24) >> 24 },
]

const WHOLE: Data = { is: 'long-unsigned', value: 0 }
const NO_RESTRICTION = structure({ is: 'enum', value: 0 }, { is: 'null-data' })
const ALL_COLUMNS: Data = { is: 'array', value: [] }
const FIELDS_OF_FIRST_VERSIONS = 4

/** push_object_list has more fields in later versions: those of the element that is there say how many. */
function column(attribute: CosemAttributeDescriptor, [first]: readonly Data[]): Data {
  const more = first?.is === 'structure' ? first.value.length - FIELDS_OF_FIRST_VERSIONS : 0
  return structure(...reference(attribute), WHOLE, ...[NO_RESTRICTION, ALL_COLUMNS].slice(0, Math.max(0, more)))
}

const SERVICE_WRITE: Data = { is: 'enum', value: 1 }

const identifierOf = (script: Data): number => {
  const [identifier] = script.is === 'structure' ? script.value : []
  return identifier?.is === 'long-unsigned' ? identifier.value : 0
}

/** Reads the list; `list` is what it has, `longer` has `more` behind it. */
async function withMore(
  doing: Doing,
  more: (elements: readonly Data[]) => { readonly element: Data; readonly saves?: Came['saves'] },
): Promise<Came | Refusal> {
  const attribute = attributeOf(doing.args['list'])
  if (attribute === undefined) return NOT_A_LIST
  const came = await readAttribute(within(doing), { attribute })
  if (isRefusal(came) || came.saves === undefined) return came
  const { value } = came.saves
  const read = value === undefined ? undefined : fromJson(data, value)
  if (value === undefined || read?.ok !== true || read.value.is !== 'array') return NOT_A_LIST
  const { element, saves } = more(read.value.value)
  const longer = toJson({ is: 'array', value: [...read.value.value, element] } satisfies Data)
  return {
    outcome: { ...came.outcome, names: { ...came.outcome.names, success: true } },
    saves: { ...saves, list: value, longer },
  }
}

/** `attribute` as one more column of capture_objects, or element of push_object_list. */
const withAttribute: Word = {
  says: 'read a list, and make one with an attribute more',
  properties: { list: FIELDS, attribute: FIELDS },
  required: ['list', 'attribute'],
  outcomes: ['success', 'refused', 'unlisted'],
  saves: ['list', 'longer'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    if (attribute === undefined) return NO_ATTRIBUTE
    return withMore(doing, (elements) => ({ element: column(attribute, elements) }))
  },
}

/** One more script of a Script table, `script`: it writes `value` to `attribute`. */
const withScript: Word = {
  says: 'read a script table, and make one with a script more',
  properties: { list: FIELDS, attribute: FIELDS, value: FIELDS },
  required: ['list', 'attribute', 'value'],
  outcomes: ['success', 'refused', 'unlisted'],
  saves: ['list', 'longer', 'script'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    if (attribute === undefined) return NO_ATTRIBUTE
    const value = dataOf('value', doing.args['value'])
    if (!value.ok) return { refusal: value.failure }
    const action = structure(SERVICE_WRITE, ...reference(attribute), value.value)
    return withMore(doing, (scripts) => {
      const identifier: Data = { is: 'long-unsigned', value: Math.max(0, ...scripts.map(identifierOf)) + 1 }
      return {
        element: structure(identifier, { is: 'array', value: [action] }),
        saves: { script: toJson(identifier) },
      }
    })
  },
}

export const longerListWords: Readonly<Record<string, Word>> = {
  'list.with-attribute': withAttribute,
  'list.with-script': withScript,
}
