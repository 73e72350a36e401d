// For tests: dialogues in which each defect of Compact data shows.
import { action, get } from '../dialogue.ts'
import { inAssociation } from './robustness-scripts.ts'
import type { Script } from './scripts.ts'

const UPON_READING = '0.0.66.0.0.255'
const BY_METHOD = '0.0.66.0.1.255'
const capture = `${action(62, BY_METHOD, 2).slice(0, -2)}010F00`

export const compactScripts: readonly Script[] = [
  inAssociation(get(62, UPON_READING, 2), get(62, UPON_READING, 5)),
  inAssociation(capture, get(62, BY_METHOD, 2)),
]
