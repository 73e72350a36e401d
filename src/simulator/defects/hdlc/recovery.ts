// What comes again: frames of the client, and what it has not acknowledged.
import { ignore, takeInformation } from '../../link/rows.ts'
import type { Row } from '../../link/reaction.ts'
import { acknowledged, type LinkState } from '../../link/state.ts'
import { changeNrm, type Defect } from '../defect.ts'

const recovery = (id: string, says: string, rows: Parameters<typeof changeNrm>[1]): Defect => ({
  id,
  breaks: ['hdlc.recovery'],
  needs: 'hdlc',
  says,
  apply: (d) => changeNrm(d, rows),
})

/** N(R) as it came, with what was sent treated by the rule given where it was not acknowledged in full. */
const onPartialAcknowledgement =
  (some: (state: LinkState, heldBefore: number) => LinkState): ((row: Row) => Row) =>
  (row) =>
  (state, heard, context) => {
    const { control } = heard.frame
    if (control.is !== 'rr') return row(state, heard, context)
    const now = acknowledged(state, control['n-r'])
    return now.sent.length === 0 ? row(state, heard, context) : { to: some(now, state.sent.length), turn: true }
  }

/** What is not acknowledged is not sent again: it is lost. */
const forget = (state: LinkState): LinkState => ({ ...state, sent: [] })

export const recoveryDefects: readonly Defect[] = [
  {
    ...recovery('hdlc.i.repeated-executed', 'An I frame that comes again is executed again.', () => ({
      repeated(state, heard, context) {
        const reaction = takeInformation({ ...state, sent: [] }, heard, context)
        return { ...reaction, to: { ...reaction.to, vR: state.vR } }
      },
    })),
    aliases: ['hdlc_duplicate_exec'],
  },
  recovery('hdlc.i.repeated-unanswered', 'An I frame that comes again is not answered.', () => ({
    repeated: ignore,
  })),
  recovery(
    'hdlc.recovery.new-number',
    'What was not acknowledged is sent again under new numbers.',
    ({ rr: poll }) => ({
      rr: onPartialAcknowledgement((state) => ({ ...state, sent: [], waiting: [...state.sent, ...state.waiting] }))(
        poll,
      ),
    }),
  ),
  recovery('hdlc.recovery.no-retransmission', 'What was not acknowledged is not sent again.', ({ rr: poll }) => ({
    rr: onPartialAcknowledgement(forget)(poll),
  })),
  {
    id: 'hdlc.window.partial-ack-ignored',
    aliases: ['hdlc_window_ignore_partial_ack'],
    breaks: ['hdlc.window'],
    needs: 'window',
    says: 'When only some frames of a window are acknowledged, the others are not sent again.',
    apply: (d) =>
      changeNrm(d, ({ rr: poll }) => ({
        rr: onPartialAcknowledgement((state, before) => (state.sent.length < before ? forget(state) : state))(poll),
      })),
  },
]
