import { after } from '../../protocol/hdlc/sequence.ts'
import { fails, isReceived, overFrames, PASS } from './exchange.ts'

/** N(S) of the meter's I frames goes up by one, modulo 8, from the first on. */
export const numberedInSequence = overFrames((frames) => {
  let expected: number | undefined
  for (const frame of frames) {
    const number = frame['n-s']
    if (!isReceived(frame) || frame['frame'] !== 'i' || typeof number !== 'number') continue
    if (expected !== undefined && number !== expected) return fails(`N(S)=${expected}`, `N(S)=${number}`)
    expected = after(number)
  }
  return PASS
})
