// Profiles whose rows are not what their attributes say.
import type { Data } from '../../../protocol/data/data.ts'
import { doubleLongUnsigned, numberOf } from '../../model/data.ts'
import type { Row } from '../../model/profile/rows.ts'
import type { Decisions } from '../../decisions.ts'
import { changeModel, type Defect } from '../defect.ts'

const PROFILE = 7
const BUFFER = 2
const ENTRIES_IN_USE = 7
/** Of a date-time. */
const MINUTE = 6

const tells = (d: Decisions, attribute: number, change: (value: Data) => Data): Decisions =>
  changeModel(d, ({ attributeValue }) => ({
    attributeValue(object, id, value) {
      const told = attributeValue(object, id, value)
      return object['class-id'] === PROFILE && id === attribute ? change(told) : told
    },
  }))

/** Each row of a buffer, changed. */
const tellsRows = (d: Decisions, change: (columns: readonly Data[], at: number) => readonly Data[]): Decisions =>
  tells(d, BUFFER, (value) =>
    value.is === 'array'
      ? {
          is: 'array',
          value: value.value.map((row, at) =>
            row.is === 'structure' ? { is: 'structure', value: change(row.value, at) } : row,
          ),
        }
      : value,
  )

const counted = (cell: Data | undefined): number | undefined => numberOf(cell, 'double-long-unsigned')

/** The numbers of a row, changed; `last`: that of the row before. */
const changeNumbers = (
  row: Row,
  before: Row | undefined,
  change: (number: number, last: number | undefined) => number,
): Row =>
  row.map((cell, at) => {
    const number = counted(cell)
    return number === undefined ? cell : doubleLongUnsigned(change(number, counted(before?.[at])))
  })

const timeOf = (row: Row | undefined): string => {
  const time = row?.find((cell) => cell.is === 'octet-string' && cell.value.length === 12)
  return time?.is === 'octet-string' ? time.value.join(' ') : ''
}

/** Rows of the time of the last go, but it. */
const withoutSameTime = (rows: readonly Row[]): readonly Row[] => {
  const last = timeOf(rows.at(-1))
  return rows.filter((row, at) => at === rows.length - 1 || last === '' || timeOf(row) !== last)
}

/** Each row, when it is captured. */
const captures = (d: Decisions, change: (row: Row, before: Row | undefined) => Row): Decisions =>
  changeModel(d, ({ profile }) => ({
    profile: { ...profile, row: (row, before) => change(profile.row(row, before), before) },
  }))

export const profileDefects: readonly Defect[] = [
  {
    id: 'profile.column-missing',
    breaks: ['cosem.profile'],
    needs: 'any',
    says: 'Rows lack the last column of capture_objects.',
    apply: (d) => tellsRows(d, (columns) => columns.slice(0, -1)),
  },
  {
    id: 'profile.column-type',
    breaks: ['cosem.profile'],
    needs: 'any',
    says: 'The time of a row is a number.',
    apply: (d) =>
      tellsRows(d, (columns) =>
        columns.map((value) =>
          value.is === 'octet-string' && value.value.length === 12 ? { is: 'double-long-unsigned', value: 0 } : value,
        ),
      ),
  },
  {
    id: 'profile.period',
    breaks: ['cosem.profile'],
    needs: 'any',
    says: 'Each second row is of seven minutes past the hour, whatever capture_period is.',
    apply: (d) =>
      tellsRows(d, (columns, at) =>
        columns.map((value) =>
          at % 2 === 1 && value.is === 'octet-string' && value.value.length === 12
            ? { is: 'octet-string', value: value.value.with(MINUTE, 7) }
            : value,
        ),
      ),
  },
  {
    id: 'profile.entries-in-use',
    breaks: ['cosem.profile'],
    needs: 'any',
    says: 'The entries_in_use count all rows that were ever captured.',
    apply: (d) => tells(d, ENTRIES_IN_USE, () => ({ is: 'double-long-unsigned', value: 1_000_000 })),
  },
  {
    id: 'profile.scaled-by-ten',
    aliases: ['scaler_off_by_ten'],
    breaks: ['cosem.scale'],
    needs: 'any',
    says: 'Numbers are captured in tens of what the register counts.',
    apply: (d) => captures(d, (row) => changeNumbers(row, undefined, (number) => Math.round(number / 10))),
  },
  {
    id: 'profile.falling',
    breaks: ['cosem.profile'],
    needs: 'any',
    says: 'A large number that is captured is a hundred less than that of the row before.',
    apply: (d) =>
      captures(d, (row, before) =>
        changeNumbers(row, before, (number, last) => (last !== undefined && last > 1_000_000 ? last - 100 : number)),
      ),
  },
  {
    id: 'profile.stale-row',
    aliases: ['profile_stale_row'],
    breaks: ['cosem.profile'],
    remark: true,
    needs: 'any',
    says: 'Each row repeats the numbers of the row before.',
    apply: (d) => captures(d, (row, before) => changeNumbers(row, before, (number, last) => last ?? number)),
  },
  {
    id: 'profile.overwritten-on-set-back',
    aliases: ['profile_overwrite_on_setback'],
    breaks: ['cosem.profile.clock'],
    needs: 'any',
    says: 'A row takes the place of one with the same time.',
    apply: (d) =>
      changeModel(d, ({ profile }) => ({
        profile: { ...profile, kept: (rows, most) => profile.kept(withoutSameTime(rows), most) },
      })),
  },
  {
    id: 'profile.clock-adjusted-unmarked',
    breaks: ['cosem.profile.clock'],
    needs: 'any',
    says: 'The status of a period in which the clock was set is that of any other.',
    apply: (d) => changeModel(d, () => ({ marks: () => false })),
  },
]
