// Selective access to a profile's buffer: the rows and columns that a descriptor asks for.
import type { Data } from '../../../protocol/data/data.ts'
import type { AccessSelection, GetDataResult } from '../../../protocol/xdlms/common.ts'
import type { ColumnDescription } from '../../description.ts'
import { bufferOf, type Row } from '../profile/rows.ts'
import { readEntryDescriptor, readRangeDescriptor, type EntryDescriptor, type RangeDescriptor } from './descriptors.ts'
import { refused, type SelectionRules } from './rules.ts'
import { timeLimitOf } from './times.ts'

export interface Buffer {
  readonly columns: readonly ColumnDescription[]
  readonly rows: readonly Row[]
}

const RANGE = 1
const ENTRY = 2

export function selectRows(
  rules: SelectionRules,
  buffer: Buffer,
  { 'access-selector': selector, 'access-parameters': parameters }: AccessSelection,
): GetDataResult {
  switch (selector) {
    case RANGE: {
      const descriptor = readRangeDescriptor(parameters)
      return descriptor === undefined ? refused('type-unmatched') : byRange(rules, buffer, descriptor)
    }
    case ENTRY: {
      const descriptor = readEntryDescriptor(parameters)
      return descriptor === undefined ? refused('type-unmatched') : byEntry(rules, buffer, descriptor)
    }
    default:
      return rules.unknownSelector(() => bufferOf(buffer.rows))
  }
}

function byRange(rules: SelectionRules, { columns, rows }: Buffer, descriptor: RangeDescriptor): GetDataResult {
  const at = rules.restricting(descriptor.restrictingObject, columns)
  if (at < 0) return refused('object-undefined')
  const wanted = rules.columns(descriptor.selectedValues, columns)
  if (wanted.is !== 'chosen') return wanted
  const belongs =
    columns[at]?.['class-id'] === CLOCK ? byTime(rules, descriptor) : byValue(rules, descriptor, rows[0]?.[at])
  if (belongs === undefined) return refused('type-unmatched')
  const matching = rules.matching(rows, (row) => {
    const value = row[at]
    return value !== undefined && belongs(value)
  })
  return { is: 'data', value: bufferOf(matching, wanted.value) }
}

const CLOCK = 8
type Belongs = (value: Data) => boolean

/** Undefined: a limit is no time. */
function byTime(rules: SelectionRules, { fromValue, toValue }: RangeDescriptor): Belongs | undefined {
  const lower = timeLimitOf(fromValue, 'from')
  const upper = timeLimitOf(toValue, 'to')
  if (lower === undefined || upper === undefined) return undefined
  return (value) =>
    value.is === 'octet-string' &&
    rules.isWithin(rules.compareTimes(value.value, lower), rules.compareTimes(value.value, upper))
}

/** The limits are of the type of the column; undefined: they are not, or it has no order. */
function byValue(
  rules: SelectionRules,
  { fromValue, toValue }: RangeDescriptor,
  first: Data | undefined,
): Belongs | undefined {
  const lower = magnitude(fromValue)
  const upper = magnitude(toValue)
  const type = first?.is ?? fromValue.is
  if (lower === undefined || upper === undefined || fromValue.is !== type || toValue.is !== type) return undefined
  return (value) => {
    const own = magnitude(value)
    return own !== undefined && rules.isWithin(Number(own - lower), Number(own - upper))
  }
}

/** Whole numbers of any size. */
const magnitude = (value: Data): bigint | undefined => {
  if (value.is === 'long64' || value.is === 'long64-unsigned') return BigInt(value.value)
  return 'value' in value && typeof value.value === 'number' && Number.isInteger(value.value)
    ? BigInt(value.value)
    : undefined
}

function byEntry(rules: SelectionRules, { columns, rows }: Buffer, descriptor: EntryDescriptor): GetDataResult {
  const entries = rules.entries(descriptor, rows.length)
  if (entries.is !== 'chosen') return entries
  const wanted = rules.entryColumns(descriptor, columns.length)
  if (wanted.is !== 'chosen') return wanted
  const indices = columns.map((_, index) => index).slice(wanted.value.from, wanted.value.to + 1)
  return { is: 'data', value: bufferOf(rows.slice(entries.value.from, entries.value.to + 1), indices) }
}
