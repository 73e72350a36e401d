// Who may speak: the secondary station, only after P = 1.
import { polled, type Row, type Say } from '../../link/reaction.ts'
import type { LinkState } from '../../link/state.ts'
import { changeNrm, type Defect } from '../defect.ts'

const rrUnasked = ({ vR }: LinkState): Say => ({ control: { is: 'rr', 'n-r': vR, 'poll-final': false } })

/** Does what the row does, and tells so at once where nobody has polled. */
const eager =
  (row: Row): Row =>
  (state, heard, context) => {
    const reaction = row(state, heard, context)
    return polled(heard) ? reaction : { ...reaction, say: [...(reaction.say ?? []), rrUnasked(reaction.to)] }
  }

export const pollingDefects: readonly Defect[] = [
  {
    id: 'hdlc.poll.answered-without',
    breaks: ['hdlc.only-when-polled', 'hdlc.final-bit'],
    needs: 'hdlc',
    says: 'RR without P is answered at once, by RR with F = 0.',
    apply: (d) => changeNrm(d, (nrm) => ({ rr: eager(nrm.rr) })),
  },
  {
    id: 'hdlc.poll.unpolled-lost',
    breaks: ['hdlc.only-when-polled'],
    needs: 'hdlc',
    says: 'An I frame without P is not taken.',
    apply: (d) =>
      changeNrm(d, ({ i }) => ({
        i: (state, heard, context) => (polled(heard) ? i(state, heard, context) : { to: state }),
      })),
  },
]
