import { bits, flag, octetString, sequence, u16, type Of } from '../../codec/codec.ts'

/** `window`: how many blocks the sender of this APDU is ready to receive before it acknowledges them. */
const blockControl = bits(1, { 'last-block': flag(0x80), streaming: flag(0x40), window: 0x3f })

/** General-Block-Transfer behind its tag E0. `block-number-ack`: the highest block received without a gap. */
export const generalBlockTransfer = sequence({
  'block-control': blockControl,
  'block-number': u16,
  'block-number-ack': u16,
  'block-data': octetString,
})
export type GeneralBlockTransfer = Of<typeof generalBlockTransfer>
