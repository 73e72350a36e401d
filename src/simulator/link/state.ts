// What a secondary station knows of one link: one for each pair of client and logical device (IEC 62056-46 6.4.4.1).
import { NOTHING_ASSEMBLED, type Assembly, type Segment } from '../../protocol/hdlc/segment.ts'
import { DEFAULT_PARAMETERS, type LinkParameters } from '../../protocol/hdlc/negotiate.ts'
import { after, distance } from '../../protocol/hdlc/sequence.ts'
import { NOTHING_REMEMBERED, type Memory } from '../memory.ts'

/** `ndm`: disconnected; `nrm`: connected; `frame-reject`: connected, and only SNRM or DISC lead out. */
type LinkMode = 'ndm' | 'nrm' | 'frame-reject'

export interface LinkState {
  readonly mode: LinkMode
  /** N(S) of the next new I frame. */
  readonly vS: number
  /** N(S) expected next. */
  readonly vR: number
  /** What was agreed, as the meter sees it. */
  readonly agreed: LinkParameters
  /** Sent and not acknowledged; the first has N(S) = V(A) = V(S) − their number. */
  readonly sent: readonly Segment[]
  /** Not sent yet. */
  readonly waiting: readonly Segment[]
  /** Segments of a request heard so far. */
  readonly assembly: Assembly
  /** The primary has said RNR. */
  readonly peerBusy: boolean
  /** The information field of the FRMR that is repeated in `frame-reject`. */
  readonly rejection: Uint8Array
  readonly memory: Memory
}

export const DISCONNECTED: LinkState = {
  mode: 'ndm',
  vS: 0,
  vR: 0,
  agreed: DEFAULT_PARAMETERS,
  sent: [],
  waiting: [],
  assembly: NOTHING_ASSEMBLED,
  peerBusy: false,
  rejection: new Uint8Array(0),
  memory: NOTHING_REMEMBERED,
}

/** A link set up anew: all numbers at 0, nothing kept (6.4.3.6). */
export const connected = (state: LinkState, agreed: LinkParameters): LinkState => ({
  ...DISCONNECTED,
  mode: 'nrm',
  agreed,
  memory: state.memory,
})

export const disconnected = (state: LinkState): LinkState => ({ ...DISCONNECTED, memory: state.memory })

/** V(A): the oldest frame not acknowledged. */
export const vA = (state: LinkState): number => after(state.vS, -state.sent.length)

/** Takes the acknowledgement of a valid N(R) in. */
export const acknowledged = (state: LinkState, nR: number): LinkState => ({
  ...state,
  sent: state.sent.slice(distance(vA(state), nR)),
})
