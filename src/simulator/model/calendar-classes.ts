// Classes 11 and 20, Special days table and Activity calendar.
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { array, elementsOf, fieldsOf, numberOf } from './data.ts'
import { isSameType } from './types.ts'

const DONE: Invoked = { result: 'success' }

const ACTIVATE_PASSIVE_CALENDAR = 1
/** So far in front of the passive attributes stand the active ones. */
const TO_ACTIVE = 4

export function invokeCalendar({ object, method, situation }: Invocation): Invoked | undefined {
  if (method !== ACTIVATE_PASSIVE_CALENDAR) return undefined
  activatePassive(object, situation)
  return DONE
}

export function activatePassive(object: ObjectDescription, { store, rules }: Situation): void {
  for (const attribute of rules.automation.activated) {
    const value = store.get(object, attribute)
    if (value !== undefined) store.set(object, attribute - TO_ACTIVE, value)
  }
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
