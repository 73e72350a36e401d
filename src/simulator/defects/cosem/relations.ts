// Objects whose attributes contradict one another.
import type { Decisions } from '../../decisions.ts'
import type { Data } from '../../../protocol/data/data.ts'
import { array, longUnsigned } from '../../model/data.ts'
import { accepts } from '../association/shared.ts'
import { changeModel, type Defect } from '../defect.ts'

const EXTENDED_REGISTER = 4
const DEMAND_REGISTER = 5
const REGISTER_MONITOR = 21

const tells = (d: Decisions, classId: number, attribute: number, change: (value: Data) => Data): Decisions =>
  changeModel(d, ({ attributeValue }) => ({
    attributeValue(object, id, value) {
      const told = attributeValue(object, id, value)
      return object['class-id'] === classId && id === attribute ? change(told) : told
    },
  }))

/** A date-time with another year. */
const inYear = (value: Data, year: number): Data =>
  value.is === 'octet-string' && value.value.length === 12
    ? { is: 'octet-string', value: Uint8Array.of(year >> 8, year & 0xff, ...value.value.subarray(2)) }
    : value

export const relationDefects: readonly Defect[] = [
  {
    id: 'demand.no-period',
    breaks: ['cosem.demand-register'],
    needs: 'any',
    says: 'The number_of_periods of a demand register is 0.',
    apply: (d) => tells(d, DEMAND_REGISTER, 9, () => longUnsigned(0)),
  },
  {
    id: 'demand.start-of-another-year',
    breaks: ['cosem.demand-register'],
    remark: true,
    needs: 'any',
    says: 'The start_time_current of a demand register is of a year before its capture_time.',
    apply: (d) => tells(d, DEMAND_REGISTER, 7, (value) => inYear(value, 2020)),
  },
  {
    id: 'extended-register.captured-later',
    breaks: ['cosem.extended-register'],
    remark: true,
    needs: 'any',
    says: 'The capture_time of an extended register is years ahead of the clock.',
    apply: (d) => tells(d, EXTENDED_REGISTER, 5, (value) => inYear(value, 2090)),
  },
  {
    id: 'register-monitor.threshold-type',
    breaks: ['cosem.register-monitor'],
    needs: 'any',
    says: 'The thresholds of a register monitor are of a type that nothing monitored has.',
    apply: (d) => tells(d, REGISTER_MONITOR, 2, () => array([{ is: 'boolean', value: true }])),
  },
  {
    id: 'register-monitor.actions-missing',
    breaks: ['cosem.register-monitor'],
    needs: 'any',
    says: 'A register monitor has thresholds, and no actions for them.',
    apply: (d) => tells(d, REGISTER_MONITOR, 4, () => array([])),
  },
  {
    id: 'security-setup.other-title',
    breaks: ['cosem.security-setup'],
    needs: 'any',
    says: 'The AARE names another title than the server_system_title of Security setup.',
    apply: (d) =>
      accepts(d, (aare) => ({ ...aare, 'responding-AP-title': Uint8Array.of(0x58, 0x59, 0x5a, 0, 0, 0, 0, 1) })),
  },
]
