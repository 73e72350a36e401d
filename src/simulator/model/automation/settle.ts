// What the meter has done by itself since it was last asked: schedules, the calendar and limiters, in the order of their moments.
import type { Data } from '../../../protocol/data/data.ts'
import type { Ms } from '../../../protocol/line.ts'
import type { MeterDescription, ObjectDescription } from '../../description.ts'
import { findObject } from '../access.ts'
import { attributeOf } from '../attribute.ts'
import { activatePassive } from '../calendar-classes.ts'
import type { Situation } from '../classes.ts'
import { localAt } from '../clock/clock.ts'
import { elementsOf, fieldsOf, longUnsigned, nameOf, numberOf } from '../data.ts'
import { carryOut } from '../model.ts'
import { actionsOf, ACTIVATION_TIME, DAYS, SEASONS, WEEKS, type Calendar } from './calendar.ts'
import { actionFor, durationOf, limitState } from './limiter.ts'
import { daysIn, isIn, type Span } from './moments.ts'
import { EXECUTED_SCRIPT, EXECUTION_TIME } from './schedule.ts'

const SPECIAL_DAYS = 11
const CALENDAR = 20
const SCHEDULE = 22
const LIMITER = 71

const EXECUTE = 1
const ENTRIES = 2

interface Acting {
  readonly specialDays: readonly ObjectDescription[]
  readonly calendars: readonly ObjectDescription[]
  readonly schedules: readonly ObjectDescription[]
  readonly limiters: readonly ObjectDescription[]
}

const known = new WeakMap<MeterDescription, Acting>()

function actingIn(description: MeterDescription): Acting {
  const of = (classId: number): readonly ObjectDescription[] =>
    description.objects.filter((object) => object['class-id'] === classId)
  const acting = known.get(description) ?? {
    specialDays: of(SPECIAL_DAYS),
    calendars: of(CALENDAR),
    schedules: of(SCHEDULE),
    limiters: of(LIMITER),
  }
  known.set(description, acting)
  return acting
}

/** Up to now. The span is one of the clock as it goes now: times that it jumped over when it was set have not been. */
export function settle(situation: Situation): void {
  const { store, now } = situation
  const until = store.settledUntil()
  store.settle(now)
  if (now > until) settleClockwork(situation, until)
  for (const limiter of actingIn(situation.description).limiters) settleLimiter(limiter, situation)
}

/** A script that is due, at a moment of local time. */
interface Due {
  readonly moment: number
  readonly act: (situation: Situation) => void
}

function settleClockwork(situation: Situation, until: Ms): void {
  const span: Span = { from: localAt(situation, until), to: localAt(situation, situation.now) }
  const { calendars, schedules } = actingIn(situation.description)
  const due = [
    ...schedules.flatMap((schedule) => dueOfSchedule(schedule, situation, span)),
    ...calendars.flatMap((calendar) => dueOfCalendar(calendar, situation, span)),
  ]
  for (const { moment, act } of due.sort((a, b) => a.moment - b.moment))
    act({ ...situation, now: Math.max(until, situation.now - (span.to - moment) / situation.rules.clock.rate) })
}

function dueOfSchedule(schedule: ObjectDescription, { store, rules }: Situation, span: Span): readonly Due[] {
  const moments = rules.automation.executionTimes(store.get(schedule, EXECUTION_TIME), span)
  return moments.map((moment) => ({
    moment,
    act: (situation) => {
      executeNamed(situation, store.get(schedule, EXECUTED_SCRIPT))
    },
  }))
}

/** Behind the moment at which the passive calendar becomes active it is that one that counts. */
function dueOfCalendar(object: ObjectDescription, situation: Situation, span: Span): readonly Due[] {
  const { store, rules } = situation
  const activation = rules.automation.activationIn(store.get(object, ACTIVATION_TIME), span)
  if (activation === undefined) return dayActions(object, situation, span)
  const activated: Due = {
    moment: activation,
    act: (then) => {
      activatePassive(object, then)
      for (const { moment, act } of dayActions(object, then, { from: activation, to: span.to }))
        act({ ...then, now: then.now + (moment - activation) })
    },
  }
  return [...dayActions(object, situation, { from: span.from, to: activation }), activated]
}

function dayActions(object: ObjectDescription, situation: Situation, span: Span): readonly Due[] {
  const days = daysIn(span)
  if (days.length === 0) return []
  const { store, rules, description } = situation
  const calendar: Calendar = {
    seasons: store.get(object, SEASONS),
    weeks: store.get(object, WEEKS),
    days: store.get(object, DAYS),
    specialDays: actingIn(description).specialDays.flatMap((table) => elementsOf(store.get(table, ENTRIES)) ?? []),
  }
  return days.flatMap((day) =>
    actionsOf(calendar, rules.automation.dayIdOf(calendar, day))
      .filter(({ at }) => isIn(span, day + at))
      .map(({ at, script, selector }) => ({
        moment: day + at,
        act: (then: Situation) => {
          execute(then, script, selector)
        },
      })),
  )
}

function settleLimiter(limiter: ObjectDescription, situation: Situation): void {
  const { store, rules, now } = situation
  const state = limitState(limiter, situation, attributeOf, store.limit(limiter))
  const duration = durationOf(limiter, situation, state)
  const isDue = !state.acted && rules.automation.hasLasted(now - state.since, duration)
  store.keepLimit(limiter, isDue ? { ...state, acted: true } : state)
  if (isDue) executeNamed(situation, actionFor(limiter, situation, state))
}

/** script_logical_name and script_selector. */
function executeNamed(situation: Situation, action: Data | undefined): void {
  const [name, selector] = fieldsOf(action, 2) ?? []
  execute(situation, nameOf(name) ?? '', numberOf(selector, 'long-unsigned') ?? 0)
}

function execute(situation: Situation, name: string, selector: number): void {
  const table = findObject(situation.description.objects, name)
  if (table !== undefined) carryOut(situation, table, EXECUTE, longUnsigned(selector))
}
