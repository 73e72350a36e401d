// What a step gathers beside its answer.
import type { Frame } from '../protocol/hdlc/examine.ts'
import type { Ms } from '../protocol/line.ts'
import type { LinkState } from './link-state.ts'
import type { Heard } from './receiver.ts'

/** A frame that passed in an exchange, and the link's state before it did. */
export interface Passed {
  readonly direction: 'sent' | 'received'
  readonly frame: Frame
  readonly octets: Uint8Array
  readonly begin: Ms
  readonly end: Ms
  readonly before: LinkState
  /** A received I frame begins an APDU: the LLC header stands in it. */
  readonly begins?: boolean
  /** LLC header and APDU that are whole with this frame. */
  readonly whole?: Uint8Array
}

/** What one step did and heard beside its answer. Filled while the step goes on. */
export interface Ledger {
  /** Names that the step asks for: unsolicited messages of such a name are answers. */
  readonly asked: readonly string[]
  /** Nobody asked for it (H46). */
  readonly surplus: Heard[]
  /** Set aside (G16). */
  readonly unsolicited: Heard[]
  /** Frames in the order in which they passed. */
  readonly passed: Passed[]
}

export const newLedger = (asked: readonly string[] = []): Ledger => ({
  asked,
  surplus: [],
  unsolicited: [],
  passed: [],
})
