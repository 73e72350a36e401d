// The meter's clock: the time of the world, counted from the date of the description.
import { dateTimeAt, writeDateTime } from '../../protocol/data/date-time.ts'
import type { Ms } from '../../protocol/line.ts'
import type { MeterDescription } from '../description.ts'

interface Running {
  readonly description: MeterDescription
}

/** What the clock stands at, in milliseconds since 1970 in UTC. */
const instantAt = ({ description: { clock } }: Running, at: Ms): number => Date.parse(clock.start) + at

/** The same as the face shows it: periods begin with the hours and days of local time. */
export const faceAt = (running: Running, at: Ms): number =>
  instantAt(running, at) - running.description.clock.deviation * 60_000

/** The reverse of `faceAt`. */
export const timeOfFace = (running: Running, face: number): Ms => face - faceAt(running, 0)

/** Date-time of twelve octets: local time, deviation from it to UTC in minutes, no clock-status bit set. */
export const dateTime = (running: Running, now: Ms): Uint8Array =>
  writeDateTime(dateTimeAt(instantAt(running, now), running.description.clock.deviation))
