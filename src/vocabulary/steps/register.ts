// sign-on.read · sign-on.write: registers of programming mode (IEC 62056-21, commands R1 and W1); what is written is journalled first.
import type { Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import type { JsonRecord } from '../../protocol/json.ts'
import type { SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { Came } from '../evidence.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY } from './journal.ts'
import { notReached } from './link.ts'
import { ask, NO_SIGN_ON, password, toProgramming } from './sign-on.ts'
import { NAME, isRefusal, textArg, within, type Doing, type Word } from './word.ts'

const commandOf = (type: 'R' | 'W', register: string, value: string): SignOnMessage => ({
  is: 'command',
  value: { type, number: '1', 'data-field': `${register}(${value})`, partial: false },
})

/** `C003(123*kWh)` → `123`: what stands between the brackets, without the unit. */
const valueIn = (data: string): string | undefined => /\(([^()*]*)(?:\*[^()]*)?\)/.exec(data)?.[1]

async function readRegister(doing: Doing, register: string): Promise<Came | Refusal> {
  const { signOn } = doing.connection.line
  if (!signOn) return NO_SIGN_ON
  await doing.bench.drain(doing.connection, doing.ledger)
  const { outcome, heard } = await ask(doing, signOn, commandOf('R', register, ''))
  const readout = heard?.is === 'message' && heard.message.is === 'data-readout' ? heard.message.value : undefined
  const value = readout && valueIn(readout.data)
  return value === undefined
    ? { outcome }
    : { outcome: { ...outcome, names: { ...outcome.names, value } }, saves: { value } }
}

async function writeRegister(doing: Doing, register: string, value: string): Promise<Came | Refusal> {
  const { signOn } = doing.connection.line
  if (!signOn) return NO_SIGN_ON
  await doing.bench.drain(doing.connection, doing.ledger)
  const { outcome } = await ask(doing, signOn, commandOf('W', register, value))
  return { outcome: 'ack' in outcome.names ? { ...outcome, names: { ...outcome.names, success: true } } : outcome }
}

const read: Word = {
  says: 'read the register',
  properties: { register: NAME },
  required: ['register'],
  outcomes: ['value', 'refused'],
  alive: true,
  run: async (doing) => readRegister(doing, textArg(doing.args, 'register') ?? ''),
}

const write: Word = {
  says: 'write the register',
  properties: { register: NAME, value: { type: 'string' } },
  required: ['register', 'value'],
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const register = textArg(doing.args, 'register') ?? ''
    const unsafe = await remembered(
      doing,
      { key: `sign-on/${register}`, word: 'sign-on.write', register },
      async () => {
        const came = await readRegister(within(doing), register)
        return isRefusal(came)
          ? { value: undefined, text: came.refusal }
          : { value: came.saves?.['value'], text: came.outcome.text }
      },
    )
    return unsafe === undefined ? writeRegister(doing, register, textArg(doing.args, 'value') ?? '') : unsafe
  },
}

/** Signs on, gives the password, and writes the old value of a journalled register. */
export async function putBackRegister(doing: Doing, { register }: JsonRecord, old: Value): Promise<Came | Refusal> {
  if (typeof register !== 'string' || typeof old !== 'string') return UNREADABLE_ENTRY
  const { bench } = doing
  const climbed = await bench.climb(RESTORING, { rung: 'port' })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const here: Doing = { ...within(doing), connection }
  const came = await signedOn(here, () => writeRegister(here, register, old))
  await bench.connections.drop(connection)
  return came
}

async function signedOn(doing: Doing, then: () => Promise<Came | Refusal>): Promise<Came | Refusal> {
  const { signOn } = doing.connection.line
  if (!signOn) return NO_SIGN_ON
  const ready = await toProgramming(doing, signOn)
  if (!('success' in ready.outcome.names)) return ready
  const known = await password.run(doing)
  return isRefusal(known) || !('success' in known.outcome.names) ? known : then()
}

export const registerWords: Readonly<Record<string, Word>> = { 'sign-on.read': read, 'sign-on.write': write }
