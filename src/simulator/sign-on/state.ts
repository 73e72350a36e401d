// What the meter knows of a sign-on (IEC 62056-21): which message it waits for, and how long.
import type { Ms } from '../../protocol/line.ts'
import { NOTHING_REMEMBERED, type Memory } from '../memory.ts'

/**
 * `idle`: at the opening rate, waits for a request · `identified`: waits for the option select · `sending`: deaf until it has sent ·
 * `programming`: waits for commands · `hdlc`: the link layer has the line.
 */
type Phase = 'idle' | 'identified' | 'sending' | 'programming' | 'hdlc'

export interface SignOnState {
  readonly phase: Phase
  /** When the phase ends by itself; Infinity: never. */
  readonly until: Ms
  /** Rate chosen in this sign-on, in Bd. */
  readonly rate: number
  readonly authenticated: boolean
  /** Wrong passwords in a row, over all sessions. */
  readonly wrongPasswords: number
  readonly lockedUntil: Ms
  /** Registers of the programming mode, by name. */
  readonly registers: Readonly<Record<string, string>>
  readonly memory: Memory
}

export const freshSignOn = (registers: Readonly<Record<string, string>>): SignOnState => ({
  phase: 'idle',
  until: Infinity,
  rate: 300,
  authenticated: false,
  wrongPasswords: 0,
  lockedUntil: 0,
  registers,
  memory: NOTHING_REMEMBERED,
})

/** Back to the opening: the session is over, what is counted over sessions stays. */
export const signedOff = (state: SignOnState): SignOnState => ({
  ...state,
  phase: 'idle',
  until: Infinity,
  rate: 300,
  authenticated: false,
})
