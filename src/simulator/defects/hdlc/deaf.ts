// Receivers that lose frames.
import type { Deframed } from '../../../protocol/hdlc/deframer.ts'
import { count, type Memory } from '../../memory.ts'
import { changeReception, type Defect } from '../defect.ts'

/** After this item the meter hears nothing any more: `times` frames, or for ever. */
export const deafAfter =
  (which: (item: Deframed) => boolean, times: number): Defect['apply'] =>
  (d) =>
    changeReception(d, ({ takes }) => ({
      takes(item, memory) {
        const deaf = count(memory, 'deaf')
        if (item.is === 'frame' && deaf > 0) return { memory: { ...memory, deaf: deaf - 1 } }
        const result = takes(item, memory)
        return which(item) ? { memory: { ...result.memory, deaf: times } } : result
      },
    }))

export const FOR_EVER = 1e9

/** Drops frames that are right; `lastEnd` in the memory: when the last item ended. */
export const takesFramesBut =
  (drops: (item: Deframed & { is: 'frame' }, memory: Memory) => boolean): Defect['apply'] =>
  (d) =>
    changeReception(d, ({ takes }) => ({
      takes(item, memory) {
        const result = takes(item, memory)
        const after = { ...result.memory, lastEnd: item.end }
        return item.is === 'frame' && drops(item, memory) ? { memory: after } : { ...result, memory: after }
      },
    }))
