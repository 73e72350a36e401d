// What goes wrong where a buffer is read by range.
import { hex } from '../../../codec/value.ts'
import type { Row } from '../../model/profile/rows.ts'
import { digitsOf } from '../../model/selection/times.ts'
import { changeSelection, type Defect } from '../defect.ts'

export const rangeDefects: readonly Defect[] = [
  {
    id: 'selection.range.to-excluded',
    aliases: ['range_exclusive_to'],
    breaks: ['profile.range'],
    needs: 'any',
    says: 'A row whose time is the upper limit does not belong to the range.',
    apply: (d) => changeSelection(d, () => ({ isWithin: (toLower, toUpper) => toLower >= 0 && toUpper < 0 })),
  },
  {
    id: 'selection.range.from-excluded',
    breaks: ['profile.range'],
    needs: 'any',
    says: 'A row whose time is the lower limit does not belong to the range.',
    apply: (d) => changeSelection(d, () => ({ isWithin: (toLower, toUpper) => toLower > 0 && toUpper <= 0 })),
  },
  {
    id: 'selection.range.of-the-first-column',
    breaks: ['profile.range'],
    needs: 'any',
    says: 'Whatever restricting_object says, it is the first column that is compared with the limits.',
    apply: (d) => changeSelection(d, () => ({ restricting: () => 0 })),
  },
  {
    id: 'selection.range.all-if-none',
    aliases: ['range_empty_returns_all'],
    breaks: ['profile.range.empty'],
    needs: 'any',
    says: 'A range that no row belongs to is answered by the whole buffer.',
    apply: (d) =>
      changeSelection(d, ({ matching }) => ({
        matching(rows, belongs) {
          const found = matching(rows, belongs)
          return found.length > 0 ? found : rows
        },
      })),
  },
  {
    id: 'selection.range.turned-round',
    breaks: ['profile.range.empty'],
    needs: 'any',
    says: 'A range whose limits are in the wrong order is turned round.',
    apply: (d) =>
      changeSelection(d, ({ isWithin }) => ({
        isWithin: (toLower, toUpper) => isWithin(toLower, toUpper) || isWithin(toUpper, toLower),
      })),
  },
  {
    id: 'selection.range.deviation-ignored',
    aliases: ['range_ignores_deviation'],
    breaks: ['profile.range.times'],
    remark: true,
    needs: 'any',
    says: 'Times are compared by their digits, whatever their deviations.',
    apply: (d) =>
      changeSelection(d, () => ({
        compareTimes: (time, limit) => (limit.is === 'open' ? 0 : digitsOf(time) - limit.digits),
      })),
  },
  {
    id: 'selection.range.open-without-deviation',
    breaks: ['profile.range.times'],
    needs: 'any',
    says: 'A limit without deviation is no limit.',
    apply: (d) =>
      changeSelection(d, ({ compareTimes }) => ({
        compareTimes: (time, limit) =>
          limit.is === 'time' && limit.deviation === null ? 0 : compareTimes(time, limit),
      })),
  },
  {
    id: 'selection.range.columns-ignored',
    aliases: ['selected_values_ignored'],
    breaks: ['profile.range.columns'],
    needs: 'any',
    says: 'Whatever selected_values says, the rows have all columns.',
    apply: (d) => changeSelection(d, ({ columns }) => ({ columns: (_, captured) => columns([], captured) })),
  },
  {
    id: 'selection.range.unknown-column-is-the-last',
    breaks: ['profile.range.columns'],
    needs: 'any',
    says: 'A column that is not captured is taken for the last one.',
    apply: (d) =>
      changeSelection(d, ({ columns }) => ({
        columns(selected, captured) {
          const known = selected.map((each) => (columns([each], captured).is === 'chosen' ? each : captured.at(-1)))
          return columns(
            known.filter((each) => each !== undefined),
            captured,
          )
        },
      })),
  },
  {
    id: 'selection.range.columns-shifted',
    breaks: ['profile.range.columns'],
    needs: 'any',
    says: 'Columns that are asked for against the order in which they are captured are the ones behind them.',
    apply: (d) =>
      changeSelection(d, ({ columns }) => ({
        columns(selected, captured) {
          const found = columns(selected, captured)
          if (found.is !== 'chosen') return found
          const against = found.value.some((at, index) => at < (found.value[index - 1] ?? 0))
          return against ? { is: 'chosen', value: found.value.map((at) => (at + 1) % captured.length) } : found
        },
      })),
  },
  {
    id: 'selection.range.one-of-each-time',
    aliases: ['range_binary_search_dst'],
    breaks: ['profile.range.repeated'],
    needs: 'any',
    says: 'Rows are searched by their local time, and of those with the same one only the first is found.',
    apply: (d) =>
      changeSelection(d, ({ matching }) => ({
        matching(rows, belongs) {
          const found = matching(rows, belongs)
          return found.filter((row, at) => found.findIndex((other) => digitsIn(other) === digitsIn(row)) === at)
        },
      })),
  },
]

/** Year to second; nothing else in a row is an octet-string of twelve. */
const digitsIn = (row: Row): string => {
  const time = row.find((cell) => cell.is === 'octet-string' && cell.value.length === 12)
  return time?.is === 'octet-string' ? hex(time.value.subarray(0, 8)) : ''
}
