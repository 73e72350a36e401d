// The meter's clock: the time of the world, counted from the date of the description.
import type { Ms } from '../../protocol/line.ts'
import type { MeterDescription } from '../description.ts'

/** Date-time of twelve octets: local time, deviation from it to UTC in minutes, no clock-status bit set. */
export function dateTime({ clock }: MeterDescription, now: Ms): Uint8Array {
  const local = new Date(Date.parse(clock.start) + now - clock.deviation * 60_000)
  const deviation = clock.deviation & 0xffff
  return Uint8Array.of(
    local.getUTCFullYear() >> 8,
    local.getUTCFullYear() & 0xff,
    local.getUTCMonth() + 1,
    local.getUTCDate(),
    local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    local.getUTCHours(),
    local.getUTCMinutes(),
    local.getUTCSeconds(),
    Math.floor(local.getUTCMilliseconds() / 10),
    deviation >> 8,
    deviation & 0xff,
    0,
  )
}
