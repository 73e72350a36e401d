import type { Ledger } from '../../client/ledger.ts'
import type { Heard } from '../../client/receiver.ts'
import type { BrokenRule, Outcome } from '../../engine/vocabulary.ts'
import { heardOutcome } from './heard.ts'
import type { Question } from './outcome.ts'

/** A frame that nobody asked for (H46): the same frame once more on a serial line is only remarked. In a window more than F=1 lets through breaks the window. */
export function surplusOutcome(
  heard: Heard,
  question: Question,
  ledger: Ledger,
  { repeated, window }: { readonly repeated: boolean; readonly window: number },
): Outcome {
  const outcome = heardOutcome(heard, question, ledger)
  const wrapper = heard.is === 'wpdu' || (heard.is === 'damaged' && heard.kind === 'wrapper')
  const inWindow = heard.is === 'frame' && heard.frame.control.is === 'i' && window > 1
  const rule: BrokenRule = {
    rule: 'only-when-polled',
    clause: wrapper ? 'xdlms.answer' : inWindow ? 'hdlc.window' : 'hdlc.only-when-polled',
    expected: 'nothing until the next question',
    found: outcome.text,
    ...(repeated ? { remark: true as const } : {}),
  }
  return { ...outcome, broken: [rule, ...outcome.broken] }
}
