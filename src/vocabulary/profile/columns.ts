// Columns of a profile as suites name them: attributes with `data-index`, or elements of capture_objects as they were read.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { CaptureObject } from '../../client/selection.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { objectOf } from '../steps/objects.ts'

/** Undefined: it is no column. */
export function columnOf(value: Value): CaptureObject | undefined {
  const read = isRecord(value) ? value['structure'] : undefined
  if (read !== undefined) {
    const element = fromJson(data, { structure: read })
    return element.ok ? capturedColumn(element.value) : undefined
  }
  const object = objectOf(value)
  const { 'attribute-id': attribute, 'data-index': index = 0 } = isRecord(value) ? value : {}
  if (object === undefined || typeof attribute !== 'number' || typeof index !== 'number') return undefined
  return {
    'class-id': object['class-id'],
    'logical-name': Uint8Array.from(object['instance-id'].split('.'), Number),
    'attribute-index': attribute,
    'data-index': index,
  }
}

/** capture_object_definition; undefined: it is none. */
export function capturedColumn(value: Data): CaptureObject | undefined {
  const [classId, name, attribute, index] = value.is === 'structure' ? value.value : []
  if (classId?.is !== 'long-unsigned' || name?.is !== 'octet-string') return undefined
  if (attribute?.is !== 'integer' || index?.is !== 'long-unsigned') return undefined
  return {
    'class-id': classId.value,
    'logical-name': name.value,
    'attribute-index': attribute.value,
    'data-index': index.value,
  }
}

/** As a suite would name it. */
export const columnRow = (column: CaptureObject): Value => ({
  'class-id': column['class-id'],
  'instance-id': column['logical-name'].join('.'),
  'attribute-id': column['attribute-index'],
  'data-index': column['data-index'],
})

export const isSameColumn = (a: CaptureObject, b: CaptureObject): boolean =>
  JSON.stringify(columnRow(a)) === JSON.stringify(columnRow(b))
