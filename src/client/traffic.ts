// What a recorder is told.
import type { Ms } from '../protocol/line.ts'

/** One unit on the line, or what happened to the connection, as a port tells it to whoever records. Times in ms of the world. */
export interface Traffic {
  readonly direction: 'sent' | 'received'
  /** When its first octet began, and when its last had fully passed. */
  readonly at: Ms
  readonly end: Ms
  readonly is: 'hdlc' | 'wrapper' | 'sign-on' | 'octets' | 'opened' | 'closed' | 'reset' | 'refused' | 'fault'
  /** Hex, as passed. */
  readonly octets: string
  /** Name of the message, outermost to innermost. */
  readonly names: readonly string[]
  readonly local?: string
  readonly remote?: string
  readonly failures: readonly TrafficFailure[]
  readonly marks: readonly TrafficMark[]
  /** Where in the unit the part of a message lies that goes on in the next unit (`more`) or ends here. */
  readonly information?: { readonly from: number; readonly to: number }
  readonly more?: true
  readonly detail?: string
}

export interface TrafficFailure {
  readonly layer: string
  readonly at: number
  readonly expected: string
  readonly found: string
}

/** A field damaged or wrong on purpose: octets `[from, to)` of the unit. */
export interface TrafficMark {
  readonly path: string
  readonly from: number
  readonly to: number
  readonly what: string
}

export type Record = (traffic: Traffic) => void
