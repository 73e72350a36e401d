// The conformant secondary station, a row for each kind of frame in each state (IEC 62056-46 6.4.3, 6.4.4; rulings H1–H45).
import { assemble, NOTHING_ASSEMBLED } from '../../protocol/hdlc/segment.ts'
import { after } from '../../protocol/hdlc/sequence.ts'
import { reject } from './frame-reject.ts'
import { dm, frmr, polled, rr, ua, whenPolled, type Reaction, type Row } from './reaction.ts'
import { acknowledged, connected, disconnected } from './state.ts'

/** 6.4.3.6: sets the link up, from any state. An association of before has ended with its link. */
export const setUp: Row = (state, heard, { limits, table }): Reaction => {
  const result = table.negotiate(limits, heard.frame.information)
  if (result.is === 'refused') return { to: disconnected(state), say: whenPolled(heard, dm), ends: true }
  return { to: connected(state, result.agreed), say: whenPolled(heard, ua(result.information)), ends: true }
}

/** 6.4.3.7, 6.4.3.8: an information field in DISC is allowed, and means nothing here (ruling H12). */
export const hangUp: Row = (state, heard) => ({ to: disconnected(state), say: whenPolled(heard, ua()), ends: true })

/** 6.4.3.9: what cannot be done in NDM is answered by DM, when polled. */
export const sayDm: Row = (state, heard) => ({ to: state, say: whenPolled(heard, dm) })

/** Known, and nothing follows from it. */
export const ignore: Row = (state) => ({ to: state })

/** An I frame in sequence (6.4.4.4.3): its information is taken, and the turn is answered when polled. */
export const takeInformation: Row = (state, heard, context) => {
  const { control, information, segmentation } = heard.frame
  if (control.is !== 'i') return { to: state }
  const next = { ...acknowledged(state, control['n-r']), vR: after(state.vR), peerBusy: false }
  const taken = assemble(state.assembly, { information, segmentation }, context.longestApdu)
  const turn = polled(heard)
  switch (taken.is) {
    case 'more':
      return { to: { ...next, assembly: taken.assembly }, turn }
    case 'whole':
      return { to: { ...next, assembly: NOTHING_ASSEMBLED }, deliver: taken.llcAndApdu, turn }
    case 'too-long':
      return { to: { ...next, assembly: NOTHING_ASSEMBLED }, turn }
    default:
      return taken satisfies never
  }
}

/** 6.4.4.9.3: information out of sequence, or repeated, is dropped; RR tells which is expected. */
export const sayWhatIsExpected: Row = (state, heard) => ({ to: state, say: whenPolled(heard, rr(state)) })

/** RR: acknowledges, and gives the turn. What was sent and is not acknowledged goes out again (6.4.4.9.1). */
export const takePoll: Row = (state, heard) => {
  const { control } = heard.frame
  const to = control.is === 'rr' ? { ...acknowledged(state, control['n-r']), peerBusy: false } : state
  return { to, turn: polled(heard) }
}

/** 6.4.3.5: the primary is busy; no I frame until its RR. */
export const takeBusy: Row = (state, heard) => {
  const { control } = heard.frame
  const to = control.is === 'rnr' ? { ...acknowledged(state, control['n-r']), peerBusy: true } : state
  return { to, turn: polled(heard) }
}

export const rejectUndefined: Row = (state, heard) => reject(state, heard, { w: true })
export const rejectInformation: Row = (state, heard) => reject(state, heard, { w: true, x: true })
export const rejectLength: Row = (state, heard) => reject(state, heard, { y: true })
export const rejectNumber: Row = (state, heard) => reject(state, heard, { z: true })

/** 6.4.4.9.4: the condition stands until SNRM or DISC; polled, the station repeats its FRMR. */
export const rejectAgain: Row = (state, heard) => ({ to: state, say: whenPolled(heard, frmr(state.rejection)) })
