// I frames: numbers, acknowledgement, recovery, and where they may not be.
import { after } from '../../../protocol/hdlc/sequence.ts'
import { assemble } from '../../../protocol/hdlc/segment.ts'
import { negotiate } from '../../link/negotiation.ts'
import { dm, frmr, rr, whenPolled, type Row, type Say } from '../../link/reaction.ts'
import { rejection } from '../../link/frame-reject.ts'
import { ignore, sayWhatIsExpected, takeInformation } from '../../link/rows.ts'
import { acknowledged, connected, type LinkState } from '../../link/state.ts'
import { changeNdm, changeNrm, changeTransmission, type Defect } from '../defect.ts'

const nrm = (id: string, breaks: string, says: string, rows: Parameters<typeof changeNrm>[1]): Defect => ({
  id,
  breaks: [breaks],
  needs: 'hdlc',
  says,
  apply: (d) => changeNrm(d, rows),
})
const ndm = (id: string, breaks: string, says: string, row: Row): Defect => ({
  id,
  breaks: [breaks],
  needs: 'hdlc',
  says,
  apply: (d) => changeNdm(d, () => ({ i: row })),
})

const sayDm: Row = (state, heard) => ({ to: state, say: whenPolled(heard, dm) })

/** The frame is taken as if its N(S) were the one expected, and N(R) is not looked at. */
const takeAnyway: Row = (state, heard, context) => {
  const reaction = takeInformation({ ...state, sent: [] }, heard, context)
  return { ...reaction, to: { ...reaction.to, vR: state.vR === reaction.to.vR ? after(state.vR) : reaction.to.vR } }
}

const REJ = 0x09
const rej = (state: LinkState): Say => ({ control: { is: 'undefined', octet: REJ | 0x10 | (state.vR << 5) } })

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
  {
    ...nrm('hdlc.i.repeated-executed', 'hdlc.recovery', 'An I frame that comes again is executed again.', () => ({
      repeated(state, heard, context) {
        const reaction = takeInformation({ ...state, sent: [] }, heard, context)
        return { ...reaction, to: { ...reaction.to, vR: state.vR } }
      },
    })),
    aliases: ['hdlc_duplicate_exec'],
  },
  nrm(
    'hdlc.recovery.new-number',
    'hdlc.recovery',
    'What was not acknowledged is sent again under new numbers.',
    ({ rr: poll }) => ({
      rr: onPartialAcknowledgement((state) => ({ ...state, sent: [], waiting: [...state.sent, ...state.waiting] }))(
        poll,
      ),
    }),
  ),
  nrm(
    'hdlc.recovery.no-retransmission',
    'hdlc.recovery',
    'What was not acknowledged is not sent again.',
    ({ rr: poll }) => ({
      rr: onPartialAcknowledgement(forget)(poll),
    }),
  ),
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
  nrm(
    'hdlc.rr.information-executed',
    'hdlc.information.not-permitted',
    'Information in RR is served as in an I frame.',
    () => ({
      informationNotPermitted: (state, heard) => ({ to: state, deliver: heard.frame.information, turn: true }),
    }),
  ),
  ndm('hdlc.ndm.i-served', 'hdlc.ndm', 'An I frame in NDM is served.', (state, heard) => ({
    to: state,
    deliver: heard.frame.information,
    turn: true,
  })),
  ndm('hdlc.ndm.i-answered-rr', 'hdlc.ndm', 'An I frame in NDM is answered by RR.', (state, heard) => ({
    to: state,
    say: whenPolled(heard, rr(state)),
  })),
  ndm('hdlc.ndm.i-answered-frmr', 'hdlc.ndm', 'An I frame in NDM is answered by FRMR.', (state, heard) => ({
    to: state,
    say: whenPolled(heard, frmr(rejection(state, heard, { w: true }))),
  })),
  ndm(
    'hdlc.ndm.i-opens',
    'hdlc.ndm',
    'An I frame in NDM sets the link up, unanswered.',
    (state, _heard, { limits }) => {
      const result = negotiate(limits, new Uint8Array(0))
      return { to: result.is === 'agreed' ? connected(state, result.agreed) : state }
    },
  ),
  nrm('hdlc.rnr.ignored', 'hdlc.rnr', 'RNR is taken for RR: I frames go on.', ({ rnr }) => ({
    rnr(state, heard, context) {
      const reaction = rnr(state, heard, context)
      return { ...reaction, to: { ...reaction.to, peerBusy: false } }
    },
  })),
]
