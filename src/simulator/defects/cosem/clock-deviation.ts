// Clocks that do not say how far from UTC they are.
import { changeModel, type Defect } from '../defect.ts'

export const clockDeviationDefects: readonly Defect[] = [
  {
    id: 'clock.deviation.inverted',
    aliases: ['clock_sign_inverted'],
    breaks: ['cosem.clock'],
    needs: 'any',
    says: 'The clock counts its deviation from UTC to local time: 60 for UTC+1.',
    apply: (d) =>
      changeModel(d, ({ clock }) => ({
        clock: { ...clock, deviation: (zone, daylight) => -clock.deviation(zone, daylight) },
      })),
  },
  {
    id: 'clock.deviation.zero',
    breaks: ['cosem.clock'],
    needs: 'any',
    says: 'The deviation of the clock is 0, whatever its time_zone is.',
    apply: (d) => changeModel(d, ({ clock }) => ({ clock: { ...clock, deviation: () => 0 } })),
  },
]
