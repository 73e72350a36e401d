// Class 71, Limiter: which side of the active threshold the monitored value is on, and since when.
import type { Data } from '../../../protocol/data/data.ts'
import type { Ms } from '../../../protocol/line.ts'
import type { ObjectDescription } from '../../description.ts'
import { findObject } from '../access.ts'
import type { ReadAttribute } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { fieldsOf, nameOf, numberOf } from '../data.ts'

const MONITORED_VALUE = 2
const THRESHOLD_ACTIVE = 3
const MIN_OVER_THRESHOLD_DURATION = 6
const MIN_UNDER_THRESHOLD_DURATION = 7
const ACTIONS = 11

/** `acted`: the action for this side of the threshold has been carried out, or nothing has been crossed yet. */
export interface LimitState {
  readonly over: boolean
  readonly since: Ms
  readonly acted: boolean
}

const anyNumber = (value: Data | undefined): number | undefined =>
  value !== undefined && 'value' in value && typeof value.value === 'number' ? value.value : undefined

export function limitState(
  limiter: ObjectDescription,
  situation: Situation,
  read: ReadAttribute,
  before: LimitState | undefined,
): LimitState {
  const [, name, attribute] = fieldsOf(situation.store.get(limiter, MONITORED_VALUE), 3) ?? []
  const monitored = findObject(situation.description.objects, nameOf(name) ?? '')
  const value = monitored && read(monitored, numberOf(attribute, 'integer') ?? 0, situation)
  const threshold = read(limiter, THRESHOLD_ACTIVE, situation)
  const over = (anyNumber(value) ?? 0) > (anyNumber(threshold) ?? Infinity)
  if (before?.over === over) return before
  return { over, since: situation.now, acted: before === undefined && !over }
}

/** For so long, in milliseconds, the value has to stay on its side. */
export const durationOf = (limiter: ObjectDescription, { store }: Situation, { over }: LimitState): Ms =>
  (numberOf(
    store.get(limiter, over ? MIN_OVER_THRESHOLD_DURATION : MIN_UNDER_THRESHOLD_DURATION),
    'double-long-unsigned',
  ) ?? 0) * 1000

/** action_over_threshold, or action_under_threshold. */
export const actionFor = (limiter: ObjectDescription, { store }: Situation, { over }: LimitState): Data | undefined =>
  fieldsOf(store.get(limiter, ACTIONS), 2)?.[over ? 0 : 1]
