import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { isObject } from './case.ts'
import { holds } from './conditions.ts'
import { type ReferenceFailure, resolve, type Scope } from './references.ts'
import type { Axis, EachAxis, RangeAxis } from './suite.generated.ts'

/**
 * Rows of an axis of the vocabulary, each with its `name`; `later`: the meter has to be asked first. `of` is resolved.
 * The scope holds the rows chosen on the axes before; `written` those that the suite wrote.
 */
export type AxisRows = (
  axis: string,
  of: Value | undefined,
  scope: Scope,
  written: Scope,
) => readonly AxisRow[] | 'later'
export type AxisRow = { readonly name: string } & { readonly [field: string]: Value }

/** One combination of rows. */
export interface Row {
  /** Values that the suite wrote, by axis: they may hold references. */
  readonly written: Scope
  /** Rows that the vocabulary or a range gave, by axis: data, taken as it is. */
  readonly given: Scope
  /** Axis and row in words, for the name of the instance. */
  readonly names: readonly (readonly [axis: string, row: string])[]
  /** Axes that need the meter: expanded when reached, by `rowsOf` with this row as `begun`. Empty: the row is complete. */
  readonly later: readonly string[]
}

export type MatrixFailure =
  | ReferenceFailure
  | { readonly is: 'not-a-range'; readonly path: string; readonly expected: string; readonly found: string }

const NO_AXIS: Row = { written: {}, given: {}, names: [], later: [] }

/** All combinations, the first axis varying slowest, axes in the order of their keys. No matrix: one row without names. */
export function rowsOf(
  matrix: Readonly<Record<string, Axis>> | undefined,
  scope: Scope,
  rows: AxisRows,
  begun: Row = NO_AXIS,
): Result<readonly Row[], MatrixFailure> {
  const done = new Set(begun.names.map(([axis]) => axis))
  let combinations: readonly Row[] = [{ ...begun, later: [] }]
  for (const [name, axis] of Object.entries(matrix ?? {})) {
    if (done.has(name)) continue
    const next: Row[] = []
    for (const row of combinations) {
      const extended = extend(row, name, axis, scope, rows)
      if (!extended.ok) return extended
      next.push(...extended.value)
    }
    combinations = next
  }
  return ok(combinations)
}

function extend(
  row: Row,
  name: string,
  axis: Axis,
  scope: Scope,
  rows: AxisRows,
): Result<readonly Row[], MatrixFailure> {
  const known = { ...scope, ...row.given }
  if (row.later.length > 0) return ok([{ ...row, later: [...row.later, name] }])
  if (isEach(axis)) return each(row, name, axis, known, rows)
  if (isRange(axis)) return range(row, name, axis, known)
  return ok(
    Object.entries(axis).map(([label, value]) => ({
      ...row,
      written: { ...row.written, [name]: value },
      names: [...row.names, [name, label]],
    })),
  )
}

export const isEach = (axis: Axis): axis is EachAxis => 'each' in axis
export const isRange = (axis: Axis): axis is RangeAxis => 'from' in axis && 'to' in axis

const withGiven = (row: Row, name: string, value: Value, label: string): Row => ({
  ...row,
  given: { ...row.given, [name]: value },
  names: [...row.names, [name, label]],
})

function each(
  row: Row,
  name: string,
  axis: EachAxis,
  scope: Scope,
  rows: AxisRows,
): Result<readonly Row[], MatrixFailure> {
  const of = axis.of === undefined ? undefined : resolve(axis.of, scope, row.written)
  if (of && !of.ok) return of
  const found = rows(axis.each, of?.value, scope, row.written)
  if (found === 'later') return ok([{ ...row, later: [name] }])
  const kept: Row[] = []
  for (const one of found) {
    const wanted = axis.where === undefined ? ok(true) : holds(axis.where, { ...scope, [name]: one }, row.written)
    if (!wanted.ok) return wanted
    if (wanted.value) kept.push(withGiven(row, name, one, one.name))
  }
  return ok(kept)
}

/** A range longer than this is a slip, not a test. */
const LONGEST = 10_000

function range(row: Row, name: string, axis: RangeAxis, scope: Scope): Result<readonly Row[], MatrixFailure> {
  const ends = resolve({ from: axis.from, to: axis.to }, scope, row.written)
  if (!ends.ok) return ends
  const { from, to } = isObject(ends.value) ? ends.value : {}
  if (typeof from !== 'number' || typeof to !== 'number' || from > to || to - from >= LONGEST)
    return fail({
      is: 'not-a-range',
      path: name,
      expected: `integers from … to, at most ${LONGEST} of them`,
      found: JSON.stringify(ends.value),
    })
  return ok(Array.from({ length: to - from + 1 }, (_, i) => withGiven(row, name, from + i, `${from + i}`)))
}
