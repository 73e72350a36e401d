// What a profile holds after the clock was set: all rows of before, and a mark in the one in whose period it was (IEC 62056-6-2, Profile generic).
import { encode } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { filledRows, readReference } from '../profile/reference.ts'
import type { Row } from '../profile/rows.ts'
import { rowText } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

const octetsOf = (row: Row): string => row.map((cell) => hex(encode(data, cell))).join(' ')

/** `of`: what it held before. */
export function stillHolds(value: Value, argument: Value | undefined): Checked {
  const before = readReference(argument !== undefined && isRecord(argument) ? argument['of'] : undefined)
  const after = readReference(value)
  if (before === undefined || after === undefined) return fails('what profile.reference tells', 'none')
  const kept = new Set(filledRows(after).map(octetsOf))
  const lost = filledRows(before).find((row) => !kept.has(octetsOf(row)))
  if (lost !== undefined) return fails(`the row ${rowText(lost)} still`, `${kept.size} other rows at the end`)
  return kept.size > before.rows.length
    ? PASS
    : { is: 'remark', text: 'no row was captured in the period after the clock was set', clause: 'cosem.profile.clock' }
}

/** AMR profile status and its kin. */
const STATUS = /^\d+\.\d+\.96\.10\.\d+\.255$/

function isZero(row: Row, at: number): boolean {
  const cell = row[at]
  if (cell?.is === 'bit-string') return !cell.value.includes('1')
  return cell === undefined || !('value' in cell) || cell.value === 0
}

/** A profile without a status has no place for the mark: what its companion specification says of it is not known here. */
export function lastRowMarked(value: Value): Checked {
  const reference = readReference(value)
  if (reference === undefined) return fails('what profile.reference tells', 'none')
  const status = reference.columns.findIndex((column) => STATUS.test(column['logical-name'].join('.')))
  if (status < 0)
    return {
      is: 'remark',
      text: 'no column of the profile is a status: nothing tells that the clock was set',
      clause: 'cosem.profile.clock',
    }
  const last = filledRows(reference).at(-1)
  return last !== undefined && isZero(last, status) ? fails('a status other than 0', rowText(last)) : PASS
}

/** `of`: what a log held before. Which events are logged companion specifications say, and they are not known here. */
export function loggedSince(value: Value, argument: Value | undefined): Checked {
  const before = readReference(argument !== undefined && isRecord(argument) ? argument['of'] : undefined)
  const after = readReference(value)
  if (before === undefined || after === undefined) return fails('what profile.reference tells', 'none')
  const known = new Set(filledRows(before).map(octetsOf))
  const isLogged = after.inUse > before.inUse || filledRows(after).some((row) => !known.has(octetsOf(row)))
  return isLogged ? PASS : { is: 'remark', text: 'the log tells nothing of it', clause: 'cosem.events' }
}
