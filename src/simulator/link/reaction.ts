import type { Ms } from '../../protocol/line.ts'
import type { Control } from '../../protocol/hdlc/control.ts'
import { pollFinal } from '../../protocol/hdlc/control.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import type { LinkParameters } from '../../protocol/hdlc/negotiate.ts'
import type { DeviceDescription } from '../description.ts'
import type { LinkTable } from './table.ts'
import type { LinkState } from './state.ts'

/** A frame that a station takes as meant for it. */
export interface Heard {
  readonly frame: Frame
  readonly client: number
  readonly device: DeviceDescription
  /** When its last octet had arrived. */
  readonly end: Ms
}

/** A frame to be sent. Destination and source are those of the frame heard, swapped, unless given. */
export interface Say {
  readonly control: Control
  readonly information?: Uint8Array
  readonly segmentation?: boolean
  readonly source?: Uint8Array
  readonly destination?: Uint8Array
}

/** What a station does upon a frame. */
export interface Reaction {
  readonly to: LinkState
  readonly say?: readonly Say[]
  /** LLC header and APDU for the layer above; its answer is put into `waiting` before the turn is taken. */
  readonly deliver?: Uint8Array
  /** The turn is the station's: it sends what waits, or says RR (6.4.4.4.1). */
  readonly turn?: boolean
  /** The association that lives on this link ends. */
  readonly ends?: boolean
}

/** What a row may know besides state and frame. */
export interface LinkContext {
  readonly limits: LinkParameters
  /** Longest APDU that is assembled, with its LLC header, in octets. */
  readonly longestApdu: number
  readonly table: LinkTable
}

/** One row of the tables of IEC 62056-46 6.4.4: pure. */
export type Row = (state: LinkState, heard: Heard, context: LinkContext) => Reaction

export const polled = (heard: Heard): boolean => pollFinal(heard.frame.control)

/** An answer goes out only after P = 1: the secondary sends when polled (6.4.4.4.1). */
export const whenPolled = (heard: Heard, ...say: readonly Say[]): readonly Say[] => (polled(heard) ? say : [])

export const ua = (information?: Uint8Array): Say => ({
  control: { is: 'ua', 'poll-final': true },
  ...(information === undefined ? {} : { information }),
})
export const dm: Say = { control: { is: 'dm', 'poll-final': true } }
export const rr = (state: LinkState): Say => ({ control: { is: 'rr', 'n-r': state.vR, 'poll-final': true } })
export const frmr = (information: Uint8Array): Say => ({ control: { is: 'frmr', 'poll-final': true }, information })
