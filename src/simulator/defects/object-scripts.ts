// For tests: dialogues in which each defect of the objects shows.
import { action, get, set } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const REGISTER = '1.0.1.8.0.255'
const ASSOCIATION = '0.0.40.0.0.255'
const secrets = (...attributes: readonly string[]): string => `C003C10${attributes.length}${attributes.join('')}`
const SECRET = '000F0000280000FF0700'

export const objectScripts: readonly Script[] = [
  inAssociation(get(3, REGISTER, 1), get(3, REGISTER, 3)),
  inAssociation(set(1, '0.0.42.0.0.255', 2, '0900'), set(1, '0.0.96.128.1.255', 2, '090411223344')),
  inAssociation(`${action(7, '1.0.99.2.0.255', 2).slice(0, -2)}010F00`),
  inAssociation(get(15, ASSOCIATION, 2)),
  inAssociation(...[3, 5, 6, 8].map((id) => get(15, ASSOCIATION, id)), get(17, '0.0.41.0.0.255', 2)),
  inAssociation(get(7, '1.0.99.1.0.255', 2), get(7, '1.0.99.1.0.255', 7)),
  inAssociation(get(8, '0.0.1.0.0.255', 2)),
  inAssociation(get(1, '0.0.42.0.0.255', 2)),
  inAssociation(get(15, ASSOCIATION, 0), secrets(SECRET, SECRET)),
]
