// Capture objects (class 7, attribute 3; selective access): which attribute of which object a column holds.
import type { Data } from '../../../protocol/data/data.ts'
import type { ColumnDescription } from '../../description.ts'
import { fieldsOf, integer, logicalName, longUnsigned, nameOf, numberOf, octets, structure } from '../data.ts'

/** data_index 0: the attribute as a whole. */
const WHOLE = 0

export const captureObject = (column: ColumnDescription): Data =>
  structure(
    longUnsigned(column['class-id']),
    octets(logicalName(column['logical-name'])),
    integer(column.attribute),
    longUnsigned(WHOLE),
  )

/** A capture object as a client sends it; undefined: it is none, or asks for a part of an attribute. */
export function readCaptureObject(value: Data | undefined): ColumnDescription | undefined {
  const fields = fieldsOf(value, 4) ?? []
  const classId = numberOf(fields[0], 'long-unsigned')
  const name = nameOf(fields[1])
  const attribute = numberOf(fields[2], 'integer')
  if (numberOf(fields[3], 'long-unsigned') !== WHOLE) return undefined
  if (classId === undefined || name === undefined || attribute === undefined) return undefined
  return { 'class-id': classId, 'logical-name': name, attribute }
}

export const isSameColumn = (a: ColumnDescription, b: ColumnDescription): boolean =>
  a['class-id'] === b['class-id'] && a['logical-name'] === b['logical-name'] && a.attribute === b.attribute
