// SNRM, DISC and RR: the link set up, ended and asked about.
import { dm, rr, whenPolled, type Row } from '../../link/reaction.ts'
import { hangUp, ignore, setUp, takePoll } from '../../link/rows.ts'
import { disconnected } from '../../link/state.ts'
import { after } from '../../../protocol/hdlc/sequence.ts'
import { changeFrameReject, changeNdm, changeNrm, changeSnrm, type Defect } from '../defect.ts'
import type { Decisions } from '../../decisions.ts'

/** SNRM in every state. */
const withSnrm = (d: Decisions, row: Row): Decisions => changeSnrm(d, () => row)

const withDisc = (d: Decisions, row: Row): Decisions =>
  changeFrameReject(
    changeNrm(d, () => ({ disc: row })),
    () => ({ disc: row }),
  )

/** The same, but the association lives on. */
export const keepingAssociation =
  (row: Row): Row =>
  (state, heard, context) => ({ ...row(state, heard, context), ends: false })

/** RR where there is nothing to send. */
const idlePoll =
  (row: Row): Row =>
  (state, heard, context) => {
    const reaction = takePoll(state, heard, context)
    return reaction.to.sent.length + reaction.to.waiting.length > 0 ? reaction : row(reaction.to, heard, context)
  }

export const connectDefects: readonly Defect[] = [
  {
    id: 'hdlc.snrm.answered-by-dm',
    breaks: ['hdlc.snrm'],
    fatal: true,
    needs: 'hdlc',
    says: 'SNRM is answered by DM, and no link is set up.',
    apply: (d) => withSnrm(d, (state, heard) => ({ to: disconnected(state), say: whenPolled(heard, dm), ends: true })),
  },
  {
    id: 'hdlc.snrm.unanswered',
    breaks: ['hdlc.snrm'],
    fatal: true,
    needs: 'hdlc',
    says: 'SNRM is not answered.',
    apply: (d) => withSnrm(d, ignore),
  },
  {
    id: 'hdlc.snrm.stays-ndm',
    breaks: ['hdlc.snrm'],
    fatal: true,
    needs: 'hdlc',
    says: 'SNRM is answered by UA, but the meter stays in NDM.',
    apply: (d) =>
      withSnrm(d, (state, heard, context) => ({ ...setUp(state, heard, context), to: disconnected(state) })),
  },
  {
    id: 'hdlc.snrm.numbers-not-reset',
    breaks: ['hdlc.snrm'],
    needs: 'hdlc',
    says: 'SNRM in NRM leaves V(S) and V(R) as they are.',
    apply: (d) =>
      changeNrm(d, ({ snrm }) => ({
        snrm(state, heard, context) {
          const reaction = snrm(state, heard, context)
          return { ...reaction, to: { ...reaction.to, vS: state.vS, vR: state.vR } }
        },
      })),
  },
  {
    id: 'hdlc.snrm.in-nrm-answered-by-dm',
    breaks: ['hdlc.snrm'],
    needs: 'hdlc',
    says: 'SNRM in NRM is answered by DM each time, and the old link stays.',
    apply: (d) => changeNrm(d, () => ({ snrm: (state, heard) => ({ to: state, say: whenPolled(heard, dm) }) })),
  },
  {
    id: 'hdlc.snrm.keeps-association',
    aliases: ['hdlc_snrm_keeps_aa'],
    breaks: ['association.ends-with-link'],
    needs: 'hdlc',
    says: 'An association survives SNRM on its link.',
    apply: (d) => changeNrm(d, ({ snrm }) => ({ snrm: keepingAssociation(snrm) })),
  },
  {
    id: 'hdlc.disc.stays-nrm',
    breaks: ['hdlc.disc'],
    needs: 'hdlc',
    says: 'DISC is answered by UA, but the meter stays in NRM.',
    apply: (d) =>
      changeNrm(d, ({ disc }) => ({
        disc: (state, heard, context) => ({ ...disc(state, heard, context), to: state }),
      })),
  },
  {
    id: 'hdlc.disc.unanswered',
    breaks: ['hdlc.disc'],
    needs: 'hdlc',
    says: 'DISC in NRM is obeyed, but not answered.',
    apply: (d) =>
      changeNrm(d, ({ disc }) => ({ disc: (state, heard, context) => ({ ...disc(state, heard, context), say: [] }) })),
  },
  {
    id: 'hdlc.disc.nrm-answered-by-dm',
    breaks: ['hdlc.disc'],
    needs: 'hdlc',
    says: 'DISC in NRM is answered by DM.',
    apply: (d) =>
      changeNrm(d, ({ disc }) => ({
        disc: (state, heard, context) => ({ ...disc(state, heard, context), say: whenPolled(heard, dm) }),
      })),
  },
  {
    id: 'hdlc.disc.keeps-association',
    breaks: ['association.ends-with-link'],
    needs: 'hdlc',
    says: 'An association survives DISC, and lives on in the next link.',
    apply: (d) =>
      changeNdm(withDisc(d, keepingAssociation(hangUp)), ({ snrm }) => ({ snrm: keepingAssociation(snrm) })),
  },
  {
    id: 'hdlc.rr.wrong-n-r',
    breaks: ['hdlc.n-r'],
    needs: 'hdlc',
    says: 'RR acknowledges one frame more than was received.',
    apply: (d) =>
      changeNrm(d, () => ({
        rr: idlePoll((state, heard) => ({ to: state, say: whenPolled(heard, rr({ ...state, vR: after(state.vR) })) })),
      })),
  },
  {
    id: 'hdlc.rr.unanswered',
    breaks: ['hdlc.poll'],
    needs: 'hdlc',
    says: 'RR with P = 1 is not answered when there is nothing to send.',
    apply: (d) => changeNrm(d, () => ({ rr: idlePoll(ignore) })),
  },
  {
    id: 'hdlc.rr.answered-by-dm',
    breaks: ['hdlc.poll'],
    needs: 'hdlc',
    says: 'RR in NRM is answered by DM when there is nothing to send.',
    apply: (d) => changeNrm(d, () => ({ rr: idlePoll((state, heard) => ({ to: state, say: whenPolled(heard, dm) })) })),
  },
]
