// For tests: dialogues in which each defect of the objects shows.
import { action, get, set } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const REGISTER = '1.0.1.8.0.255'
const ASSOCIATION = '0.0.40.0.0.255'
const secrets = (...attributes: readonly string[]): string => `C003C10${attributes.length}${attributes.join('')}`
const SECRET = '000F0000280000FF0700'
const CALENDAR = '0.0.13.0.0.255'
/** The thirteenth month. */
const NO_SUCH_TIME = '090C08330D03FF00000000800000'

export const objectScripts: readonly Script[] = [
  inAssociation(get(3, REGISTER, 1), get(3, REGISTER, 3)),
  inAssociation(set(1, '0.0.42.0.0.255', 2, '0900'), set(1, '0.0.96.128.1.255', 2, '090411223344')),
  inAssociation(`${action(7, '1.0.99.2.0.255', 2).slice(0, -2)}010F00`),
  inAssociation(get(15, ASSOCIATION, 0), secrets(SECRET, SECRET)),
  inAssociation(set(1, '0.0.96.128.1.255', 2, '1111')),
  inAssociation(set(20, CALENDAR, 10, NO_SUCH_TIME), get(20, CALENDAR, 10)),
]
