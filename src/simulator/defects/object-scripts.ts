// For tests: a dialogue in which each defect of the objects shows.
import { get, set } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const REGISTER = '1.0.1.8.0.255'

const CALENDAR = '0.0.13.0.0.255'
/** The thirteenth month. */
const NO_SUCH_TIME = '090C08330D03FF00000000800000'

export const objectScripts: readonly Script[] = [
  inAssociation(get(3, REGISTER, 1), get(3, REGISTER, 3)),
  inAssociation(set(1, '0.0.96.128.1.255', 2, '1111')),
  inAssociation(set(20, CALENDAR, 10, NO_SUCH_TIME), get(20, CALENDAR, 10)),
]
