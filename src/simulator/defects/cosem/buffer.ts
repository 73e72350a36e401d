// What goes wrong with the rows of a buffer, and with selectors that it does not have.
import { hex } from '../../../codec/value.ts'
import type { Data } from '../../../protocol/data/data.ts'
import { nothing } from '../../model/data.ts'
import type { Row } from '../../model/profile/rows.ts'
import type { GetDataResult } from '../../../protocol/xdlms/common.ts'
import { lengthAt, misreadsFaulty, served } from '../application/misread.ts'
import { changeModel, changeSelection, type Defect } from '../defect.ts'

export const bufferDefects: readonly Defect[] = [
  {
    id: 'selection.selector.unknown-served',
    aliases: ['selector_unknown_full'],
    breaks: ['profile.selectors'],
    needs: 'any',
    says: 'A selector that there is not is answered by the whole buffer.',
    apply: (d) => changeSelection(d, () => ({ unknownSelector: (buffer) => ({ is: 'data', value: buffer() }) })),
  },
  {
    id: 'selection.other-attribute.counted',
    breaks: ['profile.selectors'],
    needs: 'any',
    says: 'A selector on an attribute that has none gives another number than the attribute has.',
    apply: (d) => changeModel(d, () => ({ unselectable: (whole) => oneMore(whole()) })),
  },
  {
    id: 'selection.columns.count-believed',
    breaks: ['profile.selectors'],
    needs: 'any',
    says: 'A count of selected columns that the request does not bear out stands for all columns.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'count' && at > BEFORE_COLUMNS && at + lengthAt(octets, at).width === octets.length
          ? served(memory, octets.subarray(0, at), NO_COLUMN)
          : undefined,
      ),
  },
  {
    id: 'selection.selectors.unlisted',
    breaks: ['profile.selectors.listed'],
    remark: true,
    needs: 'any',
    says: 'The object list names no access selector of any attribute.',
    apply: (d) =>
      changeModel(d, ({ objectList }) => ({ objectList: (elements) => objectList(elements).map(withoutSelectors) })),
  },
  {
    id: 'profile.null-data.in-the-first-row',
    aliases: ['null_first_row'],
    breaks: ['profile.null-data'],
    needs: 'any',
    says: 'What has not changed since the row before is null-data, also where that row is not in the answer.',
    apply: (d) => changeModel(d, ({ profile }) => ({ profile: { ...profile, order: compressed } })),
  },
  {
    id: 'profile.ring.as-stored',
    aliases: ['fifo_wrap_order'],
    breaks: ['profile.sort-method'],
    needs: 'any',
    says: 'When the buffer is full the newest row stands where the oldest has stood.',
    apply: (d) => changeModel(d, ({ profile }) => ({ profile: { ...profile, kept: stored } })),
  },
  {
    id: 'profile.ring.newest-lost',
    breaks: ['profile.sort-method'],
    needs: 'any',
    says: 'When the buffer is full no row is captured any more.',
    apply: (d) =>
      changeModel(d, ({ profile }) => ({ profile: { ...profile, kept: (rows, most) => rows.slice(0, most) } })),
  },
]

/** The restricting object alone takes more octets; what is cut before it is no list of columns. */
const BEFORE_COLUMNS = 24
const NO_COLUMN = Uint8Array.of(0)

const oneMore = (whole: GetDataResult): GetDataResult =>
  whole.is === 'data' && whole.value.is === 'double-long-unsigned'
    ? { is: 'data', value: { ...whole.value, value: whole.value.value + 1 } }
    : whole

/** All but strings: a clock changes in every row. */
const compressed = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row, at) => row.map((cell, column) => (isRepeated(cell, rows[at - 1]?.[column]) ? nothing : cell)))

const isRepeated = (cell: Data, before: Data | undefined): boolean =>
  before !== undefined &&
  'value' in cell &&
  'value' in before &&
  typeof cell.value === 'number' &&
  cell.is === before.is &&
  cell.value === before.value

function stored(rows: readonly Row[], most: number): readonly Row[] {
  const slots = rows.slice(0, most)
  for (const row of rows.slice(most)) slots[oldest(slots)] = row
  return slots
}

/** Of rows with a clock in the same zone. */
function oldest(rows: readonly Row[]): number {
  const times = rows.map(timeText)
  return times.indexOf([...times].sort()[0] ?? '')
}

const timeText = (row: Row): string => {
  const time = row.find((cell) => cell.is === 'octet-string')
  return time?.is === 'octet-string' ? hex(time.value) : ''
}

/** Of an element of object_list: access_selectors is the third of each attribute_access. */
const withoutSelectors = (element: Data): Data =>
  changeLast(element, (rights) =>
    changeFirst(rights, (attributes) => changeAll(attributes, (access) => changeLast(access, () => nothing))),
  )

type Changing = (part: Data) => Data

const changeParts = (value: Data, change: (part: Data, at: number, of: number) => Data): Data =>
  value.is === 'array' || value.is === 'structure'
    ? { is: value.is, value: value.value.map((part, at) => change(part, at, value.value.length)) }
    : value
const changeAll = (value: Data, change: Changing): Data => changeParts(value, (part) => change(part))
const changeFirst = (value: Data, change: Changing): Data =>
  changeParts(value, (part, at) => (at === 0 ? change(part) : part))
const changeLast = (value: Data, change: Changing): Data =>
  changeParts(value, (part, at, of) => (at === of - 1 ? change(part) : part))
