// Which row answers which frame. The table is the conformant meter; a defect puts other rows in.
import type { Ms } from '../../protocol/line.ts'
import { acknowledges } from '../../protocol/hdlc/sequence.ts'
import { conformantTransmission, type Transmission } from './transmission.ts'
import { negotiate, type Negotiate } from './negotiation.ts'
import type { Heard, LinkContext, Reaction, Row } from './reaction.ts'
import {
  hangUp,
  ignore,
  rejectAgain,
  rejectInformation,
  rejectLength,
  rejectNumber,
  rejectUndefined,
  sayDm,
  sayWhatIsExpected,
  setUp,
  takeBusy,
  takeInformation,
  takePoll,
} from './rows.ts'
import { disconnected, vA, type LinkState } from './state.ts'

export interface NdmRows {
  readonly snrm: Row
  readonly disc: Row
  readonly i: Row
  readonly supervisory: Row
  readonly ui: Row
  readonly undefined: Row
}

export interface NrmRows {
  readonly snrm: Row
  readonly disc: Row
  readonly i: Row
  /** N(S) is not V(R). */
  readonly wrongNS: Row
  /** N(S) is V(R) − 1: the frame taken last, again. */
  readonly repeated: Row
  /** N(R) of an I, RR or RNR frame is not in V(A)..V(S). */
  readonly wrongNR: Row
  readonly tooLong: Row
  readonly rr: Row
  readonly rnr: Row
  readonly informationNotPermitted: Row
  readonly ui: Row
  readonly undefined: Row
}

export interface FrameRejectRows {
  readonly snrm: Row
  readonly disc: Row
  readonly other: Row
}

export interface LinkTable {
  readonly ndm: NdmRows
  readonly nrm: NrmRows
  readonly frameReject: FrameRejectRows
  /** A frame to all stations, of any kind. Its state is nobody's (6.4.2.4, rulings H29, H30). */
  readonly broadcast: Row
  readonly transmission: Transmission
  readonly negotiate: Negotiate
  /** The inactivity time-out, given the declared one; 0: never. */
  readonly inactivityMs: (declared: Ms) => Ms
  /** When a link began to be inactive: the last octet on the line (6.4.4.10.3). */
  readonly inactiveSince: (lastOctet: Ms, state: LinkState) => Ms
  /** What the inactivity time-out does to a link (6.4.4.10.3). */
  readonly inactive: (state: LinkState) => Reaction
  /** What becomes of a link when SNRM of another client sets up its own (ruling H19). */
  readonly whenAnotherConnects: (state: LinkState) => LinkState
}

export const conformantLink: LinkTable = {
  ndm: { snrm: setUp, disc: sayDm, i: sayDm, supervisory: sayDm, ui: sayDm, undefined: sayDm },
  nrm: {
    snrm: setUp,
    disc: hangUp,
    i: takeInformation,
    wrongNS: sayWhatIsExpected,
    repeated: sayWhatIsExpected,
    wrongNR: rejectNumber,
    tooLong: rejectLength,
    rr: takePoll,
    rnr: takeBusy,
    informationNotPermitted: rejectInformation,
    ui: ignore,
    undefined: rejectUndefined,
  },
  frameReject: { snrm: setUp, disc: hangUp, other: rejectAgain },
  broadcast: ignore,
  transmission: conformantTransmission,
  negotiate,
  inactivityMs: (declared) => declared,
  inactiveSince: (lastOctet) => lastOctet,
  inactive: (state) => ({ to: disconnected(state), ends: true }),
  whenAnotherConnects: (state) => state,
}

/** The row for a frame in a state. */
function rowFor(table: LinkTable, state: LinkState, heard: Heard): Row {
  const is = heard.frame.control.is
  switch (state.mode) {
    case 'ndm':
      if (is === 'snrm' || is === 'disc' || is === 'i' || is === 'ui') return table.ndm[is]
      return is === 'rr' || is === 'rnr' ? table.ndm.supervisory : table.ndm.undefined
    case 'frame-reject':
      return is === 'snrm' || is === 'disc' ? table.frameReject[is] : table.frameReject.other
    case 'nrm':
      return connectedRow(table.nrm, state, heard)
    default:
      return state.mode satisfies never
  }
}

function connectedRow(rows: NrmRows, state: LinkState, { frame: { control, information } }: Heard): Row {
  switch (control.is) {
    case 'i':
      if (information.length > state.agreed['max-information-field-length-receive']) return rows.tooLong
      if (!acknowledges(control['n-r'], vA(state), state.vS)) return rows.wrongNR
      if (control['n-s'] === state.vR) return rows.i
      return control['n-s'] === ((state.vR + 7) & 7) ? rows.repeated : rows.wrongNS
    case 'rr':
    case 'rnr':
      if (information.length > 0) return rows.informationNotPermitted
      return acknowledges(control['n-r'], vA(state), state.vS) ? rows[control.is] : rows.wrongNR
    case 'snrm':
    case 'disc':
    case 'ui':
      return rows[control.is]
    case 'ua':
    case 'dm':
    case 'frmr':
    case 'undefined':
      return rows.undefined
    default:
      return control satisfies never
  }
}

/** Puts a frame through its row. */
export const react = (table: LinkTable, state: LinkState, heard: Heard, context: LinkContext): Reaction =>
  rowFor(table, state, heard)(state, heard, context)
