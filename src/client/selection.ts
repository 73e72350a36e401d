// Selective access to the buffer of a Profile generic (IEC 62056-6-2, class 7): by range and by entry.
import type { Data } from '../protocol/data/data.ts'
import type { AccessSelection } from '../protocol/xdlms/common.ts'

/** One column of a profile: capture_object_definition. */
export interface CaptureObject {
  readonly 'class-id': number
  readonly 'logical-name': Uint8Array
  readonly 'attribute-index': number
  readonly 'data-index': number
}

export interface RangeDescriptor {
  readonly restrictingObject: CaptureObject
  readonly from: Data
  readonly to: Data
  /** None: all. */
  readonly selectedValues: readonly CaptureObject[]
}

export interface EntryDescriptor {
  /** The first is 1. */
  readonly fromEntry: number
  /** 0: the last. */
  readonly toEntry: number
  readonly fromSelectedValue: number
  readonly toSelectedValue: number
}

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
const longUnsigned = (value: number): Data => ({ is: 'long-unsigned', value })
const doubleLongUnsigned = (value: number): Data => ({ is: 'double-long-unsigned', value })

const captureObjectData = (column: CaptureObject): Data =>
  structure(
    longUnsigned(column['class-id']),
    { is: 'octet-string', value: column['logical-name'] },
    { is: 'integer', value: column['attribute-index'] },
    longUnsigned(column['data-index']),
  )

export const byRange = ({ restrictingObject, from, to, selectedValues }: RangeDescriptor): AccessSelection => ({
  'access-selector': 1,
  'access-parameters': structure(captureObjectData(restrictingObject), from, to, {
    is: 'array',
    value: selectedValues.map(captureObjectData),
  }),
})

export const byEntry = (entry: EntryDescriptor): AccessSelection => ({
  'access-selector': 2,
  'access-parameters': structure(
    doubleLongUnsigned(entry.fromEntry),
    doubleLongUnsigned(entry.toEntry),
    longUnsigned(entry.fromSelectedValue),
    longUnsigned(entry.toSelectedValue),
  ),
})
