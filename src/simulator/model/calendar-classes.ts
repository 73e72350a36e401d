// Classes 11 and 20, Special days table and Activity calendar.
import type { Data } from '../../protocol/data/data.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { array, elementsOf, fieldsOf, numberOf } from './data.ts'
import { isSameType } from './types.ts'

const DONE: Invoked = { result: 'success' }

const ACTIVATE_PASSIVE_CALENDAR = 1
/** calendar_name to day_profile_table: the passive ones, and how far in front of them the active ones stand. */
const PASSIVE = [6, 7, 8, 9]
const TO_ACTIVE = 4

export function invokeCalendar({ object, method, situation: { store } }: Invocation): Invoked | undefined {
  if (method !== ACTIVATE_PASSIVE_CALENDAR) return undefined
  for (const attribute of PASSIVE) {
    const value = store.get(object, attribute)
    if (value !== undefined) store.set(object, attribute - TO_ACTIVE, value)
  }
  return DONE
}

const ENTRIES = 2
const INSERT = 1
const DELETE = 2

/** index of an entry: index, specialday_date, day_id. */
const indexOf = (entry: Data | undefined): number | undefined => numberOf(fieldsOf(entry, 3)?.[0], 'long-unsigned')

/** `insert` takes the place of an entry with the same index. */
export function invokeSpecialDays({
  object,
  method,
  parameters,
  situation: { store },
}: Invocation): Invoked | undefined {
  const entries = elementsOf(store.get(object, ENTRIES)) ?? []
  const without = (index: number | undefined): readonly Data[] => entries.filter((each) => indexOf(each) !== index)
  if (method === INSERT) {
    const [first] = entries
    const fits = parameters !== undefined && (first === undefined || isSameType(first, parameters))
    if (!fits || indexOf(parameters) === undefined) return { result: 'type-unmatched' }
    store.set(object, ENTRIES, array([...without(indexOf(parameters)), parameters]))
    return DONE
  }
  if (method !== DELETE) return undefined
  const index = numberOf(parameters, 'long-unsigned')
  if (index === undefined) return { result: 'type-unmatched' }
  const left = without(index)
  if (left.length === entries.length) return { result: 'object-undefined' }
  store.set(object, ENTRIES, array(left))
  return DONE
}
