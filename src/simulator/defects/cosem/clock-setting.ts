// Clocks that are set, and go elsewhere, or do not keep time (IEC 62056-6-2, Clock).
import type { ClockRules } from '../../model/clock/rules.ts'
import type { Decisions } from '../../decisions.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeClock = (d: Decisions, change: Partial<ClockRules>): Decisions =>
  changeModel(d, ({ clock }) => ({ clock: { ...clock, ...change } }))

const SECONDS_A_DAY = 86_400

export const clockSettingDefects: readonly Defect[] = [
  {
    id: 'clock.shift.no-limit',
    breaks: ['cosem.clock.shift'],
    needs: 'any',
    says: 'Whatever number of seconds shift_time is given, it takes.',
    apply: (d) => changeClock(d, { mayShift: () => true }),
  },
  {
    id: 'clock.adjust.always-back',
    breaks: ['cosem.clock.adjust'],
    needs: 'any',
    says: 'The clock is adjusted to the quarter or minute that has begun, though the next one is nearer.',
    apply: (d) => changeClock(d, { adjusted: (face, period) => Math.floor(face / period) * period }),
  },
  {
    id: 'clock.preset.at-any-time',
    breaks: ['cosem.clock.preset'],
    needs: 'any',
    says: 'A preset time is taken outside the interval of its validity.',
    apply: (d) => changeClock(d, { mayAdjustToPreset: () => true }),
  },
  {
    id: 'clock.daylight-saving.bit-only',
    breaks: ['cosem.clock.daylight-saving'],
    needs: 'any',
    says: 'Daylight saving sets its bit, and standard time goes on.',
    apply: (d) => changeClock(d, { deviation: (zone) => zone }),
  },
  {
    id: 'clock.drift',
    aliases: ['clock_drift'],
    breaks: ['cosem.clock.drift'],
    needs: 'any',
    says: 'The clock gains three seconds in a day.',
    apply: (d) => changeClock(d, { rate: 1 + 3 / SECONDS_A_DAY }),
  },
]
