import { isRecord } from '../../protocol/json.ts'
import { digitsOf, digitsOfLimit, momentOf, momentOfLimit, timeOf } from '../profile/limits.ts'
import { clockAt } from '../profile/reference.ts'
import { overRows, rowText } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

/** No row lies outside the range both by its time and by the digits of the limits (ruling L10). */
export const rowsWithin = overRows(({ rows, reference, asked: { range } }) => {
  const { from = null, to = null } = range !== undefined && isRecord(range) ? range : {}
  const between = (value: number | undefined, of: typeof digitsOfLimit): boolean => {
    const [lower, upper] = [of(from), of(to)]
    return value !== undefined && lower !== undefined && upper !== undefined && value >= lower && value <= upper
  }
  const outside = rows.find((row) => {
    const cell = row[clockAt(reference)]
    const time = cell && timeOf(cell)
    return !time || !(between(momentOf(time), momentOfLimit) || between(digitsOf(time), digitsOfLimit))
  })
  return outside === undefined ? PASS : fails('rows within the limits', rowText(outside))
})
