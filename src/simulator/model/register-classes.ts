// Classes 3, 4 and 5, Register, Extended register and Demand register.
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { dateTime, faceAt, timeOfFace } from './clock/clock.ts'
import { onCourse } from './course.ts'
import { numberOf, octets } from './data.ts'

const RESET = 1
const VALUE = 2
const EXTENDED_CAPTURE_TIME = 5

const DONE: Invoked = { result: 'success' }

/** The value begins again at zero. */
export function invokeRegister({ object, method, situation: { store } }: Invocation): Invoked | undefined {
  if (method !== RESET) return undefined
  const value = store.get(object, VALUE)
  if (value !== undefined && 'value' in value && typeof value.value === 'number')
    store.set(object, VALUE, { ...value, value: 0 })
  return DONE
}

/** The same, and capture_time says when. */
export function invokeExtendedRegister(invocation: Invocation): Invoked | undefined {
  const { object, situation } = invocation
  const invoked = invokeRegister(invocation)
  if (invoked !== undefined)
    situation.store.set(object, EXTENDED_CAPTURE_TIME, octets(dateTime(situation, situation.now)))
  return invoked
}

const LAST_AVERAGE_VALUE = 3
const CAPTURE_TIME = 6
const START_TIME_CURRENT = 7
const PERIOD = 8

/** The last average is the value that the current one had when the period began. */
export function demandAttribute(object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  const period = (numberOf(situation.store.get(object, PERIOD), 'double-long-unsigned') ?? 0) * 1000
  if (period === 0) return undefined
  const began = timeOfFace(situation, Math.floor(faceAt(situation, situation.now) / period) * period)
  switch (attribute) {
    case LAST_AVERAGE_VALUE:
      return onCourse(object, VALUE, situation.store.get(object, VALUE), began)
    case CAPTURE_TIME:
    case START_TIME_CURRENT:
      return octets(dateTime(situation, began))
    default:
      return undefined
  }
}
