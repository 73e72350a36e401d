// Steps that listen, on whatever layer is driven: the window after a question, `expect` alone, and `wait`.
import { newLedger, type Ledger } from '../client/ledger.ts'
import { listen } from '../client/listening.ts'
import type { Heard } from '../client/receiver.ts'
import type { Evidence, Outcome, Window } from '../engine/vocabulary.ts'
import type { Ms } from '../protocol/line.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { heardOutcome } from './outcomes/heard.ts'
import { silent, type Question } from './outcomes/outcome.ts'
import { evidenceOf, type Came } from './evidence.ts'
import { endedBefore, settleAbove } from './standing.ts'
import { questionOn } from './questions.ts'

/** From when on what comes is an answer, and when the last octet of the question had left; undefined: nothing was asked. */
export interface Asked {
  readonly since: Ms
  readonly end: Ms
  readonly question: Question
}

/** Closes at the first thing that is not unsolicited; or takes all that comes. */
export async function listenFor(
  bench: Bench,
  connection: Connection,
  window: Window,
  asked: Asked,
  ledger: Ledger,
): Promise<Came> {
  const until = asked.end + Math.max(window.lateMs, window.mostMs + bench.lines.tardyMs)
  const first = await hear(connection, asked.since, until, ledger)
  if (first === undefined) {
    const nothing = silent(window.mostMs, window.collect === 'all' ? { answers: 0 } : {})
    return { outcome: nothing, during: [] }
  }
  if (window.collect === 'first') {
    bench.answered(connection, first)
    const rest = await restOfTurn(bench, connection, first, ledger)
    const outcome = heardOutcome(first, asked.question, ledger)
    return {
      outcome,
      heard: first,
      during: [outcome, ...rest.map((heard) => heardOutcome(heard, asked.question, ledger))],
    }
  }
  const during: Outcome[] = []
  for (
    let heard: Heard | undefined = first;
    heard !== undefined;
    heard = await hear(connection, asked.since, until, ledger)
  ) {
    bench.answered(connection, heard)
    during.push(heardOutcome(heard, asked.question, ledger))
    if (heard.is === 'closed' || heard.is === 'reset' || heard.is === 'fault' || during.length >= MOST_ANSWERS) break
  }
  return { outcome: together(during), during }
}

const MOST_ANSWERS = 1000

/** All answers of a window as one outcome. */
function together(during: readonly Outcome[]): Outcome {
  const [first] = during
  const answers = during.filter(
    ({ names }) => !('garbled' in names) && !('closed' in names) && !('reset' in names),
  ).length
  const ended = during.find(({ names }) => 'closed' in names || 'reset' in names)
  return {
    names: { ...ended?.names, answers },
    broken: during.at(-1)?.broken ?? [],
    ...(first?.afterMs === undefined ? {} : { afterMs: first.afterMs }),
    noise: during.some((each) => each.noise),
    octets: during.map(({ octets }) => octets ?? '').join(''),
    text: `${answers} ${answers === 1 ? 'answer' : 'answers'} (${during.map(({ text }) => text).join('; ')})`,
  }
}

function hear(connection: Connection, since: Ms, until: Ms, ledger: Ledger): Promise<Heard | undefined> {
  return connection.link && connection.port.language === 'hdlc'
    ? connection.link.listen(since, until, ledger)
    : listen(connection.port, { since, until }, ledger)
}

/** An I frame with F=0 in a window does not end the meter's turn: those that follow belong to it. */
async function restOfTurn(
  bench: Bench,
  connection: Connection,
  first: Heard,
  ledger: Ledger,
): Promise<readonly Heard[]> {
  const { link, port } = connection
  const rest: Heard[] = []
  if (!link || link.state.parameters['window-size-receive'] === 1) return rest
  let last = first
  while (last.is === 'frame' && last.frame.control.is === 'i' && !last.frame.control['poll-final'] && rest.length < 8) {
    const heard = await link.listen(last.begin, port.world.now() + bench.declared.timing.responseMs / 10, ledger)
    if (heard === undefined) break
    rest.push(heard)
    last = heard
  }
  return rest
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
    question: { ...questionOn(bench, connection), ...askedAt(connection, pending?.end, now) },
  }
  const came = await listenFor(bench, connection, window, asked, ledger)
  settleAbove(bench, connection, came.heard, ledger)
  connection.line.signOn?.took(undefined, came.heard)
  return evidenceOf(bench, connection, ledger, came)
}

/** What comes by a call is timed from when it is listened for. */
const askedAt = ({ listens }: Connection, asked: Ms | undefined, now: Ms): Pick<Question, 'asked'> => {
  const since = asked ?? (listens ? now : undefined)
  return since === undefined ? {} : { asked: since }
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
    during.push(heardOutcome(heard, questionOn(bench, connection), ledger))
    if (heard.is === 'closed' || heard.is === 'reset' || heard.is === 'fault') break
  }
  if (bench.now() < until) await bench.pause(until - bench.now())
  for (const heard of kept.reverse()) port.putBack(heard)
  return evidenceOf(bench, connection, ledger, { outcome: silent(ms), during })
}
