// What a profile held when it was first read: what later answers are compared with. Suites save it and refer to its parts.
import { toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { CaptureObject } from '../../client/selection.ts'
import type { Data } from '../../protocol/data/data.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { columnOf, columnRow } from './columns.ts'
import { momentOf, timeOf } from './limits.ts'
import { filled, savedRows, type Row } from './rows.ts'

export interface Reference {
  readonly columns: readonly CaptureObject[]
  /** capture_period in seconds. */
  readonly period: number
  /** entries_in_use. */
  readonly inUse: number
  /** The number of the first of `rows`; entries are counted from 1. */
  readonly first: number
  /** As they came. */
  readonly rows: readonly Row[]
}

const CLOCK = 8
const TIME = 2

/** The column that is the time of a Clock, counted from 0; -1: there is none. */
export const clockAt = ({ columns }: Pick<Reference, 'columns'>): number =>
  columns.findIndex((column) => column['class-id'] === CLOCK && column['attribute-index'] === TIME)

export const filledRows = (reference: Reference): readonly Row[] =>
  filled(reference.rows, { clock: clockAt(reference), period: reference.period })

/** When a row was captured; undefined: it does not tell. */
export function momentOfRow(row: Row, clock: number): number | undefined {
  const cell = row[clock]
  const time = cell && timeOf(cell)
  return time && momentOf(time)
}

/** How the times of the rows run. `none`: two are the same, or they run to and fro, or are not all told. */
export function orderOf(reference: Reference): 'rising' | 'falling' | 'none' {
  const clock = clockAt(reference)
  const moments = filledRows(reference).map((row) => momentOfRow(row, clock))
  const runs = (before: (a: number, b: number) => boolean): boolean =>
    moments.every((moment, at) => {
      const last = moments[at - 1]
      return moment !== undefined && (at === 0 || (last !== undefined && before(last, moment)))
    })
  if (runs((a, b) => a < b)) return 'rising'
  return runs((a, b) => a > b) ? 'falling' : 'none'
}

/**
 * As suites refer to it: `in-use`, `order`, `width` (how many columns), `columns`, `clock` and `other` (a column that is no clock), `pair` (both, in the order in which they are captured);
 * `numbers` and `times` of its rows from `1` on, and of the `first`, the `last` and the `last-but-one`. Times are sorted, the earliest first.
 */
export function referenceRow(reference: Reference): Value {
  const { columns, inUse, first, rows, period } = reference
  const clock = columns[clockAt(reference)]
  const other = columns.findLast((column) => column !== clock)
  const pair = clock && other ? columns.filter((column) => column === clock || column === other) : []
  return {
    'in-use': inUse,
    first,
    period,
    order: orderOf(reference),
    width: columns.length,
    columns: columns.map(columnRow),
    ...(clock === undefined ? {} : { clock: columnRow(clock) }),
    ...(other === undefined ? {} : { other: columnRow(other) }),
    pair: pair.map(columnRow),
    numbers: named(rows.map((_, at) => first + at)),
    times: named(timesOf(reference).map((time) => toJson(time))),
    rows: rows.map((row) => row.map((cell) => toJson(cell))),
  }
}

function timesOf(reference: Reference): readonly Data[] {
  const clock = clockAt(reference)
  const timed = filledRows(reference).flatMap((row) => {
    const [time, moment] = [row[clock], momentOfRow(row, clock)]
    return time !== undefined && moment !== undefined ? [{ time, moment }] : []
  })
  return timed.sort((a, b) => a.moment - b.moment).map(({ time }) => time)
}

function named(values: readonly Value[]): Value {
  const [first, last, lastButOne] = [values[0], values.at(-1), values.at(-2)]
  return {
    ...Object.fromEntries(values.map((value, at) => [`${at + 1}`, value])),
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    ...(lastButOne === undefined ? {} : { 'last-but-one': lastButOne }),
  }
}

/** Undefined: it is none. */
export function readReference(value: Value | undefined): Reference | undefined {
  if (!isRecord(value)) return undefined
  const { 'in-use': inUse, first, period, columns: said, rows: saved } = value
  const rows = savedRows(saved)
  const columns = said !== undefined && isList(said) ? said.map(columnOf) : []
  const known = columns.filter((column) => column !== undefined)
  if (typeof inUse !== 'number' || typeof first !== 'number' || typeof period !== 'number') return undefined
  return rows === undefined || known.length < columns.length || known.length === 0
    ? undefined
    : { columns: known, period, inUse, first, rows }
}
