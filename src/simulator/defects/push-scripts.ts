// For tests: what the management client sends, so that each defect of pushes shows in what the meter then does by itself.
import { action, set } from '../dialogue.ts'

export interface PushScript {
  readonly apdus: readonly string[]
  readonly answer: 'answered' | 'failed'
}

const SETUP = '0.0.25.9.0.255'
const push = action(40, SETUP, 1)
/** `192.0.2.1:4059`, by TCP. */
const ELSEWHERE = '02031600090E3139322E302E322E313A343035391600'

export const pushScripts: readonly PushScript[] = [
  { apdus: [push], answer: 'answered' },
  { apdus: [action(40, '0.2.25.9.0.255', 1)], answer: 'answered' },
  { apdus: [set(40, SETUP, 3, ELSEWHERE), push], answer: 'answered' },
  { apdus: [set(40, SETUP, 6, '1102'), set(40, SETUP, 7, '120005'), push], answer: 'failed' },
  { apdus: [set(40, SETUP, 5, '12000A'), push], answer: 'answered' },
  {
    apdus: [set(40, SETUP, 4, '01010202090CFFFFFFFFFF020000FF800000090CFFFFFFFFFF030000FF800000'), push],
    answer: 'answered',
  },
]
