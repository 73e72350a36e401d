// For tests: a dialogue in which each defect of the objects shows.
import { get } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const REGISTER = '1.0.1.8.0.255'

export const objectScripts: readonly Script[] = [inAssociation(get(3, REGISTER, 1), get(3, REGISTER, 3))]
