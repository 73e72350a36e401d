// Rows of a profile against its capture_objects and its capture_period (IEC 62056-6-2, Profile generic).
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { checkColumn } from '../../cosem/check.ts'
import { currentVersion, interfaceClass } from '../../cosem/classes.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { instantOf, readDateTime } from '../../protocol/data/date-time.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** sort_method: rows lie in the order of their times. */
const FIFO = 1
const LIFO = 2

interface Column {
  readonly classId: number
  readonly logicalName: Uint8Array
  readonly attribute: number
  readonly dataIndex: number
}

/** `columns`: the value of capture_objects; `period`: capture_period in seconds; `sort`: sort_method. */
export function profileRowsOf(value: Value, argument: Value | undefined): Checked {
  const of = argument !== undefined && isRecord(argument) ? argument : {}
  const columns = elementsIn(of['columns'] ?? null)?.map(columnIn)
  const read = fromJson(data, value)
  if (read.ok && read.value.is === 'compact-array') return PASS
  const rows = elementsIn(value)
  if (columns === undefined || rows === undefined) return fails('an array', JSON.stringify(value).slice(0, 80))
  const known = columns.filter((column) => column !== undefined)
  if (known.length < columns.length) return fails('capture_objects of four fields each', 'others')
  for (const [at, row] of rows.entries()) {
    const wrong = checkRow(row, known, `[${at + 1}]`)
    if (wrong) return wrong
  }
  const { period, sort } = of
  return typeof period === 'number' && period > 0 && (sort === FIFO || sort === LIFO)
    ? checkTimes(rows, known, period)
    : PASS
}

function elementsIn(value: Value): readonly Data[] | undefined {
  const read = fromJson(data, value)
  return read.ok && read.value.is === 'array' ? read.value.value : undefined
}

const fieldsOf = (value: Data | undefined): readonly Data[] => (value?.is === 'structure' ? value.value : [])

function columnIn(element: Data): Column | undefined {
  const [classId, name, attribute, index] = fieldsOf(element)
  if (classId?.is !== 'long-unsigned' || name?.is !== 'octet-string') return undefined
  if (attribute?.is !== 'integer' || index?.is !== 'long-unsigned') return undefined
  return { classId: classId.value, logicalName: name.value, attribute: attribute.value, dataIndex: index.value }
}

function checkRow(row: Data, columns: readonly Column[], at: string): Checked | undefined {
  if (row.is !== 'structure') return fails(`${at}: structure`, tellValue(row))
  if (row.value.length !== columns.length)
    return fails(`${at}: ${columns.length} columns, as capture_objects has`, `${row.value.length}`)
  for (const [index, column] of columns.entries()) {
    const value = row.value[index]
    const wrong = value && wrongIn(value, column)
    if (wrong) return fails(`${at}, column ${index + 1}: ${wrong.expected}`, wrong.found)
  }
  return undefined
}

/** Which version of its class a column comes from is not said: it is wrong only where it is so in all. Attribute 0 is all of them. */
function wrongIn(
  value: Data,
  { classId, attribute, dataIndex }: Column,
): { expected: string; found: string } | undefined {
  if (attribute < 1) return undefined
  const newest = currentVersion(classId)
  if (newest === undefined) return undefined
  const versions = Array.from({ length: newest + 1 }, (_, version) => interfaceClass(classId, version))
  const firm = versions.flatMap((version) =>
    version === undefined ? [] : [checkColumn(value, version, attribute, dataIndex).find((one) => one.firm)],
  )
  return firm.every((one) => one !== undefined) ? firm[0] : undefined
}

const CLOCK = 8
const isClock = ({ classId, attribute }: Column): boolean => classId === CLOCK && attribute === 2
/** AMR profile status and its kin. */
const isStatus = ({ logicalName }: Column): boolean => logicalName[2] === 96 && logicalName[3] === 10

/** What lies between two rows may be marked in their status, or unsaid where there is none; whole periods may be missing. */
function checkTimes(rows: readonly Data[], columns: readonly Column[], period: number): Checked {
  const [clock, status] = [columns.findIndex(isClock), columns.findIndex(isStatus)]
  const times = rows.map((row) => secondsIn(fieldsOf(row)[clock]))
  for (const [at, time] of times.entries()) {
    const before = times[at - 1]
    if (time === undefined || before === undefined) continue
    const apart = Math.abs(time - before)
    if (apart === period || isMarked(rows, status, at)) continue
    const found = `${apart} s between rows ${at} and ${at + 1}`
    if (apart % period !== 0 && status >= 0) return fails(`rows ${period} s apart, or marked in their status`, found)
    return { is: 'remark', text: `rows ${period} s apart expected, ${found}`, clause: 'cosem.profile' }
  }
  return PASS
}

function secondsIn(value: Data | undefined): number | undefined {
  if (value?.is !== 'octet-string' && value?.is !== 'date-time') return undefined
  const parts = readDateTime(value.value)
  const instant = parts && instantOf({ ...parts, deviation: parts.deviation ?? 0 })
  return instant === undefined ? undefined : Math.round(instant / 1000)
}

const isMarked = (rows: readonly Data[], status: number, at: number): boolean =>
  [rows[at - 1], rows[at]].some((row) => {
    const value = fieldsOf(row)[status]
    if (value?.is === 'bit-string') return value.value.includes('1')
    return value !== undefined && 'value' in value && typeof value.value === 'number' && value.value !== 0
  })
