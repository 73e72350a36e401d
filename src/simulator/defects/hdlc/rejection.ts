// Unknown commands, and the frame reject condition.
import { dm, rr, ua, whenPolled, type Row } from '../../link/reaction.ts'
import { reject } from '../../link/frame-reject.ts'
import { ignore, rejectAgain, takeInformation } from '../../link/rows.ts'
import { withControl } from './reading.ts'
import { changeFrameReject, changeNrm, sendsFrames, type Defect } from '../defect.ts'

const unknownAs = (as: 'ignored' | 'as-rr' | 'as-ua' | 'as-dm' | 'as-i', says: string, row: Row): Defect => ({
  id: `hdlc.control.unknown-${as}`,
  breaks: ['hdlc.control.unknown'],
  needs: 'hdlc',
  says: `An undefined control field in NRM is ${says}.`,
  apply: (d) => changeNrm(d, () => ({ undefined: row })),
})

export const rejectionDefects: readonly Defect[] = [
  unknownAs('ignored', 'not answered', ignore),
  unknownAs('as-rr', 'answered by RR', (state, heard) => ({ to: state, say: whenPolled(heard, rr(state)) })),
  unknownAs('as-ua', 'answered by UA', (state, heard) => ({ to: state, say: whenPolled(heard, ua()) })),
  unknownAs('as-dm', 'answered by DM', (state, heard) => ({ to: state, say: whenPolled(heard, dm) })),
  unknownAs('as-i', 'taken for an I frame', (state, heard, context) =>
    takeInformation(
      state,
      { ...heard, frame: withControl(heard.frame, { is: 'i', 'n-s': state.vR, 'n-r': state.vS, 'poll-final': true }) },
      context,
    ),
  ),
  {
    id: 'hdlc.frmr.not-cleared',
    breaks: ['hdlc.frmr.condition'],
    fatal: true,
    needs: 'hdlc',
    says: 'Nothing leads out of the frame reject condition, SNRM neither.',
    apply: (d) => changeFrameReject(d, () => ({ snrm: rejectAgain, disc: rejectAgain })),
  },
  {
    id: 'hdlc.frmr.wrong-reason',
    breaks: ['hdlc.frmr'],
    remark: true,
    needs: 'hdlc',
    says: 'FRMR gives another reason than the one there is.',
    apply: (d) =>
      changeNrm(d, () => ({
        undefined: (state, heard) => reject(state, heard, { y: true }),
        informationNotPermitted: (state, heard) => reject(state, heard, { z: true }),
        tooLong: (state, heard) => reject(state, heard, { w: true }),
        wrongNR: (state, heard) => reject(state, heard, { y: true }),
      })),
  },
  {
    id: 'hdlc.frmr.no-information',
    breaks: ['hdlc.frmr'],
    remark: true,
    needs: 'hdlc',
    says: 'FRMR has no information field.',
    apply: (d) =>
      sendsFrames(
        d,
        ({ control }) => control.is === 'frmr',
        (frame) => ({ ...frame, information: new Uint8Array(0) }),
      ),
  },
  {
    id: 'hdlc.frmr.i-executed-after',
    breaks: ['hdlc.frmr.condition'],
    needs: 'hdlc',
    says: 'An I frame is served in the frame reject condition.',
    apply: (d) =>
      changeFrameReject(d, ({ other }) => ({
        other: (state, heard, context) =>
          heard.frame.control.is === 'i'
            ? takeInformation({ ...state, mode: 'nrm' }, heard, context)
            : other(state, heard, context),
      })),
  },
]
