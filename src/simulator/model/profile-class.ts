// Class 7, Profile generic: rows that `capture` and capture_period take, the oldest going first.
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked, ReadAttribute, SelectedAttribute, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { array, doubleLongUnsigned, elementsOf, enumerated, integer, longUnsigned, octets, structure } from './data.ts'
import { captureObject, readCaptureObject } from './profile/columns.ts'
import { bufferOf, capture, clear, columnsOf, rowsOf } from './profile/rows.ts'
import { periodOf } from './profile/schedule.ts'
import { selectRows } from './selection/select.ts'

const BUFFER = 2
const CAPTURE_OBJECTS = 3
const CAPTURE_PERIOD = 4
const FIFO = 1
const NO_SORT_OBJECT = structure(longUnsigned(0), octets(new Uint8Array(6)), integer(0), longUnsigned(0))

export function profileAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
  read: ReadAttribute,
): Data | undefined {
  switch (attribute) {
    case BUFFER:
      return bufferOf(situation.rules.profile.order(rowsOf(object, situation, read)))
    case CAPTURE_OBJECTS:
      return array(columnsOf(object, situation).map(captureObject))
    case CAPTURE_PERIOD:
      return doubleLongUnsigned(periodOf(object, situation.store))
    case 5:
      return enumerated(FIFO)
    case 6:
      return NO_SORT_OBJECT
    case 7:
      return doubleLongUnsigned(rowsOf(object, situation, read).length)
    case 8:
      return doubleLongUnsigned(object.profile?.entries ?? 0)
    default:
      return undefined
  }
}

export function selectFromProfile(asked: SelectedAttribute): GetDataResult | undefined {
  const { object, attribute, selection, situation, read } = asked
  if (attribute !== BUFFER) return undefined
  const rows = situation.rules.profile.order(rowsOf(object, situation, read))
  return selectRows(situation.rules.selection, { columns: columnsOf(object, situation), rows }, selection)
}

/** A buffer with other columns, or of another period, begins anew. */
export function writeProfile({ object, attribute, value, situation }: Writing): DataAccessResult {
  if (attribute !== CAPTURE_OBJECTS && attribute !== CAPTURE_PERIOD) return 'read-write-denied'
  if (attribute === CAPTURE_OBJECTS) {
    const columns = elementsOf(value)?.map(readCaptureObject) ?? []
    if (!columns.every((column) => column !== undefined && situation.rules.mayCapture(column, situation)))
      return 'scope-of-access-violated'
  }
  situation.store.set(object, attribute, value)
  clear(object, situation)
  return 'success'
}

const RESET = 1
const CAPTURE = 2

const DONE: Invoked = { result: 'success' }

export function invokeProfile({ object, method, situation, read }: Invocation): Invoked | undefined {
  if (method === RESET) clear(object, situation)
  else if (method === CAPTURE) capture(object, situation, read)
  else return undefined
  return DONE
}
