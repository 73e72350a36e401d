import { clockAt } from '../profile/reference.ts'
import { filled, type Row } from '../profile/rows.ts'
import { choseColumns, isSame, overRows, rowText, type Answered } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

/** The rows are those of the reference that were asked for, in its order, of the columns that were asked for (rulings L3, L4, L9). */
export const rowsOf = overRows((answered) => {
  const { columns } = answered.selected
  const difference = differenceOf(answered, columns)
  if (difference === undefined) return PASS
  const captured = [...new Set(columns)].sort((a, b) => a - b)
  if (choseColumns(answered) && differenceOf(answered, captured) === undefined)
    return {
      is: 'remark',
      text: 'the columns come in the order in which they are captured, each once, not as they were asked for',
      ruling: 'L4',
    }
  return fails(difference.expected, difference.found)
})

interface Difference {
  readonly expected: string
  readonly found: string
}

function differenceOf({ rows, reference, selected }: Answered, columns: readonly number[]): Difference | undefined {
  const clock = columns.indexOf(clockAt(reference))
  const whole = filled(rows, { clock, period: reference.period })
  const wanted = selected.rows.map((row) => cellsOf(row, columns))
  const raw = selected.raw.map((row) => cellsOf(row, columns))
  for (const [at, row] of wanted.entries()) {
    const found = whole[at]
    if (found !== undefined && isSameRow(found, row, raw[at] ?? [])) continue
    const count = `${rows.length} rows, row ${at + 1}: `
    return { expected: `${wanted.length} rows, row ${at + 1}: ${rowText(row)}`, found: `${count}${rowText(found)}` }
  }
  if (rows.length <= wanted.length) return undefined
  return {
    expected: wanted.length === 0 ? 'no row' : `${wanted.length} rows`,
    found: `${rows.length} rows, row ${wanted.length + 1}: ${rowText(rows[wanted.length])}`,
  }
}

const cellsOf = (row: Row, columns: readonly number[]): Row =>
  columns.flatMap((at) => {
    const cell = row[at]
    return cell === undefined ? [] : [cell]
  })

/** What was null-data in the reference too may be so here: that it is told in full is another check. */
const isSameRow = (found: Row, wanted: Row, raw: Row): boolean =>
  found.length === wanted.length &&
  wanted.every((cell, at) => isSame(found[at], cell) || (found[at]?.is === 'null-data' && raw[at]?.is === 'null-data'))
