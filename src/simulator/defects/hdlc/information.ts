// I frames: their numbers, how long they may be, and where there may be no information.
import { after } from '../../../protocol/hdlc/sequence.ts'
import { assemble } from '../../../protocol/hdlc/segment.ts'
import { rr, whenPolled, type Row, type Say } from '../../link/reaction.ts'
import { ignore, sayDm, sayWhatIsExpected, takeInformation } from '../../link/rows.ts'
import { vA, type LinkState } from '../../link/state.ts'
import { count } from '../../memory.ts'
import { changeNrm, changeSnrm, changeTransmission, type Defect } from '../defect.ts'

const nrm = (id: string, breaks: string, says: string, rows: Parameters<typeof changeNrm>[1]): Defect => ({
  id,
  breaks: [breaks],
  needs: 'hdlc',
  says,
  apply: (d) => changeNrm(d, rows),
})

/** The frame is taken as if its N(S) were the one expected, and N(R) is not looked at. */
const takeAnyway: Row = (state, heard, context) => {
  const reaction = takeInformation({ ...state, sent: [] }, heard, context)
  return { ...reaction, to: { ...reaction.to, vR: state.vR === reaction.to.vR ? after(state.vR) : reaction.to.vR } }
}

const REJ = 0x09
const rej = (state: LinkState): Say => ({ control: { is: 'undefined', octet: REJ | 0x10 | (state.vR << 5) } })

const LAST_NUMBER = 7
const WRAPPED = 'wrapped'

export const informationDefects: readonly Defect[] = [
  {
    id: 'hdlc.i.n-s-stuck',
    breaks: ['hdlc.i.sequence'],
    needs: 'hdlc',
    says: 'N(S) of every I frame is 0.',
    apply: (d) =>
      changeTransmission(d, ({ frame }) => ({ frame: (state, segment, _nS, last) => frame(state, segment, 0, last) })),
  },
  {
    id: 'hdlc.i.no-wrap',
    breaks: ['hdlc.i.sequence'],
    needs: 'hdlc',
    says: 'N(S) stays at 7 once it has come so far: it does not begin at 0 again.',
    apply: (d) =>
      changeTransmission(
        changeSnrm(d, (snrm) => (state, heard, context) => {
          const reaction = snrm(state, heard, context)
          return { ...reaction, to: { ...reaction.to, memory: { ...reaction.to.memory, [WRAPPED]: 0 } } }
        }),
        ({ turn }) => ({
          turn(state, rules) {
            const { to, say } = turn(state, rules)
            const wrapped = count(state.memory, WRAPPED) > 0
            return {
              to: to.vS < state.vS ? { ...to, memory: { ...to.memory, [WRAPPED]: 1 } } : to,
              say: say.map((one) =>
                one.control.is === 'i' && (wrapped || one.control['n-s'] < vA(state))
                  ? { ...one, control: { ...one.control, 'n-s': LAST_NUMBER } }
                  : one,
              ),
            }
          },
        }),
      ),
  },
  {
    id: 'hdlc.i.n-r-not-moved',
    breaks: ['hdlc.n-r'],
    needs: 'hdlc',
    says: 'N(R) of an I frame does not count the frame it answers.',
    apply: (d) =>
      changeTransmission(d, ({ frame }) => ({
        frame: (state, segment, nS, last) => frame({ ...state, vR: after(state.vR, -1) }, segment, nS, last),
      })),
  },
  nrm('hdlc.i.unanswered', 'hdlc.poll', 'An I frame with P = 1 is taken, but not answered.', ({ i }) => ({
    i: (state, heard, context) => ({ ...i(state, heard, context), turn: false }),
  })),
  nrm(
    'hdlc.information.long-accepted',
    'hdlc.information.too-long',
    'An information field longer than agreed is taken.',
    () => ({
      tooLong: takeInformation,
    }),
  ),
  nrm(
    'hdlc.information.long-answered-rr',
    'hdlc.information.too-long',
    'An information field longer than agreed is answered by RR.',
    () => ({
      tooLong: sayWhatIsExpected,
    }),
  ),
  nrm(
    'hdlc.information.long-ignored',
    'hdlc.information.too-long',
    'An information field longer than agreed is not answered.',
    () => ({
      tooLong: ignore,
    }),
  ),
  nrm(
    'hdlc.information.long-answered-dm',
    'hdlc.information.too-long',
    'An information field longer than agreed is answered by DM.',
    () => ({
      tooLong: sayDm,
    }),
  ),
  nrm('hdlc.n-r.unchecked', 'hdlc.n-r', 'N(R) is not looked at.', () => ({
    wrongNR: (state, heard, context) =>
      heard.frame.control.is === 'i' ? takeAnyway(state, heard, context) : sayWhatIsExpected(state, heard, context),
  })),
  nrm('hdlc.n-r.answered-dm', 'hdlc.n-r', 'A wrong N(R) is answered by DM.', () => ({ wrongNR: sayDm })),
  nrm('hdlc.n-r.ignored', 'hdlc.n-r', 'A wrong N(R) is not answered.', () => ({ wrongNR: ignore })),
  {
    ...nrm('hdlc.n-s.unchecked', 'hdlc.n-s', 'N(S) is not looked at.', () => ({
      wrongNS: takeInformation,
      repeated: takeInformation,
    })),
    aliases: ['hdlc_no_seq_check'],
  },
  nrm('hdlc.n-s.advances', 'hdlc.n-s', 'A wrong N(S) is dropped, but counted.', () => ({
    wrongNS(state, heard) {
      const to = { ...state, vR: after(state.vR) }
      return { to, say: whenPolled(heard, rr(to)) }
    },
  })),
  nrm('hdlc.n-s.kept', 'hdlc.n-s', 'Information with a wrong N(S) is kept, in front of what comes next.', () => ({
    wrongNS(state, heard, context) {
      const kept = assemble(
        state.assembly,
        { information: heard.frame.information, segmentation: true },
        context.longestApdu,
      )
      const to = kept.is === 'more' ? { ...state, assembly: kept.assembly } : state
      return { to, say: whenPolled(heard, rr(to)) }
    },
  })),
  nrm('hdlc.n-s.rej-sent', 'hdlc.n-s', 'A wrong N(S) is answered by REJ, which the profile does not have.', () => ({
    wrongNS: (state, heard) => ({ to: state, say: whenPolled(heard, rej(state)) }),
  })),
  nrm('hdlc.n-s.unanswered', 'hdlc.n-s', 'A wrong N(S) is not answered.', () => ({ wrongNS: ignore })),
  nrm(
    'hdlc.rr.information-executed',
    'hdlc.information.not-permitted',
    'Information in RR is served as in an I frame.',
    () => ({
      informationNotPermitted: (state, heard) => ({ to: state, deliver: heard.frame.information, turn: true }),
    }),
  ),
  nrm('hdlc.rnr.ignored', 'hdlc.rnr', 'RNR is taken for RR: I frames go on.', ({ rnr }) => ({
    rnr(state, heard, context) {
      const reaction = rnr(state, heard, context)
      return { ...reaction, to: { ...reaction.to, peerBusy: false } }
    },
  })),
]
