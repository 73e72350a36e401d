// One step that sends: messages made, laid on the line as asked, and the window after them.
import { newLedger, type Ledger } from '../client/ledger.ts'
import type { Written } from '../client/link.ts'
import type { Pace } from '../client/port.ts'
import type { Heard } from '../client/receiver.ts'
import { wportsIn } from '../client/wrapper.ts'
import { hex, type Value } from '../codec/value.ts'
import type { Evidence, Outcome, Refusal, SendRequest, Window } from '../engine/vocabulary.ts'
import { frameToJson } from '../protocol/hdlc/json.ts'
import { isRecord } from '../protocol/json.ts'
import type { Ms } from '../protocol/line.ts'
import { examineSignOn } from '../protocol/sign-on/examine.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { evidenceOf, type Came } from './evidence.ts'
import { listenFor } from './listen-step.ts'
import { carriedOutcome } from './outcomes/carried.ts'
import { silent, type Question } from './outcomes/outcome.ts'
import { composeAll } from './outgoing/messages.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import { paceOf } from './outgoing/pace.ts'
import { UNLISTED, unlistedIn } from './outgoing/short-names.ts'
import { endedBefore, settleAbove } from './standing.ts'
import { writeEach, writeJoined } from './writing.ts'
import { hasLeft, leaves } from './passing.ts'
import { askedOn, questionOn } from './questions.ts'

/** What is sent, and how: `join` all units in one piece. */
interface Sending {
  readonly bench: Bench
  readonly connection: Connection
  readonly all: readonly Outgoing[]
  readonly join: boolean
  readonly pace: Pace
  readonly window: Window
  readonly ledger: Ledger
}

/** Sends the messages of a step and listens; a refusal says what of the step cannot be built. */
export async function send(
  bench: Bench,
  connection: Connection,
  request: SendRequest,
  window: Window,
): Promise<Evidence | Refusal> {
  const as = request.as === undefined ? connection : bench.connections.get(request.as)
  if (as === undefined) return { refusal: `there is no connection ${request.as ?? ''} whose addresses could be taken` }
  const { messages, wrong, damage } = request
  const unlisted = messages.map((message) => unlistedIn(bench, connection, message)).find((text) => text !== undefined)
  if (unlisted !== undefined) return { refusal: unlisted, advice: UNLISTED }
  const composed = composeAll(bench, connection, as, messages, { wrong, damage }, window.layer)
  if (!composed.ok) return { refusal: composed.failure }
  const all = composed.value
  const join = isRecord(request.pace) && request.pace['join'] === true
  const pace = paceOf(request.pace, all)
  if (pace === undefined)
    return { refusal: `pace: expected the path of a field that is sent, found ${JSON.stringify(request.pace)}` }
  const ledger = newLedger(window.asked)
  await bench.drain(connection, ledger)
  for (const { apdu } of all) if (apdu) leaves(connection, apdu.octets)
  const sending: Sending = { bench, connection, all, join, pace, window, ledger }
  const came = endedBefore(bench, connection, ledger) ?? (await sendAll(sending))
  for (const { apdu } of all)
    if (apdu) hasLeft(bench, connection, apdu.octets, sentBy(ledger, came.heard) ?? bench.now())
  settleAbove(bench, connection, came.heard, ledger)
  const [first, ...others] = all
  const sent = (): ReturnType<Outgoing['saved']> => ({
    ...framed(ledger),
    ...first?.saved(),
    ...(others.length > 0 ? { messages: all.map((each) => each.saved()) } : {}),
  })
  return evidenceOf(bench, connection, ledger, { ...came, sent })
}

/** When the question had left, as far as the answer tells. */
const sentBy = ({ passed }: Ledger, heard: Heard | undefined): Ms | undefined =>
  passed.findLast(({ direction }) => direction === 'sent')?.end ?? heard?.begin

/** The first frame that carried an APDU over the link: what is sent `again` later. */
function framed({ passed }: Ledger): Readonly<Record<string, Value>> {
  const first = passed.find(({ direction }) => direction === 'sent')
  if (first === undefined) return {}
  const saved: Value = { ...frameToJson(first.frame), octets: hex(first.octets), at: 'hdlc' }
  return { hdlc: saved, [first.frame.control.is]: saved }
}

/** By whole APDUs over HDLC the link runs by itself; else units go out as they are, and what comes is the answer. */
async function sendAll(sending: Sending): Promise<Came> {
  const { bench, connection, all, join, pace, window, ledger } = sending
  if (window.layer === 'apdu' && connection.link && all.every(({ apdu }) => apdu !== undefined))
    return exchangeAll(sending)
  const whole = join || (pace.cuts.length > 0 && all.length > 1)
  const written = whole
    ? await writeJoined(connection, all, pace, ledger)
    : await writeEach(bench, connection, all, pace, ledger)
  if ('outcome' in written) return written
  // The first of several messages may be answered before the last one has left.
  return listenAfter(sending, whole && all.length > 1 ? { ...written, since: written.begin } : written)
}

/** A step that expects nothing leaves the listening to the next one. */
async function listenAfter(sending: Sending, written: Written): Promise<Came> {
  const { bench, connection, window, ledger } = sending
  if (window.asked.length === 0) {
    connection.pending = written
    noteSignOn(sending, undefined)
    return { outcome: silent(0), during: [] }
  }
  connection.pending = undefined
  const asked = { ...written, question: questionOf(sending, written.end) }
  const came = await listenFor(bench, connection, window, asked, ledger)
  noteSignOn(sending, came.heard)
  return came
}

/** The answer is judged against what was sent: addresses and wPorts of the last unit, right or not. */
function questionOf({ bench, connection, all }: Sending, asked: Ms): Question {
  const apdu = all.length === 1 ? all[0]?.apdu : undefined
  const unit = all.at(-1)?.units.at(-1)
  const frame = unit?.frame
  const { link } = connection
  const wports = link || unit === undefined ? undefined : wportsIn(unit.octets)
  return {
    ...(apdu?.right ? askedOn(bench, connection, apdu.plain, apdu.octets) : questionOn(bench, connection)),
    asked,
    ...(link && frame ? { addresses: { client: frame['source-address'], server: frame['destination-address'] } } : {}),
    ...(wports ? { wports } : {}),
  }
}

async function exchangeAll({ bench, connection, all, window, ledger }: Sending): Promise<Came> {
  const during: Outcome[] = []
  for (const { apdu } of all) {
    if (apdu === undefined) continue
    const patience = {
      ...bench.patience(Math.max(window.lateMs, window.mostMs + bench.lines.tardyMs)),
      noisy: bench.setup.noisy && !window.asked.includes('silent'),
    }
    const carried = await connection.carrier.exchange(apdu.octets, patience, ledger)
    if (carried.is === 'other') bench.answered(connection, carried.heard)
    const question = apdu.right ? askedOn(bench, connection, apdu.plain, apdu.octets) : questionOn(bench, connection)
    during.push(carriedOutcome(carried, question, ledger, window.mostMs))
  }
  const last = during.at(-1) ?? silent(window.mostMs)
  if (window.collect === 'first') return { outcome: last, during }
  const answers = during.filter(({ names }) => !('silent' in names)).length
  return { outcome: { ...last, names: { ...last.names, answers } }, during }
}

/** Where the meter is after a message of sign-on. */
function noteSignOn({ connection, all }: Sending, heard: Heard | undefined): void {
  const { line, port } = connection
  const { signOn } = line
  if (!signOn || port.language === 'hdlc') return
  const octets = all.at(-1)?.units.at(-1)?.octets
  signOn.took(octets && examineSignOn(octets).message, heard)
  if (signOn.place === 'programming') port.speak('programming')
}
