// For tests: dialogues in which each defect of short names shows.
import { ALL_SHORT_NAMES, AARQ, get, MANAGEMENT, withShortNames, wpduOf } from '../dialogue.ts'
import type { Script } from './scripts.ts'

const manager = (aarq: string, ...apdus: readonly string[]): Script => ({
  meter: 'sn',
  port: 'wrapper',
  steps: [{ connect: 'a' }, ...[aarq, ...apdus].map((apdu) => ({ octets: wpduOf(apdu, 1), peer: 'a', octetMs: 0 }))],
})

const OPEN = withShortNames(MANAGEMENT)
const READ_TWO = '0502020408020310'
const READ_SCRATCH = '0501020408'
const UNCOVERED = '0501020410'

export const shortNameScripts: readonly Script[] = [
  manager(OPEN, READ_TWO),
  manager(withShortNames(MANAGEMENT, ALL_SHORT_NAMES, '000C'), READ_TWO, '0501050001', '0501050002'),
  manager(OPEN, UNCOVERED, '06010204100100'),
  manager(OPEN, '160102040801090411223344', READ_SCRATCH),
  manager(OPEN, '060102FA000109060000280000FF'),
  manager(OPEN, '05010FFA00', READ_SCRATCH),
  manager(OPEN, get(8, '0.0.1.0.0.255', 3)),
  {
    meter: 'reference',
    port: 'wrapper',
    steps: [{ connect: 'a' }, ...[AARQ, '050102FA00'].map((apdu) => ({ octets: wpduOf(apdu), peer: 'a', octetMs: 0 }))],
  },
]
