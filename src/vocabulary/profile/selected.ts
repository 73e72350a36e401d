// The rows and columns that a selection asks of a reference, as `entry` and `range` of suites say it.
import type { Value } from '../../codec/value.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { columnOf, isSameColumn } from './columns.ts'
import { momentOfLimit } from './limits.ts'
import { clockAt, filledRows, momentOfRow, type Reference } from './reference.ts'
import type { Row } from './rows.ts'

export interface Selected {
  /** Filled in, with all columns. */
  readonly rows: readonly Row[]
  /** The same rows as they came. */
  readonly raw: readonly Row[]
  /** Columns counted from 0, in the order asked for. */
  readonly columns: readonly number[]
}

/** Undefined: it cannot be told from this reference. */
export function selectedOf(reference: Reference, { entry, range }: JsonRecord): Selected | undefined {
  if (isRecord(entry)) return byEntry(reference, entry)
  return isRecord(range) ? byRange(reference, range) : undefined
}

const those = (reference: Reference, belongs: (row: Row, number: number) => boolean): Omit<Selected, 'columns'> => {
  const rows = filledRows(reference)
  const wanted = rows.map((row, at) => belongs(row, reference.first + at))
  const among = (all: readonly Row[]): readonly Row[] => all.filter((_, at) => wanted[at])
  return { rows: among(rows), raw: among(reference.rows) }
}

const number = (value: Value | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

/** Entries and columns are counted from 1; 0 as the end is the last. */
function byEntry(reference: Reference, { from, to, columns: limits }: JsonRecord): Selected {
  const until = number(to, 0) === 0 ? reference.inUse : number(to, 0)
  const columns = isRecord(limits) ? limits : {}
  const [first, last] = [number(columns['from'], 1), number(columns['to'], 0)]
  return {
    ...those(reference, (_, at) => at >= number(from, 1) && at <= until),
    columns: reference.columns.map((_, at) => at).slice(first - 1, last === 0 ? undefined : last),
  }
}

/** Both limits belong to the range. `columns` that the profile does not have are passed over. */
function byRange(reference: Reference, { from = null, to = null, columns = [] }: JsonRecord): Selected | undefined {
  const [lower, upper] = [momentOfLimit(from), momentOfLimit(to)]
  if (lower === undefined || upper === undefined || !isList(columns)) return undefined
  const clock = clockAt(reference)
  const wanted = columns.map(columnOf).flatMap((asked) => {
    const at = asked === undefined ? -1 : reference.columns.findIndex((column) => isSameColumn(column, asked))
    return at < 0 ? [] : [at]
  })
  return {
    ...those(reference, (row) => {
      const moment = momentOfRow(row, clock)
      return moment !== undefined && moment >= lower && moment <= upper
    }),
    columns: columns.length === 0 ? reference.columns.map((_, at) => at) : wanted,
  }
}
