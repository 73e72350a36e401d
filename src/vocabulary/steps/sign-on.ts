// sign-on.identify · programming · password · try-passwords · break · sample.sign-on
import { listen } from '../../client/listening.ts'
import type { Heard } from '../../client/receiver.ts'
import { isIdentification, requestFor, type SignOn } from '../../client/sign-on.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { isRecord } from '../../protocol/json.ts'
import { BREAK, type SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { Came } from '../evidence.ts'
import { heardOutcome } from '../outcomes/heard.ts'
import { silent } from '../outcomes/outcome.ts'
import { COUNT, NAME, numberArg, success, textArg, type Doing, type Word } from './word.ts'
import { questionOn } from '../questions.ts'

export const NO_SIGN_ON: Refusal = { refusal: 'this port has no sign-on' }

/** A message, and what came of it within the step's window. */
export async function ask(
  { bench, connection, window, ledger }: Doing,
  signOn: SignOn,
  message: SignOnMessage,
): Promise<{ readonly outcome: Outcome; readonly heard?: Heard }> {
  const written = await signOn.tell(message)
  const reaction = bench.declared.timing.signOnReactionMs[1]
  const waitMs = Math.max(window.lateMs, reaction)
  const heard = await listen(connection.port, { since: written.since, until: written.end + waitMs }, ledger)
  signOn.took(message, heard)
  if (heard === undefined) return { outcome: silent(waitMs) }
  return { heard, outcome: heardOutcome(heard, { ...questionOn(bench, connection), asked: written.end }, ledger) }
}

const withSuccess = (outcome: Outcome): Outcome => ({ ...outcome, names: { ...outcome.names, success: true } })

const identify: Word = {
  says: 'sign on',
  properties: { address: { type: 'string', maxLength: 64 } },
  outcomes: ['identification', 'success'],
  saves: ['identification'],
  alive: true,
  async run(doing) {
    const { signOn } = doing.connection.line
    if (!signOn) return NO_SIGN_ON
    await doing.bench.drain(doing.connection, doing.ledger)
    await signOn.toBeginning(doing.ledger)
    const { outcome, heard } = await ask(doing, signOn, requestFor(textArg(doing.args, 'address')))
    return { ...(heard ? { heard } : {}), outcome: isIdentification(heard) ? withSuccess(outcome) : outcome }
  },
}

/** Z of the option select: a character, a row of the rates, or what was announced. */
export function rateOf({ args }: Doing, signOn: SignOn): string {
  const { rate } = args
  const character = isRecord(rate) ? rate['character'] : rate
  return typeof character === 'string' && character.length === 1
    ? character
    : (signOn.identification?.['baud-rate-identification'] ?? '0')
}

/** Request, option select, and P0 at the rate chosen. */
export async function toProgramming(doing: Doing, signOn: SignOn): Promise<Came> {
  const { bench, connection, ledger } = doing
  const identified = await signOn.identify(ledger)
  if (!isIdentification(identified))
    return {
      outcome: identified
        ? bench.told(connection, identified, ledger)
        : silent(bench.declared.timing.signOnReactionMs[1]),
    }
  const asked = bench.now()
  const heard = await signOn.toProgramming(rateOf(doing, signOn), ledger)
  if (heard === undefined) return { outcome: silent(bench.now() - asked) }
  const outcome = bench.told(connection, heard, ledger)
  const ready =
    heard.is === 'message' &&
    heard.message.is === 'command' &&
    heard.message.value.type === 'P' &&
    heard.message.value.number === '0'
  return { heard, outcome: ready ? withSuccess(outcome) : outcome }
}

const programming: Word = {
  says: 'go to programming mode',
  properties: { rate: {} },
  outcomes: ['success', 'command'],
  alive: true,
  async run(doing) {
    const { signOn } = doing.connection.line
    if (!signOn) return NO_SIGN_ON
    await doing.bench.drain(doing.connection, doing.ledger)
    return toProgramming(doing, signOn)
  },
}

const passwordMessage = (password: string): SignOnMessage => ({
  is: 'command',
  value: { type: 'P', number: '1', 'data-field': `(${password})`, partial: false },
})

const latin = (octets: Uint8Array): string => String.fromCharCode(...octets)

export const password: Word = {
  says: 'give the password',
  properties: { secret: NAME },
  outcomes: ['success', 'ack', 'refused'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const { signOn } = connection.line
    if (!signOn) return NO_SIGN_ON
    const name = textArg(args, 'secret') ?? bench.declared.signOnPassword
    const secret = name === undefined ? undefined : bench.setup.secret(name)
    if (secret === undefined) return { refusal: `the secret ${name ?? 'of programming mode'} is not known` }
    await bench.drain(connection, doing.ledger)
    const { outcome } = await ask(doing, signOn, passwordMessage(latin(secret)))
    return { outcome: 'ack' in outcome.names ? withSuccess(outcome) : outcome }
  },
}

/** Wrong passwords, one after the other; where a session ends, a new one is begun. */
const tryPasswords: Word = {
  says: 'try wrong passwords',
  properties: { times: COUNT },
  required: ['times'],
  outcomes: ['refused', 'ack', 'silent'],
  saves: ['attempts', 'delays'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const { signOn } = connection.line
    if (!signOn) return NO_SIGN_ON
    const attempts: string[] = []
    const delays: number[] = []
    let last: Outcome = silent(0)
    for (let time = 0; time < (numberArg(args, 'times') ?? 1); time++) {
      if (signOn.place !== 'programming') {
        const ready = await toProgramming(doing, signOn)
        last = ready.outcome
        if (!('success' in ready.outcome.names)) {
          attempts.push('no session')
          break
        }
      }
      const asked = await ask(doing, signOn, passwordMessage(wrongPassword(bench.setup.random.below(100_000_000))))
      last = asked.outcome
      attempts.push(nameOf(last))
      if (last.afterMs !== undefined) delays.push(last.afterMs)
      if ('ack' in last.names || 'closed' in last.names) break
      if (!('nak' in last.names)) signOn.place = 'started'
    }
    return { outcome: { ...last, names: { ...last.names, attempts, delays } }, saves: { attempts, delays } }
  },
}

const wrongPassword = (number: number): string => `X${String(number).padStart(7, '0').slice(-7)}`

const nameOf = ({ names }: Outcome): string =>
  Object.keys(names).find((name) => name !== 'refused' && name !== 'executed') ?? 'nothing'

const breakWord: Word = {
  says: 'break the session off by B0',
  properties: {},
  outcomes: ['success'],
  alive: false,
  async run(doing) {
    const { signOn } = doing.connection.line
    if (!signOn) return NO_SIGN_ON
    await doing.bench.drain(doing.connection, doing.ledger)
    if (signOn.place === 'programming') await signOn.toBeginning(doing.ledger)
    else await signOn.tell(BREAK)
    return { outcome: success(doing, 'B0 was sent') }
  },
}

const sample: Word = {
  says: 'sign on again and again',
  properties: { times: COUNT },
  required: ['times'],
  outcomes: ['success'],
  saves: ['tr'],
  alive: true,
  async run(doing) {
    const { bench, connection, args, ledger } = doing
    const { signOn } = connection.line
    if (!signOn) return NO_SIGN_ON
    await bench.drain(connection, ledger)
    const tr: number[] = []
    for (let time = 0; time < (numberArg(args, 'times') ?? 1); time++) {
      await signOn.toBeginning(ledger)
      const { outcome, heard } = await ask(doing, signOn, requestFor())
      if (!isIdentification(heard)) return { outcome, saves: { tr } }
      if (outcome.afterMs !== undefined) tr.push(outcome.afterMs)
    }
    return { outcome: success(doing, `reaction times ${tr.map((ms) => Math.round(ms)).join(', ')} ms`), saves: { tr } }
  },
}

export const signOnWords: Readonly<Record<string, Word>> = {
  'sign-on.identify': identify,
  'sign-on.programming': programming,
  'sign-on.password': password,
  'sign-on.try-passwords': tryPasswords,
  'sign-on.break': breakWord,
  'sample.sign-on': sample,
}
