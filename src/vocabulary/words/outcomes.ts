// Outcomes that hold in any layer.
import type { OutcomeWord } from '../../language/words.ts'
import { FRAME_NAMES } from '../../protocol/hdlc/control.ts'

const matcher = (alive: boolean, more: Partial<OutcomeWord> = {}): OutcomeWord => ({ takes: 'matcher', alive, ...more })

export const OUTCOMES: Readonly<Record<string, OutcomeWord>> = {
  silent: { takes: 'duration', alive: false },
  closed: matcher(false),
  reset: matcher(false),
  garbled: matcher(false),
  fault: matcher(false),
  compressed: matcher(true),
  frame: matcher(true, { covers: [...FRAME_NAMES, 'wpdu'] }),
  refused: matcher(true),
  executed: matcher(true),
  'pass-4': matcher(true),
  answers: matcher(true),
  value: matcher(true),
  success: matcher(true),
}
