// The programming mode (IEC 62056-21 6.4.3.3; rulings S2, S9, S11).
import type { SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { RegisterDescription } from '../description.ts'
import { ACK, dataSet, errorMessage, NAK, say, switchTo } from './messages.ts'
import type { CommandRow, SignOnContext, SignOnReaction } from './reaction.ts'
import { OPENING_RATE } from './rows.ts'
import { signedOff, type SignOnState } from './state.ts'

/** Answered: the session has had traffic, its time begins anew. */
const answer = (to: SignOnState, message: SignOnMessage, { signOn }: SignOnContext): SignOnReaction => ({
  to: { ...to },
  does: [say(message, signOn.reactionMs)],
})

/** `C003(value)` → register and value; `(value)` alone has no register. */
function setOf(data: string): { readonly register: string; readonly value: string } | undefined {
  const found = /^([^()]*)\(([^()]*)\)$/.exec(data)
  return found === null ? undefined : { register: found[1] ?? '', value: found[2] ?? '' }
}

const described = (context: SignOnContext, register: string): RegisterDescription | undefined => {
  const registers = context.signOn.programming?.registers ?? {}
  return Object.hasOwn(registers, register) ? registers[register] : undefined
}

/** Which row answers a command whose block check is right. */
export const command: CommandRow = (state, asked, context) => {
  const rows = context.table.programming
  if (!asked.checked) return rows.wrongBcc(state, asked, context)
  switch (asked.name) {
    case 'P1':
      return rows.password(state, asked, context)
    case 'R1':
      return rows.read(state, asked, context)
    case 'W1':
      return rows.write(state, asked, context)
    case 'B0':
    case 'B1':
      return rows.break(state, asked, context)
    default:
      return rows.unknown(state, asked, context)
  }
}

export const sayNak: CommandRow = (state, _asked, context) => answer(state, NAK, context)

/** Wrong passwords are counted over sessions; after too many none is taken for a while, the right one neither. */
export const password: CommandRow = (state, asked, context) => {
  const lockout = context.signOn.programming?.lockout
  if (asked.end < state.lockedUntil || lockout === undefined) return answer(state, NAK, context)
  if (context.table.passwordTaken(setOf(asked.data)?.value ?? '', context.password)) {
    return answer({ ...state, authenticated: true, wrongPasswords: 0 }, ACK, context)
  }
  const wrongPasswords = state.wrongPasswords + 1
  const locked = wrongPasswords >= lockout.attempts
  const to = {
    ...state,
    wrongPasswords: locked ? 0 : wrongPasswords,
    lockedUntil: locked ? asked.end + lockout.ms : state.lockedUntil,
  }
  return answer(to, NAK, context)
}

export const read: CommandRow = (state, asked, context) => {
  const register = setOf(asked.data)?.register ?? ''
  const found = described(context, register)
  if (found === undefined) return answer(state, errorMessage('ER02'), context)
  if (found.access === 'password' && !context.table.authenticated(state))
    return answer(state, errorMessage('ER01'), context)
  return answer(state, dataSet(register, state.registers[register] ?? found.value), context)
}

export const write: CommandRow = (state, asked, context) => {
  if (!context.table.authenticated(state)) return answer(state, errorMessage('ER01'), context)
  const set = setOf(asked.data)
  if (set === undefined || described(context, set.register)?.access !== 'password')
    return answer(state, errorMessage('ER02'), context)
  return answer({ ...state, registers: { ...state.registers, [set.register]: set.value } }, ACK, context)
}

export const sayUnknown: CommandRow = (state, _asked, context) => answer(state, errorMessage('ER03'), context)

/** Break: no answer, back to the opening. */
export const takeBreak: CommandRow = (state) => ({ to: signedOff(state), does: [switchTo(OPENING_RATE)] })
