// When the meter acts by itself (IEC 62056-6-2: Single action schedule, Activity calendar, Special days table, Limiter).
import type { Data } from '../../../protocol/data/data.ts'
import type { Ms } from '../../../protocol/line.ts'
import { activationIn, dayIdOf, type Calendar } from './calendar.ts'
import type { Span } from './moments.ts'
import { executionTimes } from './schedule.ts'

export interface AutomationRules {
  /** The moments at which a Single action schedule is due. */
  readonly executionTimes: (times: Data | undefined, span: Span) => readonly number[]
  /** The day_id that holds on a day. */
  readonly dayIdOf: (calendar: Calendar, day: number) => number | undefined
  /** The moment at which the passive calendar becomes the active one by its time; undefined: not in this span. */
  readonly activationIn: (time: Data | undefined, span: Span) => number | undefined
  /** What becomes active with the passive calendar: the passive attributes. */
  readonly activated: readonly number[]
  /** Whether a value has been on its side of a threshold for long enough. */
  readonly hasLasted: (elapsed: Ms, duration: Ms) => boolean
}

/** calendar_name to day_profile_table. */
const PASSIVE = [6, 7, 8, 9]

export const conformantAutomation: AutomationRules = {
  executionTimes,
  dayIdOf,
  activationIn,
  activated: PASSIVE,
  hasLasted: (elapsed, duration) => elapsed >= duration,
}
