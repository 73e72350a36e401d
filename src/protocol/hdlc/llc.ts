// LLC header of IEC 62056-46 6.3: once before each APDU, at the start of its first segment.
import { rest, sequence, u8, type Codec } from '../../codec/codec.ts'

export interface Llc {
  readonly destination: number
  readonly source: number
  readonly quality: number
  /** The APDU. */
  readonly information: Uint8Array
}
export type LlcHeader = Omit<Llc, 'information'>

/** Octets of the header in front of an APDU. */
export const LLC_OCTETS = 3
export const LLC_COMMAND: LlcHeader = { destination: 0xe6, source: 0xe6, quality: 0x00 }
export const LLC_RESPONSE: LlcHeader = { destination: 0xe6, source: 0xe7, quality: 0x00 }

export const llc: Codec<Llc> = sequence({ destination: u8, source: u8, quality: u8, information: rest })

export const sameHeader = (a: LlcHeader, b: LlcHeader): boolean =>
  a.destination === b.destination && a.source === b.source && a.quality === b.quality
