// Services as suites write them, by objects of the declaration and values, → fields of the standard.
import { encode, fromJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { data } from '../../protocol/data/data.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { messageOf } from '../../protocol/messages.ts'

/** Keys that an object of the declaration has beside its descriptor. */
const DECLARED_KEYS = ['for', 'values', 'device', 'counts', 'name', 'parameter']

/** An attribute or method of the declaration → its descriptor. `other`: the other kind's id. */
function descriptor(value: JsonRecord, other: 'attribute-id' | 'method-id'): JsonRecord {
  const kept = Object.entries(value).filter(([key]) => !DECLARED_KEYS.includes(key) && key !== other)
  return Object.fromEntries(
    kept.map(([key, each]) => [key, key.endsWith('-id') && typeof each === 'number' && each < 0 ? each + 256 : each]),
  )
}

const part = (said: JsonRecord, key: string): JsonRecord => {
  const value = said[key]
  return isRecord(value) ? value : {}
}

const listPart = (said: JsonRecord, key: string): readonly JsonRecord[] => {
  const value = said[key]
  return value !== undefined && isList(value) ? value.filter(isRecord) : []
}

export const without = (said: JsonRecord, ...keys: readonly string[]): JsonRecord =>
  Object.fromEntries(Object.entries(said).filter(([key]) => !keys.includes(key)))

/**
 * `{"get": attribute}`, `{"set": {attribute, value}}`, `{"action": method}` or `{"action": {method, parameter}}`; lists have `attributes` or `methods`;
 * the raw data of a block may be written as a piece of a value: `{"of": value, "from": 0, "to": 1}`,
 * with octets `behind` it where too many are wanted.
 */
export function serviceFields(name: string, said: JsonRecord): JsonRecord {
  const full = messageOf(name)?.name
  switch (full) {
    case 'get-request-normal':
    case 'set-request-normal':
      return descriptor({ ...part(said, 'attribute'), ...without(said, 'attribute') }, 'method-id')
    case 'action-request-normal': {
      const method = { ...part(said, 'method'), ...without(said, 'method') }
      const parameter = method['parameter']
      return {
        ...descriptor(method, 'attribute-id'),
        ...(parameter === undefined ? {} : { 'method-invocation-parameters': parameter }),
      }
    }
    case 'set-request-with-first-datablock':
      return cutOf(descriptor({ ...part(said, 'attribute'), ...without(said, 'attribute') }, 'method-id'), 'datablock')
    case 'set-request-with-datablock':
      return cutOf(said, 'datablock')
    case 'action-request-with-first-pblock':
      return cutOf(descriptor({ ...part(said, 'method'), ...without(said, 'method') }, 'attribute-id'), 'pblock')
    case 'action-request-with-pblock':
      return cutOf(said, 'pblock')
    case 'get-request-with-list':
    case 'set-request-with-list':
      return said['attributes'] === undefined
        ? said
        : {
            ...without(said, 'attributes'),
            'attribute-descriptor-list': listPart(said, 'attributes').map((each) => ({
              'cosem-attribute-descriptor': descriptor(each, 'method-id'),
            })),
          }
    case 'action-request-with-list':
      return said['methods'] === undefined
        ? said
        : {
            ...without(said, 'methods'),
            'cosem-method-descriptor-list': listPart(said, 'methods').map((each) => descriptor(each, 'attribute-id')),
          }
    case 'access-request':
      return said['list'] === undefined ? said : { ...without(said, 'list'), ...accessFields(listPart(said, 'list')) }
    default:
      return said
  }
}

/** `{"get": attribute}`, `{"set": attribute, "value": …}`, `{"action": method, "parameter": …}`: a specification and its Data, null-data where there is none. */
function accessFields(list: readonly JsonRecord[]): JsonRecord {
  const specifications = list.map((each): JsonRecord => {
    if (each['action'] !== undefined)
      return {
        'access-request-action': { 'cosem-method-descriptor': descriptor(part(each, 'action'), 'attribute-id') },
      }
    const is = each['set'] === undefined ? 'get' : 'set'
    return { [`access-request-${is}`]: { 'cosem-attribute-descriptor': descriptor(part(each, is), 'method-id') } }
  })
  return {
    'access-request-specification': specifications,
    'access-request-list-of-data': list.map(
      (each) => each['value'] ?? each['parameter'] ?? part(each, 'action')['parameter'] ?? { 'null-data': {} },
    ),
  }
}

/** The raw data of the block in this field, where it is written as a piece of a value. */
function cutOf(said: JsonRecord, field: 'datablock' | 'pblock'): JsonRecord {
  const block = part(said, field)
  const raw = block['raw-data']
  return isRecord(raw) ? { ...said, [field]: { ...block, 'raw-data': pieceOf(raw) } } : said
}

function pieceOf({ of = null, from = 0, to, behind = '' }: JsonRecord): Value {
  const value = fromJson(data, of)
  if (!value.ok || typeof from !== 'number' || typeof behind !== 'string') return null
  return hex(encode(data, value.value).subarray(from, typeof to === 'number' ? to : undefined)) + behind
}
