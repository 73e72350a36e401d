// What a profile has captured of registers against what they hold now: the same scale, and never less (IEC 62056-6-2, Profile generic and Register).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { toJson } from '../../codec/codec.ts'
import { filledRows, orderOf, readReference, type Reference } from '../profile/reference.ts'
import { fails, PASS } from './exchange.ts'

/** A column of a register: what the rows hold of it, the earliest first, and what the register holds now. */
interface Captured {
  readonly name: string
  readonly attribute: number
  readonly rows: readonly Value[]
  readonly now: Value
}

const VALUE = 2
const record = (value: Value | undefined): JsonRecord => (value !== undefined && isRecord(value) ? value : {})

function capturedIn(registers: Value, reference: Reference): readonly Captured[] {
  const rows = filledRows(reference)
  const inOrder = orderOf(reference) === 'falling' ? [...rows].reverse() : rows
  return (isList(registers) ? registers : []).flatMap((register) => {
    const { at, column, value } = record(register)
    const { 'instance-id': name, 'attribute-id': attribute } = record(column)
    if (typeof at !== 'number' || typeof name !== 'string' || typeof attribute !== 'number' || value === undefined)
      return []
    const cells = inOrder.flatMap((row) => {
      const cell = row[at]
      return cell === undefined ? [] : [toJson(cell)]
    })
    return [{ name, attribute, rows: cells, now: value }]
  })
}

/** The number in a tagged value; large ones stand there as text. */
function numberIn(value: Value): number | undefined {
  const inner = isRecord(value) ? Object.values(value)[0] : undefined
  const number =
    typeof inner === 'number' ? inner : typeof inner === 'string' && /^-?\d+$/.test(inner) ? Number(inner) : NaN
  return Number.isFinite(number) ? number : undefined
}

const numbersOf = ({ rows }: Captured): readonly number[] => rows.map(numberIn).filter((number) => number !== undefined)

/** Electricity, what is imported and exported by quadrant, since the meter was made: it only counts up. */
const CUMULATIVE = /^1\.\d+\.(10|[1-9])\.8\.\d+\.255$/
/** The same, and voltages and frequencies: nothing of it becomes ten times as much from one row to the next. */
const STEADY = /^1\.\d+\.((10|[1-9])\.8|(12|32|52|72|14)\.7)\.\d+\.255$/

const over =
  (check: (captured: readonly Captured[], reference: Reference) => Checked) =>
  (value: Value, argument: Value | undefined): Checked => {
    const reference = readReference(record(argument)['of'])
    return reference === undefined
      ? fails('what profile.reference tells', 'none')
      : check(capturedIn(value, reference), reference)
  }

/** So small a number may well become ten times as much. */
const LEAST = 1000
const NEARLY = 0.05
const isNearly = (a: number, b: number): boolean => Math.abs(a - b) <= NEARLY * Math.abs(b)

/** Undefined: not a power of ten apart, or nothing can be told. */
function powerBetween(rows: readonly number[], now: number): number | undefined {
  const last = rows.at(-1)
  if (last === undefined || last <= 0 || now <= 0 || Math.max(now, last) < LEAST) return undefined
  const power = Math.round(Math.log10(now / last))
  const isStable = rows.every((row) => isNearly(row, last))
  return power !== 0 && isStable && isNearly(now, last * 10 ** power) ? power : undefined
}

/** scaler_unit that is captured is that of the register; values are not a power of ten apart from it. */
export const scaledAlike = over((captured) => {
  for (const column of captured) {
    if (column.attribute !== VALUE) {
      const other = column.rows.find((row) => JSON.stringify(row) !== JSON.stringify(column.now))
      if (other !== undefined)
        return fails(`${column.name}: ${JSON.stringify(column.now)}, as the register has it`, JSON.stringify(other))
      continue
    }
    const now = numberIn(column.now)
    const power = now === undefined || !STEADY.test(column.name) ? undefined : powerBetween(numbersOf(column), now)
    if (power !== undefined)
      return fails(
        `${column.name}: captured in the scale of the register, which has ${now}`,
        `${numbersOf(column).at(-1)}, 10^${-power} times that`,
      )
  }
  return PASS
})

/** So many rows alike, and the register has gone on by more: a row was sent again. */
const ALIKE = 8
const GONE_ON = 10
/** Behind such a fall it has begun again: it was reset, or it is at the end of its digits. */
const BEGUN_AGAIN = 0.1

export const neverFalling = over((captured, reference) => {
  if (orderOf(reference) === 'none') return PASS
  for (const column of captured) {
    if (column.attribute !== VALUE || !CUMULATIVE.test(column.name)) continue
    const now = numberIn(column.now)
    const rows = numbersOf(column)
    const counted = now === undefined ? rows : [...rows, now]
    const at = counted.findIndex((number, index) => index > 0 && number < (counted[index - 1] ?? 0))
    const [before = 0, after = 0] = at < 0 ? [] : [counted[at - 1], counted[at]]
    const told = `${column.name}: ${after} behind ${before}`
    if (at > 0 && after > before * BEGUN_AGAIN) return fails('a register that only counts up', told)
    if (at > 0) return { is: 'remark', text: `it has begun again: ${told}`, clause: 'cosem.profile' }
    const [last = 0] = rows.slice(-1)
    if (now !== undefined && rows.length >= ALIKE && rows.every((row) => row === last) && now - last > GONE_ON)
      return {
        is: 'remark',
        text: `${column.name}: ${rows.length} rows of ${last}, and the register is at ${now}`,
        clause: 'cosem.profile',
      }
  }
  return PASS
})
