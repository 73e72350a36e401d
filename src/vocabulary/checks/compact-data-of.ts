// compact_buffer against template_description, template_id and capture_objects (IEC 62056-6-2, class 62; ruling X24).
import { decode, fromJson, toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { typeDescription } from '../../protocol/data/compact-array.ts'
import { compactElements } from '../../protocol/data/compact-elements.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { capturedColumns, type CapturedColumn } from '../captured-columns.ts'
import { columnsBetween } from './columns-between.ts'
import { fails, PASS } from './exchange.ts'

const COMPACT_DATA = 62
const TEMPLATE_ID = 4

/** `template`, `id`, `objects`: the values of the attributes; `before`, `after`: what was read of each object, where it was captured between. */
export function compactDataOf(value: Value, argument: Value | undefined): Checked {
  const of = argument !== undefined && isRecord(argument) ? argument : {}
  const objects = capturedColumns(of['objects'])
  const template = octetsIn(of['template'])
  const buffer = octetsIn(value)
  if (objects === undefined || template === undefined || buffer === undefined)
    return fails('compact_buffer and template_description as octet-strings, capture_objects as an array', 'others')
  const description = decode(typeDescription, template)
  if (!description.ok)
    return { is: 'remark', text: 'template_description is of no known form: the buffer is not judged', ruling: 'X24' }
  const read = compactElements({ 'contents-description': description.value, 'array-contents': buffer })
  if (!read.ok) return fails(`what template_description describes: ${read.failure.expected}`, read.failure.found)
  const [captured, ...more] = read.value
  if (captured === undefined || more.length > 0)
    return fails('what template_description describes, once', `${read.value.length} times`)
  const wrong = wrongId(captured, objects, of['id'])
  if (wrong !== undefined) return wrong
  return of['before'] === undefined ? PASS : columnsBetween(toJson(captured), argument)
}

function octetsIn(value: Value | undefined): Uint8Array | undefined {
  const read = fromJson(data, value ?? null)
  return read.ok && read.value.is === 'octet-string' ? read.value.value : undefined
}

/** The id that is captured first says which template the buffer is of. */
function wrongId(captured: Data, [first]: readonly CapturedColumn[], id: Value | undefined): Checked | undefined {
  const isId = first?.attribute['class-id'] === COMPACT_DATA && first.attribute['attribute-id'] === TEMPLATE_ID
  const [found] = captured.is === 'structure' ? captured.value : []
  const known = fromJson(data, id ?? null)
  if (!isId || !known.ok || found === undefined || tellValue(found) === tellValue(known.value)) return undefined
  return fails(`template_id ${tellValue(known.value)} in front`, tellValue(found))
}
