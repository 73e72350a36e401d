// Events that no log tells of.
import type { Decisions } from '../../decisions.ts'
import { EVENT } from '../../model/events.ts'
import { changeModel, type Defect } from '../defect.ts'

const without = (d: Decisions, ...unlogged: readonly number[]): Decisions =>
  changeModel(d, ({ logs }) => ({ logs: (event) => !unlogged.includes(event) && logs(event) }))

export const eventDefects: readonly Defect[] = [
  {
    id: 'events.clock-unlogged',
    breaks: ['cosem.events'],
    remark: true,
    needs: 'any',
    says: 'No log tells that the clock was set.',
    apply: (d) => without(d, EVENT.clockAdjustedOld, EVENT.clockAdjustedNew),
  },
  {
    id: 'events.authentication-unlogged',
    aliases: ['no_security_events'],
    breaks: ['cosem.events'],
    remark: true,
    needs: 'any',
    says: 'No log tells that an authentication has failed.',
    apply: (d) => without(d, EVENT.authenticationFailed),
  },
]
