// When a profile captures by itself, at the multiples of a period; when it did before the world began, for some each month. Moments are counted, so that none is lost.
import type { ObjectDescription } from '../../description.ts'
import type { Store } from '../store.ts'
import { numberOf } from '../data.ts'

const CAPTURE_PERIOD = 4

/** Faces of the clock, in milliseconds since 1970 were they UTC, and the number of the last moment up to them. */
export interface Schedule {
  readonly countAt: (face: number) => number
  readonly faceOf: (count: number) => number
}

/** capture_period in seconds; 0: nothing is captured by itself, or a schedule does it. */
export const periodOf = (object: ObjectDescription, store: Store): number =>
  numberOf(store.get(object, CAPTURE_PERIOD), 'double-long-unsigned') ?? object.profile?.period ?? 0

/** Undefined: it captures only when it is told to. */
export function scheduleOf(object: ObjectDescription, store: Store): Schedule | undefined {
  const period = periodOf(object, store) * 1000
  return period > 0 ? { countAt: (face) => Math.floor(face / period), faceOf: (count) => count * period } : undefined
}

/** The same for the time before the world began: then a month was as good as a period. */
export const pastScheduleOf = (object: ObjectDescription, store: Store): Schedule | undefined =>
  scheduleOf(object, store) ?? (object.profile?.monthly === true ? monthly : undefined)

const monthly: Schedule = {
  countAt: (face) => new Date(face).getUTCFullYear() * 12 + new Date(face).getUTCMonth(),
  faceOf: (count) => Date.UTC(Math.floor(count / 12), count % 12),
}
