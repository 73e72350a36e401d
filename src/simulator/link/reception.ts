// What a station takes for a frame. The conformant one takes what is well formed, and drops all else (IEC 62056-46 6.4.4.2.3).
import type { Burst, Ms } from '../../protocol/line.ts'
import type { Deframed } from '../../protocol/hdlc/deframer.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import type { Memory } from '../memory.ts'

export interface Reception {
  /** The time-out between two octets of a frame, given the declared one. */
  readonly interOctetMs: (declared: Ms) => Ms
  /** Octets as they come in, before frames are looked for. */
  readonly hears: (burst: Burst, memory: Memory) => { readonly bursts: readonly Burst[]; readonly memory: Memory }
  /** What was found → the frame that is served; `silently`: it takes effect, and is not answered. */
  readonly takes: (item: Deframed, memory: Memory) => Taken
}

export interface Taken {
  readonly frame?: Frame
  readonly silently?: boolean
  readonly memory: Memory
}

export const conformantReception: Reception = {
  interOctetMs: (declared) => declared,
  hears: (burst, memory) => ({ bursts: [burst], memory }),
  takes: (item, memory) => (item.is === 'frame' ? { frame: item.frame, memory } : { memory }),
}
