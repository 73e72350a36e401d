// Class 7, Profile generic: rows that `capture` and capture_period take, the oldest going first.
import type { Data } from '../../protocol/data/data.ts'
import type { GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked, ReadAttribute, SelectedAttribute } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { array, doubleLongUnsigned, enumerated, integer, longUnsigned, octets, structure } from './data.ts'
import { captureObject } from './profile/columns.ts'
import { bufferOf, capture, clear, columnsOf, periodOf, rowsOf } from './profile/rows.ts'
import { selectRows } from './selection/select.ts'

const BUFFER = 2
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
    case 3:
      return array(columnsOf(object, situation).map(captureObject))
    case 4:
      return doubleLongUnsigned(periodOf(object, situation))
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

const RESET = 1
const CAPTURE = 2

const DONE: Invoked = { result: 'success' }

export function invokeProfile({ object, method, situation, read }: Invocation): Invoked | undefined {
  if (method === RESET) clear(object, situation)
  else if (method === CAPTURE) capture(object, situation, read)
  else return undefined
  return DONE
}
