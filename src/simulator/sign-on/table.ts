// The decisions of a meter at a sign-on. The conformant ones stand here; a defect puts others in.
import type { Ms } from '../../protocol/line.ts'
import type { Acknowledgement, Identification } from '../../protocol/sign-on/messages.ts'
import type { SignOnDescription } from '../description.ts'
import { identification } from './messages.ts'
import * as programming from './programming.ts'
import type { AskedRow, CommandRow, OptionRow, RequestRow, SignOnContext, TimeRow } from './reaction.ts'
import {
  forget,
  identify,
  isMine,
  optionOf,
  readoutUnasked,
  selectOption,
  signOff,
  toHdlc,
  toProgramming,
  toReadout,
  type Option,
} from './rows.ts'
import type { SignOnState } from './state.ts'

export interface SignOnTable {
  readonly request: RequestRow
  readonly option: OptionRow
  readonly command: CommandRow
  /** Anything else, by phase. */
  readonly other: AskedRow

  /** Mode and rate that an option select asks for; undefined: none that exists. */
  readonly optionOf: (signOn: SignOnDescription, asked: Acknowledgement) => Option | undefined
  readonly undefinedOption: OptionRow
  readonly toReadout: OptionRow
  readonly toProgramming: OptionRow
  readonly toHdlc: OptionRow

  /** No option select came. */
  readonly optionTimeout: TimeRow
  /** No command came in the programming mode. */
  readonly sessionTimeout: TimeRow
  /** No octet was on the line while HDLC had it (ruling H41). */
  readonly linkTimeout: TimeRow

  readonly programming: {
    readonly wrongBcc: CommandRow
    readonly password: CommandRow
    readonly read: CommandRow
    readonly write: CommandRow
    readonly break: CommandRow
    readonly unknown: CommandRow
  }
  readonly passwordTaken: (given: string, right: string) => boolean
  readonly authenticated: (state: SignOnState) => boolean
  readonly isMine: (address: string, own: string) => boolean
  readonly identification: (signOn: SignOnDescription) => Identification
  /** tr before the identification. */
  readonly reactionMs: (signOn: SignOnDescription) => Ms
  /** When the phase ends by itself; `pending`: characters of an unfinished message have been heard. */
  readonly waitsUntil: (state: SignOnState, pending: boolean) => Ms
  /** A longer pause between two characters ends the message (ta). */
  readonly characterGapMs: Ms
  /** How long the programming mode waits for a command. */
  readonly signOffMs: (context: SignOnContext) => Ms
  /** Mode D: the rate of its telegrams. */
  readonly telegramRate: number
  /** Mode D: characters heard while a telegram is sent end it. */
  readonly telegramDisturbed: boolean
}

/** ta: IEC 62056-21 6.4.3 lets at most so much pass between two characters. */
const TA_MS = 1500
const MODE_D_RATE = 2400

export const conformantSignOn: SignOnTable = {
  request: identify,
  option: selectOption,
  command: programming.command,
  other: (state) => ({ to: state }),
  optionOf,
  undefinedOption: forget,
  toReadout,
  toProgramming,
  toHdlc,
  optionTimeout: readoutUnasked,
  sessionTimeout: signOff,
  linkTimeout: signOff,
  programming: {
    wrongBcc: programming.sayNak,
    password: programming.password,
    read: programming.read,
    write: programming.write,
    break: programming.takeBreak,
    unknown: programming.sayUnknown,
  },
  passwordTaken: (given, right) => given === right,
  authenticated: (state) => state.authenticated,
  isMine,
  identification,
  reactionMs: (signOn) => signOn.reactionMs,
  waitsUntil: (state) => state.until,
  characterGapMs: TA_MS,
  signOffMs: ({ signOn }) => signOn.programming?.signOffMs ?? Infinity,
  telegramRate: MODE_D_RATE,
  telegramDisturbed: false,
}
