// Class 22, Single action schedule: executed_script at each execution_time.
import type { Data } from '../../../protocol/data/data.ts'
import { elementsOf, fieldsOf } from '../data.ts'
import { daysIn, isIn, isOnDate, timeOfDay, type Span } from './moments.ts'

export const EXECUTED_SCRIPT = 2
export const EXECUTION_TIME = 4

/** The moments in a span at which an execution_time is due. */
export function executionTimes(times: Data | undefined, span: Span): readonly number[] {
  const days = daysIn(span)
  if (days.length === 0) return []
  return (elementsOf(times) ?? []).flatMap((entry) => {
    const [time, date] = fieldsOf(entry, 2) ?? []
    if (time?.is !== 'octet-string' || date?.is !== 'octet-string') return []
    const ofDay = timeOfDay(time.value)
    if (ofDay === undefined) return []
    return days
      .filter((day) => isOnDate(date.value, day))
      .map((day) => day + ofDay)
      .filter((moment) => isIn(span, moment))
  })
}
