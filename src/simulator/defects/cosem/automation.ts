// Schedules, calendars and limiters that act when they should not, or not at all (IEC 62056-6-2).
import type { Decisions } from '../../decisions.ts'
import type { Data } from '../../../protocol/data/data.ts'
import type { AutomationRules } from '../../model/automation/rules.ts'
import { array, elementsOf, fieldsOf, octets, structure } from '../../model/data.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeAutomation = (d: Decisions, change: (before: AutomationRules) => Partial<AutomationRules>): Decisions =>
  changeModel(d, ({ automation }) => ({ automation: { ...automation, ...change(automation) } }))

const ANY_DATE = octets(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff))
const onAnyDate = (times: Data | undefined): Data =>
  array((elementsOf(times) ?? []).map((entry) => structure(fieldsOf(entry, 2)?.[0] ?? ANY_DATE, ANY_DATE)))

const CALENDAR_NAME_PASSIVE = 6

export const automationDefects: readonly Defect[] = [
  {
    id: 'schedule.never-executed',
    breaks: ['cosem.schedule'],
    needs: 'any',
    says: 'The execution_time of a single action schedule passes, and nothing is executed.',
    apply: (d) => changeAutomation(d, () => ({ executionTimes: () => [] })),
  },
  {
    id: 'schedule.date-ignored',
    breaks: ['cosem.schedule'],
    needs: 'any',
    says: 'A single action schedule is executed at its time on every day, whatever its date.',
    apply: (d) =>
      changeAutomation(d, ({ executionTimes }) => ({
        executionTimes: (times, span) => executionTimes(onAnyDate(times), span),
      })),
  },
  {
    id: 'calendar.never-activated',
    breaks: ['cosem.calendar.activation'],
    needs: 'any',
    says: 'The activate_passive_calendar_time passes, and the passive calendar stays passive.',
    apply: (d) => changeAutomation(d, () => ({ activationIn: () => undefined })),
  },
  {
    id: 'calendar.activated-in-part',
    breaks: ['cosem.calendar.activation'],
    needs: 'any',
    says: 'Of the passive calendar only its name becomes active.',
    apply: (d) => changeAutomation(d, () => ({ activated: [CALENDAR_NAME_PASSIVE] })),
  },
  {
    id: 'calendar.days-without-effect',
    breaks: ['cosem.calendar.days'],
    needs: 'any',
    says: 'The scripts of the day profiles are not executed.',
    apply: (d) => changeAutomation(d, () => ({ dayIdOf: () => undefined })),
  },
  {
    id: 'calendar.special-days-ignored',
    breaks: ['cosem.calendar.days'],
    needs: 'any',
    says: 'A special day is a day of the week like any other.',
    apply: (d) =>
      changeAutomation(d, ({ dayIdOf }) => ({
        dayIdOf: (calendar, day) => dayIdOf({ ...calendar, specialDays: [] }, day),
      })),
  },
  {
    id: 'limiter.at-once',
    breaks: ['cosem.limiter'],
    needs: 'any',
    says: 'A limiter acts as soon as the threshold is crossed, whatever its minimal durations are.',
    apply: (d) => changeAutomation(d, () => ({ hasLasted: () => true })),
  },
  {
    id: 'limiter.never-acts',
    breaks: ['cosem.limiter'],
    needs: 'any',
    says: 'A limiter does nothing, for however long the threshold has been crossed.',
    apply: (d) => changeAutomation(d, () => ({ hasLasted: () => false })),
  },
]
