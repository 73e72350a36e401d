// Class 7, Profile generic: rows that `capture` takes, the oldest going first.
import type { Data } from '../../protocol/data/data.ts'
import type { ColumnDescription, ObjectDescription } from '../description.ts'
import { findObject } from './access.ts'
import type { Invocation, Invoked, ReadAttribute } from './behaviour.ts'
import type { Situation } from './classes.ts'
import {
  array,
  doubleLongUnsigned,
  enumerated,
  integer,
  logicalName,
  longUnsigned,
  nothing,
  octets,
  structure,
} from './data.ts'

const FIFO = 1
const NO_SORT_OBJECT = structure(longUnsigned(0), octets(new Uint8Array(6)), integer(0), longUnsigned(0))

const captureObject = (column: ColumnDescription): Data =>
  structure(
    longUnsigned(column['class-id']),
    octets(logicalName(column['logical-name'])),
    integer(column.attribute),
    longUnsigned(0),
  )

export function profileAttribute(object: ObjectDescription, attribute: number, { store }: Situation): Data | undefined {
  const columns = object.profile?.columns ?? []
  switch (attribute) {
    case 2:
      return array(store.rows(object))
    case 3:
      return array(columns.map(captureObject))
    case 4:
      return doubleLongUnsigned(0)
    case 5:
      return enumerated(FIFO)
    case 6:
      return NO_SORT_OBJECT
    case 7:
      return doubleLongUnsigned(store.rows(object).length)
    case 8:
      return doubleLongUnsigned(object.profile?.entries ?? 0)
    default:
      return undefined
  }
}

const RESET = 1
const CAPTURE = 2

const DONE: Invoked = { result: 'success' }

export function invokeProfile({ object, method, situation, read }: Invocation): Invoked | undefined {
  const { store } = situation
  if (method === RESET) store.setRows(object, [])
  else if (method === CAPTURE)
    store.setRows(object, [...store.rows(object), row(object, situation, read)].slice(-(object.profile?.entries ?? 1)))
  else return undefined
  return DONE
}

const row = (object: ObjectDescription, { description }: Situation, read: ReadAttribute): Data =>
  structure(
    ...(object.profile?.columns ?? []).map((column) => {
      const captured = findObject(description.objects, column['logical-name'])
      return captured === undefined ? nothing : (read(captured, column.attribute) ?? nothing)
    }),
  )
