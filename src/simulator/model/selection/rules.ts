// How a profile's buffer is narrowed down (IEC 62056-6-2, Profile generic; rulings L1–L11).
import type { Data } from '../../../protocol/data/data.ts'
import type { DataAccessResult, GetDataResult } from '../../../protocol/xdlms/common.ts'
import type { ColumnDescription } from '../../description.ts'
import type { Row } from '../profile/rows.ts'
import { isSameColumn } from '../profile/columns.ts'
import type { EntryDescriptor } from './descriptors.ts'
import { deviationOf, digitsOf, type TimeLimit } from './times.ts'

/** From and to, both included, counted from 0. Empty if `to` is below `from`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What a descriptor asks for, or why there is no such thing. */
export type Chosen<T> =
  { readonly is: 'chosen'; readonly value: T } | { readonly is: 'data-access-result'; readonly value: DataAccessResult }

export interface SelectionRules {
  /** Less than 0: the time of a row is before the limit. A limit without deviation is compared by its digits. */
  readonly compareTimes: (time: Uint8Array, limit: TimeLimit) => number
  /** How a value lies to the lower and to the upper limit: whether it belongs to the range (L3). */
  readonly isWithin: (toLower: number, toUpper: number) => boolean
  /** The rows that belong to the range (L1, L2). */
  readonly matching: (rows: readonly Row[], belongs: (row: Row) => boolean) => readonly Row[]
  /** The column that restricting_object names, counted from 0; -1: it is not captured. */
  readonly restricting: (object: ColumnDescription, captured: readonly ColumnDescription[]) => number
  /** selected_values → columns, counted from 0 (L4, L5). */
  readonly columns: (
    selected: readonly ColumnDescription[],
    captured: readonly ColumnDescription[],
  ) => Chosen<readonly number[]>
  /** from_entry and to_entry (L2, L6, L7, L8). */
  readonly entries: (descriptor: EntryDescriptor, count: number) => Chosen<Span>
  /** from_selected_value and to_selected_value (L7). */
  readonly entryColumns: (descriptor: EntryDescriptor, count: number) => Chosen<Span>
  /** Of object_list: the elements that a selector chooses (L12). */
  readonly objects: (chosen: readonly Data[], all: readonly Data[]) => readonly Data[]
  /** A selector that the buffer does not have (L11). */
  readonly unknownSelector: (buffer: () => Data) => GetDataResult
}

const chosen = <T>(value: T): Chosen<T> => ({ is: 'chosen', value })
export const refused = (value: DataAccessResult): Extract<GetDataResult, { is: 'data-access-result' }> => ({
  is: 'data-access-result',
  value,
})

/** Numbers start at 1; 0 as the end is the last; what lies beyond the end is not there. */
const span = (from: number, to: number, count: number): Span => ({
  from: from - 1,
  to: (to === 0 ? count : Math.min(to, count)) - 1,
})

export const conformantSelection: SelectionRules = {
  compareTimes(time, limit) {
    if (limit.is === 'open') return 0
    if (limit.deviation === null) return digitsOf(time) - limit.digits
    return digitsOf(time) - limit.digits + (deviationOf(time) - limit.deviation) * 60_000
  },
  isWithin: (toLower, toUpper) => toLower >= 0 && toUpper <= 0,
  matching: (rows, belongs) => rows.filter(belongs),
  restricting: (object, captured) => captured.findIndex((column) => isSameColumn(column, object)),
  columns(selected, captured) {
    if (selected.length === 0) return chosen(captured.map((_, index) => index))
    const found = selected.map((each) => captured.findIndex((column) => isSameColumn(each, column)))
    return found.includes(-1) ? refused('object-undefined') : chosen(found)
  },
  entries: ({ fromEntry, toEntry }, count) =>
    fromEntry === 0 ? refused('scope-of-access-violated') : chosen(span(fromEntry, toEntry, count)),
  entryColumns({ fromSelectedValue, toSelectedValue }, count) {
    const columns = span(fromSelectedValue, toSelectedValue, count)
    return fromSelectedValue === 0 || columns.to < columns.from ? refused('scope-of-access-violated') : chosen(columns)
  },
  objects: (chosen) => chosen,
  unknownSelector: () => refused('other-reason'),
}
