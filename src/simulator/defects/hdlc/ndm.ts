// What is done in NDM, where only SNRM leads on.
import { negotiate } from '../../link/negotiation.ts'
import { frmr, rr, ua, whenPolled, type Row } from '../../link/reaction.ts'
import { rejection } from '../../link/frame-reject.ts'
import { ignore } from '../../link/rows.ts'
import { connected } from '../../link/state.ts'
import { changeNdm, type Defect } from '../defect.ts'

const ndm = (id: string, says: string, kind: 'disc' | 'i', row: Row): Defect => ({
  id,
  breaks: ['hdlc.ndm'],
  needs: 'hdlc',
  says,
  apply: (d) => changeNdm(d, () => ({ [kind]: row })),
})

const sayUa: Row = (state, heard) => ({ to: state, say: whenPolled(heard, ua()) })

export const ndmDefects: readonly Defect[] = [
  ndm('hdlc.disc.ndm-answered-by-ua', 'DISC in NDM is answered by UA.', 'disc', sayUa),
  { ...ndm('hdlc.disc.ndm-unanswered', 'DISC in NDM is not answered.', 'disc', ignore), fatal: true },
  ndm('hdlc.ndm.i-served', 'An I frame in NDM is served.', 'i', (state, heard) => ({
    to: state,
    deliver: heard.frame.information,
    turn: true,
  })),
  ndm('hdlc.ndm.i-answered-rr', 'An I frame in NDM is answered by RR.', 'i', (state, heard) => ({
    to: state,
    say: whenPolled(heard, rr(state)),
  })),
  ndm('hdlc.ndm.i-answered-frmr', 'An I frame in NDM is answered by FRMR.', 'i', (state, heard) => ({
    to: state,
    say: whenPolled(heard, frmr(rejection(state, heard, { w: true }))),
  })),
  ndm('hdlc.ndm.i-opens', 'An I frame in NDM sets the link up, unanswered.', 'i', (state, _heard, { limits }) => {
    const result = negotiate(limits, new Uint8Array(0))
    return { to: result.is === 'agreed' ? connected(state, result.agreed) : state }
  }),
  ndm('hdlc.ndm.i-answered-ua', 'An I frame in NDM is answered by UA.', 'i', sayUa),
]
