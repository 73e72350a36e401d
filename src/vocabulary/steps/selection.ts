// `selection` of a word: entries, a range, or an access-selection as the standard has it.
import { fromJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import { byEntry, byRange } from '../../client/selection.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { accessSelection, type AccessSelection } from '../../protocol/xdlms/common.ts'
import { failureText } from '../failure.ts'
import { columnOf } from '../profile/columns.ts'
import { limitOf } from '../profile/limits.ts'

/** Attribute 2 of the clock that every meter has: what profiles are sorted by unless something else is said. */
const CLOCK: JsonRecord = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2, 'data-index': 0 }

export function selectionOf(value: Value): Result<AccessSelection, string> {
  if (!isRecord(value)) return expected('entry, range or access-selector', value)
  const { entry, range } = value
  if (isRecord(entry)) return entryOf(entry)
  if (isRecord(range)) return rangeOf(range)
  const raw = fromJson(accessSelection, value)
  return raw.ok ? raw : fail(failureText({ ...raw.failure, path: `selection.${raw.failure.path}` }))
}

const expected = (what: string, found: Value): Result<never, string> =>
  fail(`selection: expected ${what}, found ${JSON.stringify(found)}`)

/** `{from, to}` and, where not all columns are wanted, `columns: {from, to}`. What is not said reaches to the end. */
function entryOf(entry: JsonRecord): Result<AccessSelection, string> {
  const columns = isRecord(entry['columns']) ? entry['columns'] : {}
  const { from = 1, to = 0 } = entry
  const { from: first = 1, to: last = 0 } = columns
  if (![from, to, first, last].every((each) => typeof each === 'number')) return expected('numbers', entry)
  return ok(
    byEntry({
      fromEntry: Number(from),
      toEntry: Number(to),
      fromSelectedValue: Number(first),
      toSelectedValue: Number(last),
    }),
  )
}

/** `{from, to}` as tagged Data, or times as `limitOf` takes them; `by`: the column they are of; `columns`: the columns wanted, in this order. */
function rangeOf(range: JsonRecord): Result<AccessSelection, string> {
  const { from = null, to = null, by = CLOCK, columns = [] } = range
  const begin = limitOf(from)
  const end = limitOf(to)
  const restrictingObject = columnOf(by)
  const selectedValues = isList(columns) ? columns.map(columnOf) : [undefined]
  if (begin === undefined || end === undefined) return expected('from and to as tagged values or times', range)
  if (restrictingObject === undefined) return expected('a column', by)
  const known = selectedValues.filter((column) => column !== undefined)
  if (known.length < selectedValues.length) return expected('a list of columns', columns)
  return ok(byRange({ restrictingObject, from: begin, to: end, selectedValues: known }))
}
