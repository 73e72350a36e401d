// The frame reject condition (IEC 62056-46 6.4.3.10, 6.4.4.9.4): what was rejected, and why.
import { encode } from '../../codec/codec.ts'
import { controlOctet } from '../../protocol/hdlc/control.ts'
import { frameReject } from '../../protocol/hdlc/frmr.ts'
import { frmr, whenPolled, type Heard, type Reaction } from './reaction.ts'
import type { LinkState } from './state.ts'

/** W undefined control · X information not permitted · Y information too long · Z invalid N(R). */
interface Reasons {
  readonly w?: boolean
  readonly x?: boolean
  readonly y?: boolean
  readonly z?: boolean
}

export const rejection = (
  state: LinkState,
  heard: Heard,
  { w = false, x = false, y = false, z = false }: Reasons,
): Uint8Array =>
  encode(frameReject, {
    'rejected-control': controlOctet(heard.frame.control),
    'v-s': state.vS,
    'v-r': state.vR,
    'c-r': false,
    ...{ w, x, y, z },
  })

/** Enters the condition, and says so when polled. */
export function reject(state: LinkState, heard: Heard, reasons: Reasons): Reaction {
  const information = rejection(state, heard, reasons)
  return { to: { ...state, mode: 'frame-reject', rejection: information }, say: whenPolled(heard, frmr(information)) }
}
