// How the clock goes, and how it is set (IEC 62056-6-2, Clock; rulings C10, C11).
export interface ClockRules {
  /** Seconds that it counts in a second. */
  readonly rate: number
  /** Deviation told with a time, from time_zone and the daylight saving in force, all in minutes. */
  readonly deviation: (zone: number, daylightSaving: number) => number
  /** shift_time takes so many seconds. */
  readonly mayShift: (seconds: number) => boolean
  /** adjust_to_… : what the face shows afterwards, in milliseconds, for periods that begin with the hour. */
  readonly adjusted: (face: number, period: number) => number
  /** adjust_to_preset_time: at this instant, for a preset of this validity. */
  readonly mayAdjustToPreset: (now: number, start: number, end: number) => boolean
}

const MOST_SHIFTED = 900

export const conformantClock: ClockRules = {
  rate: 1,
  deviation: (zone, daylightSaving) => zone - daylightSaving,
  mayShift: (seconds) => Math.abs(seconds) <= MOST_SHIFTED,
  adjusted: (face, period) => Math.round(face / period) * period,
  mayAdjustToPreset: (now, start, end) => now >= start && now <= end,
}
