// Class 123, Array manager: parts of arrays that other objects hold, as return parameters of a method.
import type { Data } from '../../protocol/data/data.ts'
import { findObject } from './access.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { array, elementsOf, fieldsOf, longUnsigned, nameOf, numberOf } from './data.ts'

const ARRAY_OBJECT_LIST = 2
const RETRIEVE_NUMBER_OF_ENTRIES = 1
const RETRIEVE_ENTRIES = 2

export function invokeArrayManager(invocation: Invocation): Invoked | undefined {
  const { method, parameters } = invocation
  if (method === RETRIEVE_NUMBER_OF_ENTRIES) return number(invocation, numberOf(parameters, 'unsigned'))
  return method === RETRIEVE_ENTRIES ? entries(invocation) : undefined
}

function number(invocation: Invocation, id: number | undefined): Invoked {
  if (id === undefined) return { result: 'type-unmatched' }
  const all = arrayOf(invocation, id)
  return all === undefined ? { result: 'object-undefined' } : returning(longUnsigned(all.length))
}

/** array_object_id, and from which entry to which, counted from 1. */
function entries(invocation: Invocation): Invoked {
  const fields = fieldsOf(invocation.parameters, 2) ?? []
  const range = fieldsOf(fields[1], 2) ?? []
  const id = numberOf(fields[0], 'unsigned')
  const from = numberOf(range[0], 'long-unsigned')
  const to = numberOf(range[1], 'long-unsigned')
  if (id === undefined || from === undefined || to === undefined) return { result: 'type-unmatched' }
  const all = arrayOf(invocation, id)
  if (all === undefined) return { result: 'object-undefined' }
  return from < 1 || to < from || to > all.length
    ? { result: 'other-reason' }
    : returning(array(all.slice(from - 1, to)))
}

const returning = (returned: Data): Invoked => ({ result: 'success', returned })

function arrayOf({ object, situation, read }: Invocation, wanted: number): readonly Data[] | undefined {
  const managed = elementsOf(situation.store.get(object, ARRAY_OBJECT_LIST))?.find(
    (each) => numberOf(fieldsOf(each, 2)?.[0], 'unsigned') === wanted,
  )
  const [, name, index] = fieldsOf(fieldsOf(managed, 2)?.[1], 3) ?? []
  const of = findObject(situation.description.objects, nameOf(name) ?? '')
  const attribute = numberOf(index, 'integer')
  return of === undefined || attribute === undefined ? undefined : elementsOf(read(of, attribute, situation))
}
