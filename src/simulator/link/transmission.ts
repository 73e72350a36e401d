// How a secondary uses its turn (IEC 62056-46 6.4.4.4.3): I frames up to the window, the last with F = 1; or RR.
import { segments as cut, type Segment } from '../../protocol/hdlc/segment.ts'
import { after } from '../../protocol/hdlc/sequence.ts'
import { rr, type Say } from './reaction.ts'
import { vA, type LinkState } from './state.ts'

export interface Transmission {
  /** An answer of the layer above, cut to what was agreed. */
  readonly segments: (state: LinkState, llcAndApdu: Uint8Array) => readonly Segment[]
  /** What is unacknowledged again, then what waits, as far as the window goes. */
  readonly burst: (state: LinkState) => readonly Segment[]
  /** One I frame of a burst. */
  readonly frame: (state: LinkState, segment: Segment, nS: number, last: boolean) => Say
  readonly turn: (state: LinkState, rules: Transmission) => { readonly to: LinkState; readonly say: readonly Say[] }
}

export const conformantTransmission: Transmission = {
  segments: (state, llcAndApdu) => cut(llcAndApdu, state.agreed['max-information-field-length-transmit']),

  burst: (state) => [...state.sent, ...state.waiting].slice(0, state.agreed['window-size-transmit']),

  frame: (state, { information, segmentation }, nS, last) => ({
    control: { is: 'i', 'n-s': nS, 'n-r': state.vR, 'poll-final': last },
    information,
    segmentation,
  }),

  turn(state, rules) {
    const burst = state.peerBusy ? [] : rules.burst(state)
    if (burst.length === 0) return { to: state, say: [rr(state)] }
    const oldest = vA(state)
    return {
      to: {
        ...state,
        vS: after(oldest, Math.max(burst.length, state.sent.length)),
        sent: burst.length > state.sent.length ? burst : state.sent,
        waiting: state.waiting.slice(Math.max(0, burst.length - state.sent.length)),
      },
      say: burst.map((segment, index) => rules.frame(state, segment, after(oldest, index), index === burst.length - 1)),
    }
  },
}
