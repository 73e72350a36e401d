// Lists of attributes, as push_object_list of Push setup and capture_objects of Compact data are, against what GET reads of the same (IEC 62056-6-2, classes 40, 62).
import { fromJson } from '../codec/codec.ts'
import type { Value } from '../codec/value.ts'
import { data, type Data } from '../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../protocol/xdlms/common.ts'

/** One element of the list; `dataIndex` 0: the whole attribute. */
export interface CapturedColumn {
  readonly attribute: CosemAttributeDescriptor
  readonly dataIndex: number
}

/** Undefined: this is no such list. Later versions have more fields behind the first four. */
export function capturedColumns(value: Value | undefined): readonly CapturedColumn[] | undefined {
  const read = fromJson(data, value ?? null)
  if (!read.ok || read.value.is !== 'array') return undefined
  const columns = read.value.value.map(columnIn)
  const known = columns.filter((column) => column !== undefined)
  return known.length === columns.length ? known : undefined
}

function columnIn(element: Data): CapturedColumn | undefined {
  const [classId, name, attribute, index] = element.is === 'structure' ? element.value : []
  if (classId?.is !== 'long-unsigned' || name?.is !== 'octet-string') return undefined
  if (attribute?.is !== 'integer' || index?.is !== 'long-unsigned') return undefined
  return {
    attribute: {
      'class-id': classId.value,
      'instance-id': name.value.join('.'),
      'attribute-id': attribute.value & 0xff,
    },
    dataIndex: index.value,
  }
}

const PROFILE_GENERIC = 7
const BUFFER = 2
/** Above them a data_index selects rows of a buffer. */
const MOST_ELEMENTS = 0x0fff

/** Whether one GET shows what stands in its place: not of all attributes together, of buffers, or of selected rows. */
export const isComparable = ({ attribute, dataIndex }: CapturedColumn): boolean =>
  attribute['attribute-id'] !== 0 &&
  dataIndex <= MOST_ELEMENTS &&
  !(attribute['class-id'] === PROFILE_GENERIC && attribute['attribute-id'] === BUFFER)

/** The element of an attribute that data_index selects; undefined: there is none. */
export function columnOf(value: Data, { dataIndex }: CapturedColumn): Data | undefined {
  if (dataIndex === 0) return value
  return value.is === 'structure' || value.is === 'array' ? value.value[dataIndex - 1] : undefined
}
