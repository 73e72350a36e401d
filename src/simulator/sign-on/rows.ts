// The conformant meter at a sign-on: modes A, B, C and E (IEC 62056-21 6.4; rulings S1–S11).
import type { Acknowledgement } from '../../protocol/sign-on/messages.ts'
import { rateOf } from '../../protocol/sign-on/rates.ts'
import type { SignOnDescription } from '../description.ts'
import { dataReadout, operand, say, switchTo } from './messages.ts'
import type { Do, OptionRow, RequestRow, TimeRow } from './reaction.ts'
import { signedOff } from './state.ts'

export const OPENING_RATE = 300
/** How long the meter waits for an option select: the reaction time of the other side, and room for the message. */
export const OPTION_MS = 2200
/** 6.3.1: characters of a device address. */
export const LONGEST_ADDRESS = 32

/** 6.3.1: leading zeros carry no meaning; another address is another meter's (rulings S6, S7). */
export function isMine(address: string, own: string): boolean {
  if (address.length > LONGEST_ADDRESS) return false
  const bare = (text: string) => text.replace(/^0+/, '')
  return address === '' || bare(address) === bare(own)
}

export const identify: RequestRow = (state, asked, { signOn, table }) => {
  if (!table.isMine(asked.address, signOn.address)) return { to: state }
  const first = say({ is: 'identification', value: table.identification(signOn) }, table.reactionMs(signOn))
  const data = say(dataReadout(signOn), signOn.reactionMs)
  switch (signOn.mode) {
    case 'A':
      return { to: { ...state, phase: 'sending' }, does: [first, data] }
    case 'B':
      return { to: { ...state, phase: 'sending' }, does: [first, switchTo(signOn.baud), data, switchTo(OPENING_RATE)] }
    case 'C':
      return { to: { ...state, phase: 'identified' }, does: [first] }
    case 'D':
      return { to: state }
    default:
      return signOn.mode satisfies never
  }
}

export interface Option {
  readonly to: 'readout' | 'programming' | 'hdlc'
  /** In Bd. */
  readonly rate: number
}

/** What an option select asks for; undefined for undefined digits (ruling S8), or rates above the one announced. */
export function optionOf(signOn: SignOnDescription, asked: Acknowledgement): Option | undefined {
  const { 'protocol-control': protocol, 'baud-rate-identification': baud, 'mode-control': mode } = asked
  const rate = rateOf(baud, 'C')
  if (rate === undefined || rate > signOn.baud) return undefined
  if (protocol === '0' && mode === '0') return { to: 'readout', rate }
  if (protocol === '0' && mode === '1' && signOn.programming !== undefined) return { to: 'programming', rate }
  if (protocol === '2' && mode === '2' && signOn.offersHdlc) return { to: 'hdlc', rate }
  return undefined
}

export const selectOption: OptionRow = (state, asked, context) => {
  const { signOn, table } = context
  const option = table.optionOf(signOn, asked.option)
  if (option === undefined) return table.undefinedOption(state, asked, context)
  const chosen = { ...state, rate: option.rate }
  switch (option.to) {
    case 'readout':
      return table.toReadout(chosen, asked, context)
    case 'programming':
      return table.toProgramming(chosen, asked, context)
    case 'hdlc':
      return table.toHdlc(chosen, asked, context)
    default:
      return option.to satisfies never
  }
}

/** The readout at a rate, and back to the opening. */
export const readoutAt = (signOn: SignOnDescription, rate: number): readonly Do[] => [
  switchTo(rate),
  say(dataReadout(signOn), signOn.reactionMs),
  switchTo(OPENING_RATE),
]

export const toReadout: OptionRow = (state, _asked, { signOn }) => ({
  to: { ...state, phase: 'sending' },
  does: readoutAt(signOn, state.rate),
})

export const toProgramming: OptionRow = (state, _asked, { signOn }) => ({
  to: { ...state, phase: 'programming', authenticated: false },
  does: [switchTo(state.rate), say(operand(signOn.programming?.operand ?? ''), signOn.reactionMs)],
})

/** Annex E: the option select comes back at the old rate, then both sides change rate and format. */
export const toHdlc: OptionRow = (state, asked, { signOn }) => ({
  to: { ...state, phase: 'hdlc' },
  does: [say({ is: 'acknowledgement', value: asked.option }, signOn.reactionMs), switchTo(state.rate, '8N1')],
})

/** Undefined digits: silence, and the next sign-on works (ruling S8). */
export const forget: OptionRow = (state) => ({ to: signedOff(state) })

/** 6.4.3: no option select: the readout at the opening rate. */
export const readoutUnasked: TimeRow = (state, _now, { signOn }) => ({
  to: { ...state, phase: 'sending' },
  does: [say(dataReadout(signOn), 0)],
})

/** The session is over: the opening rate again. */
export const signOff: TimeRow = (state) => ({ to: signedOff(state), does: [switchTo(OPENING_RATE)] })
