// Profiles whose rows are not what their attributes say.
import type { Data } from '../../../protocol/data/data.ts'
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
]
