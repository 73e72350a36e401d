import { momentOf, timeOf } from '../profile/limits.ts'
import { clockAt, filledRows } from '../profile/reference.ts'
import type { Row } from '../profile/rows.ts'
import { isSame, overRows, rowText } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

const isSameRow = (a: Row, b: Row): boolean => a.length === b.length && a.every((cell, at) => isSame(cell, b[at]))

/** No row of the range is lost, though others have the same local time (rulings L3, L10). Rows that the reference does not know are from other days. */
export const rowsToldApart = overRows(({ rows, reference, selected }) => {
  const has = (row: Row): boolean => rows.some((one) => isSameRow(one, row))
  const lost = selected.rows.find((row) => !has(row))
  if (lost !== undefined) return fails(`the row ${rowText(lost)} too`, `${rows.length} rows without it`)
  const clock = clockAt(reference)
  const momentIn = (row: Row): number | undefined => {
    const time = row[clock] && timeOf(row[clock])
    return time && momentOf(time)
  }
  const wanted = new Set(selected.rows.map(momentIn))
  const other = filledRows(reference).find((row) => !wanted.has(momentIn(row)) && has(row))
  return other === undefined
    ? PASS
    : { is: 'remark', text: `local times that come twice are not told apart: ${rowText(other)} too`, ruling: 'L10' }
})
