// What a date-time shows, part by part, as cases ask for it.
import type { Value } from '../../codec/value.ts'
import type { CosemDateTime } from '../../protocol/data/date-time.ts'

export const DAYLIGHT_SAVING = 'daylight-saving'

const DAYLIGHT_SAVING_ACTIVE = 0x80

const padded = (part: number | null, digits = 2): string =>
  part === null ? '?'.repeat(digits) : String(part).padStart(digits, '0')

export function clockFace(time: CosemDateTime): Readonly<Record<string, Value>> {
  const { 'clock-status': status, deviation } = time
  return {
    face: [time.hour, time.minute, time.second].map((part) => padded(part)).join(':'),
    date: [time.month, time['day-of-month']].map((part) => padded(part)).join('-'),
    deviation,
    [DAYLIGHT_SAVING]: status === null ? null : (status & DAYLIGHT_SAVING_ACTIVE) !== 0,
  }
}
