// range_descriptor and entry_descriptor (IEC 62056-6-2, Profile generic, buffer): what a client sends with selectors 1 and 2.
import type { Data } from '../../../protocol/data/data.ts'
import type { ColumnDescription } from '../../description.ts'
import { elementsOf, fieldsOf, numberOf } from '../data.ts'
import { readCaptureObject } from '../profile/columns.ts'

export interface RangeDescriptor {
  readonly restrictingObject: ColumnDescription
  readonly fromValue: Data
  readonly toValue: Data
  /** Empty: all columns. */
  readonly selectedValues: readonly ColumnDescription[]
}

/** Entries and columns are counted from 1. */
export interface EntryDescriptor {
  readonly fromEntry: number
  /** 0: the last. */
  readonly toEntry: number
  readonly fromSelectedValue: number
  /** 0: the last. */
  readonly toSelectedValue: number
}

/** Undefined: another type than the standard has. */
export function readRangeDescriptor(value: Data): RangeDescriptor | undefined {
  const fields = fieldsOf(value, 4)
  const [restricting, fromValue, toValue, selected] = fields ?? []
  const restrictingObject = readCaptureObject(restricting)
  const columns = elementsOf(selected)?.map(readCaptureObject)
  const selectedValues = columns?.filter((column) => column !== undefined)
  if (restrictingObject === undefined || fromValue === undefined || toValue === undefined) return undefined
  if (selectedValues === undefined || selectedValues.length !== columns?.length) return undefined
  return { restrictingObject, fromValue, toValue, selectedValues }
}

/** Undefined: another type than the standard has. */
export function readEntryDescriptor(value: Data): EntryDescriptor | undefined {
  const fields = fieldsOf(value, 4) ?? []
  const fromEntry = numberOf(fields[0], 'double-long-unsigned')
  const toEntry = numberOf(fields[1], 'double-long-unsigned')
  const fromSelectedValue = numberOf(fields[2], 'long-unsigned')
  const toSelectedValue = numberOf(fields[3], 'long-unsigned')
  if (fromEntry === undefined || toEntry === undefined) return undefined
  if (fromSelectedValue === undefined || toSelectedValue === undefined) return undefined
  return { fromEntry, toEntry, fromSelectedValue, toSelectedValue }
}
