// Values that move with the time of the world, so that registers count and a load profile has something to tell.
import type { Data } from '../../protocol/data/data.ts'
import type { Ms } from '../../protocol/line.ts'
import type { CourseDescription, ObjectDescription } from '../description.ts'

const HOUR = 3_600_000
const DAY = 24

/** A stored number, moved from where it stood when the world began. Anything else stays as it is. */
export function onCourse(
  { course = {} }: ObjectDescription,
  attribute: number,
  value: Data | undefined,
  now: Ms,
): Data | undefined {
  const along = course[attribute]
  if (along === undefined || value === undefined || !('value' in value) || typeof value.value !== 'number') return value
  return { ...value, value: Math.max(0, Math.round(value.value + movedBy(along, now / HOUR))) }
}

const movedBy = ({ perHour = 0, daily = 0 }: CourseDescription, hours: number): number =>
  perHour * hours + daily * Math.sin((2 * Math.PI * hours) / DAY)
