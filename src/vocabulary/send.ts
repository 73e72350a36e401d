// One step that sends: messages made, laid on the line as asked, and the window after them.
import { newLedger, type Ledger } from '../client/ledger.ts'
import { answerableFrom, listen } from '../client/listening.ts'
import type { Written } from '../client/link.ts'
import type { Heard } from '../client/receiver.ts'
import { wportsIn } from '../client/wrapper.ts'
import { hex, type Value } from '../codec/value.ts'
import type { Evidence, Outcome, Refusal, SendRequest, Window } from '../engine/vocabulary.ts'
import { frameToJson } from '../protocol/hdlc/json.ts'
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import { isRecord } from '../protocol/json.ts'
import { examineSignOn } from '../protocol/sign-on/examine.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { evidenceOf, type Came } from './evidence.ts'
import { listenFor, type Asked } from './listen-step.ts'
import { carriedOutcome } from './outcomes/carried.ts'
import { heardOutcome } from './outcomes/heard.ts'
import { silent, type Question } from './outcomes/outcome.ts'
import { composeAll, type Outgoing, type OutUnit } from './outgoing.ts'
import { joined, paceOf, type Pace } from './pace.ts'

export async function send(
  bench: Bench,
  connection: Connection,
  request: SendRequest,
  window: Window,
): Promise<Evidence | Refusal> {
  const as = request.as === undefined ? connection : bench.connections.get(request.as)
  if (as === undefined) return { refusal: `there is no connection ${request.as ?? ''} whose addresses could be taken` }
  const { layer } = window
  const composed = composeAll(
    bench,
    connection,
    as,
    request.messages,
    { wrong: request.wrong, damage: request.damage },
    layer,
  )
  if (!composed.ok) return { refusal: composed.failure }
  const all = composed.value
  const join = isRecord(request.pace) && request.pace['join'] === true
  const pace = paceOf(request.pace, all)
  if (pace === undefined)
    return { refusal: `pace: expected the path of a field that is sent, found ${JSON.stringify(request.pace)}` }
  const ledger = newLedger(window.asked)
  await bench.drain(connection, ledger)
  const came =
    endedBefore(bench, connection, ledger) ?? (await sendAll(bench, connection, all, { join, pace, window }, ledger))
  settleAbove(bench, connection, came.heard, ledger)
  const [first, ...others] = all
  const sent = (): ReturnType<Outgoing['saved']> => ({
    ...framed(ledger),
    ...first?.saved(),
    ...(others.length > 0 ? { messages: all.map((each) => each.saved()) } : {}),
  })
  return evidenceOf(bench, connection, ledger, { ...came, sent })
}

/** The first frame that carried an APDU over the link: what is sent `again` later. */
function framed({ passed }: Ledger): Readonly<Record<string, Value>> {
  const first = passed.find(({ direction }) => direction === 'sent')
  if (first === undefined) return {}
  const saved: Value = { ...frameToJson(first.frame), octets: hex(first.octets), at: 'hdlc' }
  return { hdlc: saved, [first.frame.control.is]: saved }
}

interface Manner {
  readonly join: boolean
  readonly pace: Pace
  readonly window: Window
}

/** The other end has gone before this step: nothing can be asked any more. */
function endedBefore(bench: Bench, connection: Connection, ledger: Ledger): Came | undefined {
  const { port } = connection
  if (port.isOpen) return undefined
  if (port.ended) return { outcome: bench.told(connection, port.ended, ledger) }
  return { outcome: { names: { closed: true }, broken: [], noise: false, text: 'the connection is closed' } }
}

/** By whole APDUs over HDLC the link runs by itself; else units go out as they are, and what comes is the answer. */
async function sendAll(
  bench: Bench,
  connection: Connection,
  all: readonly Outgoing[],
  manner: Manner,
  ledger: Ledger,
): Promise<Came> {
  const { window, join, pace } = manner
  if (window.layer === 'apdu' && connection.link && all.every(({ apdu }) => apdu !== undefined))
    return exchangeAll(bench, connection, all, window, ledger)
  const whole = join || (pace.cuts.length > 0 && all.length > 1)
  const written = whole
    ? await write(connection, joined(all.flatMap(({ units }) => units)), pace, ledger)
    : await writeEach(bench, connection, all, pace, ledger)
  if ('outcome' in written) return written
  if (whole) advance(connection, all)
  // The first of several messages may be answered before the last one has left.
  const asked = whole && all.length > 1 ? { ...written, since: written.begin } : written
  return listenAfter(bench, connection, all, window, asked, ledger)
}

async function listenAfter(
  bench: Bench,
  connection: Connection,
  all: readonly Outgoing[],
  window: Window,
  written: Written,
  ledger: Ledger,
): Promise<Came> {
  if (window.asked.length === 0) {
    connection.pending = written
    noteSignOn(connection, all, undefined)
    return { outcome: silent(0), during: [] }
  }
  connection.pending = undefined
  const came = await listenFor(
    bench,
    connection,
    window,
    { ...written, question: questionOf(bench, connection, all, written.end) },
    ledger,
  )
  noteSignOn(connection, all, came.heard)
  return came
}

function questionOf(bench: Bench, connection: Connection, all: readonly Outgoing[], asked: number): Question {
  const apdu = all.length === 1 ? all[0]?.apdu : undefined
  const unit = all.at(-1)?.units.at(-1)
  const frame = unit?.frame
  const { link } = connection
  const wports = link || unit === undefined ? undefined : wportsIn(unit.octets)
  return {
    ...bench.question(connection),
    asked,
    ...(apdu?.right ? { apdu: apdu.octets } : {}),
    ...(link && frame ? { addresses: { client: frame['source-address'], server: frame['destination-address'] } } : {}),
    ...(wports ? { wports } : {}),
  }
}

/** Frames that are joined move the state variables as if each had been sent. */
function advance({ link }: Connection, all: readonly Outgoing[]): void {
  if (!link) return
  for (const { frame, moves } of all.flatMap(({ units }) => units)) if (frame && moves) link.sent(frame)
}

async function exchangeAll(
  bench: Bench,
  connection: Connection,
  all: readonly Outgoing[],
  window: Window,
  ledger: Ledger,
): Promise<Came> {
  const during: Outcome[] = []
  for (const { apdu } of all) {
    if (apdu === undefined) continue
    const patience = { ...bench.patience(window.lateMs), noisy: bench.setup.noisy && !window.asked.includes('silent') }
    const carried = await connection.carrier.exchange(apdu.octets, patience, ledger)
    if (carried.is === 'other') bench.answered(connection, carried.heard)
    const question: Question = { ...bench.question(connection), ...(apdu.right ? { apdu: apdu.octets } : {}) }
    during.push(carriedOutcome(carried, question, ledger, window.mostMs))
  }
  const last = during.at(-1) ?? silent(window.mostMs)
  if (window.collect === 'first') return { outcome: last, during }
  const answers = during.filter(({ names }) => !('silent' in names)).length
  return { outcome: { ...last, names: { ...last.names, answers } }, during }
}

/** Messages one after the other. The answer counts from the first one's end: nobody has to wait for the second. */
async function writeEach(
  bench: Bench,
  connection: Connection,
  all: readonly Outgoing[],
  pace: Pace,
  ledger: Ledger,
): Promise<Written | Came> {
  let since: number | undefined
  let written: Written = { begin: bench.now(), end: bench.now(), since: bench.now() }
  for (const { units } of all) {
    for (const [index, unit] of units.entries()) {
      written = await write(connection, unit, pace, ledger)
      const last = index === units.length - 1
      if (!last && isPoll(unit)) {
        const instead = await acknowledged(bench, connection, written, ledger)
        if (instead) return instead
      }
    }
    since ??= written.since
  }
  return { ...written, since: since ?? written.since }
}

const isPoll = ({ frame }: OutUnit): boolean =>
  frame !== undefined && frame.control.is === 'i' && frame.control['poll-final']

/** Between the segments of one APDU an RR is due; anything else is the answer. */
async function acknowledged(
  bench: Bench,
  connection: Connection,
  { since, end }: Written,
  ledger: Ledger,
): Promise<Came | undefined> {
  const heard = await connection.link?.listen(since, end + bench.declared.timing.responseMs, ledger)
  if (heard?.is === 'frame' && heard.frame.control.is === 'rr') return undefined
  if (heard === undefined) return { outcome: silent(bench.declared.timing.responseMs) }
  return { outcome: heardOutcome(heard, { ...bench.question(connection), asked: end }, ledger) }
}

async function write(connection: Connection, unit: OutUnit, pace: Pace, ledger: Ledger): Promise<Written> {
  const { link, port } = connection
  const { octets, marks, frame, moves } = unit
  const cuts = pace.cuts.filter((cut) => cut < octets.length)
  if (cuts.length === 0 && link && port.language === 'hdlc')
    return link.transmit(octets, { ...(frame ? { frame } : {}), moves, marks }, ledger)
  const written =
    cuts.length === 0 ? await port.write(octets, marks) : await port.writePaced(octets, cuts, pace.pauseMs, marks)
  if (frame && link) link.passed(frame, octets, written, moves, ledger)
  return { ...written, since: answerableFrom(port, written) }
}

/** UA and DM end what was above the link; an answer may open or end an association. */
function settleAbove(bench: Bench, connection: Connection, heard: Heard | undefined, ledger: Ledger): void {
  for (const { direction, frame, whole } of ledger.passed) {
    if (direction === 'sent') continue
    if (frame.control.is === 'ua' || frame.control.is === 'dm') connection.association = undefined
    if (whole) bench.note(connection, whole.subarray(LLC_OCTETS))
  }
  if (heard?.is === 'wpdu') bench.note(connection, heard.wpdu.information)
  if (heard?.is === 'closed' || heard?.is === 'reset') connection.association = undefined
}

/** Where the meter is after a message of sign-on. */
function noteSignOn({ line, port }: Connection, all: readonly Outgoing[], heard: Heard | undefined): void {
  const { signOn } = line
  if (!signOn || port.language === 'hdlc') return
  const octets = all.at(-1)?.units.at(-1)?.octets
  signOn.took(octets && examineSignOn(octets).message, heard)
  if (signOn.place === 'programming') port.speak('programming')
}

/** Listens without sending: after a question that nobody has listened to, its answer; else for what comes by itself. */
export async function listenOnly(bench: Bench, connection: Connection, window: Window): Promise<Evidence> {
  const ledger = newLedger(window.asked)
  const { pending } = connection
  connection.pending = undefined
  const { port } = connection
  if (!port.isOpen && port.ended === undefined)
    return evidenceOf(bench, connection, ledger, endedBefore(bench, connection, ledger) ?? { outcome: silent(0) })
  const now = bench.now()
  const asked: Asked = {
    since: pending && !bench.goesOnByItself(connection) ? pending.since : -Infinity,
    end: pending?.end ?? now,
    question: { ...bench.question(connection), ...(pending ? { asked: pending.end } : {}) },
  }
  const came = await listenFor(bench, connection, window, asked, ledger)
  settleAbove(bench, connection, came.heard, ledger)
  connection.line.signOn?.took(undefined, came.heard)
  return evidenceOf(bench, connection, ledger, came)
}

/** Stays silent. What comes is told, and left for the next step: unless the case forbids it, it is that step's surplus. */
export async function waitOnly(bench: Bench, connection: Connection, ms: number): Promise<Evidence> {
  const ledger = newLedger()
  const { port } = connection
  const until = bench.now() + ms
  const kept: Heard[] = []
  const during: Outcome[] = []
  for (
    let heard = await listen(port, { since: -Infinity, until }, ledger);
    heard !== undefined;
    heard = await listen(port, { since: -Infinity, until }, ledger)
  ) {
    kept.push(heard)
    during.push(heardOutcome(heard, bench.question(connection), ledger))
    if (heard.is === 'closed' || heard.is === 'reset' || heard.is === 'fault') break
  }
  if (bench.now() < until) await bench.pause(until - bench.now())
  for (const heard of kept.reverse()) port.putBack(heard)
  return evidenceOf(bench, connection, ledger, { outcome: silent(ms), during })
}
