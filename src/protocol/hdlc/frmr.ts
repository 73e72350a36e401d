// Information field of FRMR (ISO/IEC 13239): the control field rejected, the state variables of the one who rejects, and why.
import { bits, flag, octets, sequence, type Codec } from '../../codec/codec.ts'

export interface FrameReject {
  /** The control octet rejected, unchanged. */
  readonly 'rejected-control': number
  readonly 'v-s': number
  readonly 'v-r': number
  /** The rejected frame was a response. */
  readonly 'c-r': boolean
  /** Undefined control field. */
  readonly w: boolean
  /** Information on a frame that may not have it; with W. */
  readonly x: boolean
  /** Information field too long. */
  readonly y: boolean
  /** Invalid N(R). */
  readonly z: boolean
}

const layout = sequence({
  'rejected-control': octets(1),
  state: bits(1, { 'v-r': 0xe0, 'c-r': flag(0x10), 'v-s': 0x0e }),
  reasons: bits(1, { z: flag(0x08), y: flag(0x04), x: flag(0x02), w: flag(0x01) }),
})

export const frameReject: Codec<FrameReject> = {
  shape: layout.shape,
  write(to, value) {
    layout.write(to, { 'rejected-control': Uint8Array.of(value['rejected-control']), state: value, reasons: value })
  },
  read(from) {
    const {
      'rejected-control': [rejected = 0],
      state,
      reasons,
    } = layout.read(from)
    return { 'rejected-control': rejected, ...state, ...reasons }
  },
}
