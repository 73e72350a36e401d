// Null-data compression of profile buffers (IEC 62056-6-2, Profile generic): null-data stands for the value of the row before; for a time, for
// that of the row before and a capture period. Rows that are no structures are left as they are.
import { encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data, type Data } from './data.ts'
import { laterBy, readDateTime, writeDateTime } from './date-time.ts'

/** The column of the clock, counted from 0, and the capture period in seconds. */
export interface ClockColumn {
  readonly column: number
  readonly period: number
}

/** Rows with what null-data stands for. Where there is nothing that it could stand for, it stays. */
export function withoutNullData(rows: readonly Data[], clock?: ClockColumn): readonly Data[] {
  const full: Data[] = []
  for (const row of rows) {
    const before = full.at(-1)
    const value = (each: Data, column: number): Data =>
      each.is === 'null-data' ? (dueAfter(before, column, clock) ?? each) : each
    full.push(row.is === 'structure' ? { is: row.is, value: row.value.map(value) } : row)
  }
  return full
}

/** The reverse. Of a value that is null-data itself after one that is not, a reader cannot know. */
export function withNullData(rows: readonly Data[], clock?: ClockColumn): readonly Data[] {
  const full = withoutNullData(rows, clock)
  return full.map((row, index) => {
    const before = full[index - 1]
    if (row.is !== 'structure') return row
    const value = row.value.map((each, column): Data => {
      const due = dueAfter(before, column, clock)
      return due !== undefined && same(each, due) ? { is: 'null-data' } : each
    })
    return { is: 'structure', value }
  })
}

/** What null-data in a column stands for. */
function dueAfter(before: Data | undefined, column: number, clock: ClockColumn | undefined): Data | undefined {
  const value = before?.is === 'structure' ? before.value[column] : undefined
  if (value === undefined || clock?.column !== column) return value
  if (value.is !== 'octet-string' && value.is !== 'date-time') return undefined
  const time = readDateTime(value.value)
  const later = time && laterBy(time, clock.period)
  return later && { is: value.is, value: writeDateTime(later) }
}

const same = (a: Data, b: Data): boolean => a.is === b.is && hex(encode(data, a)) === hex(encode(data, b))
