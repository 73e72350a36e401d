import { overRows, rowText } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

/** Null-data in the first row of an answer would stand for a row that is not in it (ruling L9). */
export const firstRowComplete = overRows(({ rows: [first], selected: { rows, columns } }) => {
  const wanted = rows[0]
  const refers = first?.some((cell, at) => {
    const whole = wanted?.[columns[at] ?? -1]
    return cell.is === 'null-data' && whole !== undefined && whole.is !== 'null-data'
  })
  return refers ? fails(`the first row in full: ${rowText(wanted)}`, rowText(first)) : PASS
})
