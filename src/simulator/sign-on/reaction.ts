import type { LineSettings, Ms } from '../../protocol/line.ts'
import type { Acknowledgement, SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { SignOnDescription } from '../description.ts'
import type { SignOnState } from './state.ts'
import type { SignOnTable } from './table.ts'

/** What comes in, as far as the meter tells it apart; `end`: when its last character had arrived. */
export type Asked =
  | { readonly is: 'request'; readonly address: string; readonly end: Ms }
  | { readonly is: 'option'; readonly option: Acknowledgement; readonly end: Ms }
  | {
      readonly is: 'command'
      /** Letter and digit: P1, R1, W1, B0 … */
      readonly name: string
      readonly data: string
      /** The BCC is right. */
      readonly checked: boolean
      readonly end: Ms
    }
  | { readonly is: 'other'; readonly end: Ms }

/** What the meter does, in this order: each waits until what was before has left. */
export type Do =
  | { readonly is: 'say'; readonly message: SignOnMessage; readonly pauseMs: Ms }
  | { readonly is: 'settings'; readonly settings: LineSettings }

export interface SignOnReaction {
  readonly to: SignOnState
  readonly does?: readonly Do[]
}

export interface SignOnContext {
  readonly signOn: SignOnDescription
  readonly table: SignOnTable
  /** The password of P1. */
  readonly password: string
  /** Quiet for so long, an HDLC session over this port is over; Infinity: never. */
  readonly linkInactivityMs: Ms
}

export type AskedRow<A extends Asked = Asked> = (state: SignOnState, asked: A, context: SignOnContext) => SignOnReaction
export type RequestRow = AskedRow<Extract<Asked, { is: 'request' }>>
export type OptionRow = AskedRow<Extract<Asked, { is: 'option' }>>
export type CommandRow = AskedRow<Extract<Asked, { is: 'command' }>>
/** The time of a phase has run out. */
export type TimeRow = (state: SignOnState, now: Ms, context: SignOnContext) => SignOnReaction
