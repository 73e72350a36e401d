// The primary station's state variables (IEC 62056-46 6.4.3, 6.4.4), as pure transitions over what was sent and heard.
import { fromParameters, parameterBlock } from '../protocol/hdlc/parameters.ts'
import { decode } from '../codec/codec.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import { DEFAULT_PARAMETERS, settle, type LinkParameters } from '../protocol/hdlc/negotiate.ts'
import { acknowledges, after } from '../protocol/hdlc/sequence.ts'

export interface LinkState {
  /** What the secondary is known to be in. */
  readonly mode: 'unknown' | 'ndm' | 'nrm'
  /** N(S) of the next I frame to be sent. */
  readonly 'v-s': number
  /** N(S) of the next I frame expected. */
  readonly 'v-r': number
  /** The oldest I frame sent that is not yet acknowledged. */
  readonly 'v-a': number
  /** Agreed, as the tester sees it. */
  readonly parameters: LinkParameters
  /** What the last SNRM proposed. */
  readonly proposal: Partial<LinkParameters>
  /** The mode setting command that waits for its answer. */
  readonly asked: 'snrm' | 'disc' | undefined
}

export const UNKNOWN: LinkState = {
  mode: 'unknown',
  'v-s': 0,
  'v-r': 0,
  'v-a': 0,
  parameters: DEFAULT_PARAMETERS,
  proposal: {},
  asked: undefined,
}

/** Parameters in the information field of SNRM or UA; undefined where it is no parameter block. */
export function parametersIn(information: Uint8Array): Partial<LinkParameters> | undefined {
  if (information.length === 0) return {}
  const block = decode(parameterBlock, information)
  return block.ok ? fromParameters(block.value) : undefined
}

/** A frame was sent as it should be. V(S) moves with I frames alone. */
export function afterSending(state: LinkState, frame: Frame): LinkState {
  const { control } = frame
  switch (control.is) {
    case 'snrm':
      return { ...state, asked: 'snrm', proposal: parametersIn(frame.information) ?? {} }
    case 'disc':
      return { ...state, asked: 'disc' }
    case 'i':
      return { ...state, 'v-s': after(control['n-s']) }
    default:
      return state
  }
}

/** A well-formed frame came. V(R) moves with what was received in order alone. */
export function afterHearing(state: LinkState, frame: Frame): LinkState {
  const { control } = frame
  switch (control.is) {
    case 'ua':
      return state.asked === 'disc' ? { ...UNKNOWN, mode: 'ndm' } : linked(state, frame)
    case 'dm':
      return { ...UNKNOWN, mode: 'ndm' }
    case 'i': {
      const acknowledged = withAcknowledged(state, control['n-r'])
      return control['n-s'] === state['v-r'] ? { ...acknowledged, 'v-r': after(state['v-r']) } : acknowledged
    }
    case 'rr':
    case 'rnr':
      return withAcknowledged(state, control['n-r'])
    default:
      return state
  }
}

function linked(state: LinkState, ua: Frame): LinkState {
  const proposal = { ...DEFAULT_PARAMETERS, ...state.proposal }
  const parameters = settle(proposal, parametersIn(ua.information) ?? {})
  return { mode: 'nrm', 'v-s': 0, 'v-r': 0, 'v-a': 0, parameters, proposal: state.proposal, asked: undefined }
}

const withAcknowledged = (state: LinkState, received: number): LinkState =>
  received !== state['v-a'] && acknowledges(received, state['v-a'], state['v-s'])
    ? { ...state, 'v-a': received }
    : state
