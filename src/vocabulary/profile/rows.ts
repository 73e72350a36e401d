// Rows of a Profile generic (IEC 62056-6-2, class 7): read from a buffer, and filled in where null-data stands for the row before.
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { compactElements } from '../../protocol/data/compact-elements.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { laterBy, readDateTime, writeDateTime } from '../../protocol/data/date-time.ts'
import { isList } from '../../protocol/json.ts'

export type Row = readonly Data[]

/** The rows of a buffer, each a list of its columns; undefined: it is no array or compact-array of structures. */
export function rowsOf(buffer: Data): readonly Row[] | undefined {
  const elements = elementsOf(buffer)
  const rows = elements?.flatMap((row) => (row.is === 'structure' ? [row.value] : []))
  return rows?.length === elements?.length ? rows : undefined
}

function elementsOf(buffer: Data): readonly Data[] | undefined {
  if (buffer.is === 'array') return buffer.value
  const unpacked = buffer.is === 'compact-array' ? compactElements(buffer.value) : undefined
  return unpacked?.ok ? unpacked.value : undefined
}

/** Saved rows; undefined: something else. */
export function savedRows(value: Value | undefined): readonly Row[] | undefined {
  if (value === undefined || !isList(value)) return undefined
  const rows: Row[] = []
  for (const row of value) {
    const cells = isList(row) ? row.map((cell) => fromJson(data, cell)) : []
    const known = cells.flatMap((cell) => (cell.ok ? [cell.value] : []))
    if (!isList(row) || known.length < row.length) return undefined
    rows.push(known)
  }
  return rows
}

/** `clock`: which column is a time, counted from 0, -1: none; `period` in seconds. */
export interface Filling {
  readonly clock: number
  readonly period: number
}

/** Null-data is what the row before has, and a time one period later (ruling L9). In the first row nothing can be filled in. */
export function filled(rows: readonly Row[], { clock, period }: Filling): readonly Row[] {
  let before: Row | undefined
  return rows.map((row) => {
    const above = before
    const whole = row.map((cell, at) => {
      const previous = above?.[at]
      if (cell.is !== 'null-data' || previous === undefined) return cell
      return at === clock && period > 0 ? later(previous, period) : previous
    })
    before = whole
    return whole
  })
}

function later(value: Data, seconds: number): Data {
  if (value.is !== 'octet-string' && value.is !== 'date-time') return value
  const time = readDateTime(value.value)
  const moved = time && laterBy(time, seconds)
  return moved ? { is: value.is, value: writeDateTime(moved) } : value
}
