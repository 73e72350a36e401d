// The meter's clock: the time of the world, counted from the date of the description.
import { dateTimeAt, writeDateTime } from '../../protocol/data/date-time.ts'
import type { Ms } from '../../protocol/line.ts'
import type { MeterDescription } from '../description.ts'

/** Date-time of twelve octets: local time, deviation from it to UTC in minutes, no clock-status bit set. */
export const dateTime = ({ clock }: MeterDescription, now: Ms): Uint8Array =>
  writeDateTime(dateTimeAt(Date.parse(clock.start) + now, clock.deviation))
