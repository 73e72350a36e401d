// Units laid on the line: joined or one by one, with pauses where a step wants them.
import type { Ledger } from '../client/ledger.ts'
import type { Written } from '../client/link.ts'
import { answerableFrom } from '../client/listening.ts'
import type { Pace } from '../client/port.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import type { Came } from './evidence.ts'
import { heardOutcome } from './outcomes/heard.ts'
import { silent } from './outcomes/outcome.ts'
import type { Outgoing, OutUnit } from './outgoing/outgoing.ts'
import { joined } from './outgoing/pace.ts'
import { questionOn } from './questions.ts'

/** All units as one write: frames share the flag between them, and move the state variables as if each had been sent. */
export async function writeJoined(
  connection: Connection,
  all: readonly Outgoing[],
  pace: Pace,
  ledger: Ledger,
): Promise<Written> {
  const units = all.flatMap((each) => each.units)
  const written = await write(connection, joined(units), pace, ledger)
  for (const { frame, moves } of units) if (frame && moves) connection.link?.sent(frame)
  return written
}

/** Messages one after the other; what came in place of an RR between two segments ends it. The answer counts from the first message's end: nobody has to wait for the second. */
export async function writeEach(
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
  return { outcome: heardOutcome(heard, { ...questionOn(bench, connection), asked: end }, ledger) }
}

async function write(connection: Connection, unit: OutUnit, pace: Pace, ledger: Ledger): Promise<Written> {
  const { link, port } = connection
  const { octets, marks, frame, moves } = unit
  const cuts = pace.cuts.filter((cut) => cut < octets.length)
  if (cuts.length === 0 && link && port.language === 'hdlc')
    return link.transmit(octets, { ...(frame ? { frame } : {}), moves, marks }, ledger)
  const written = await port.write(octets, marks, { cuts, pauseMs: pace.pauseMs })
  if (frame && link) link.passed(frame, octets, written, moves, ledger)
  return { ...written, since: answerableFrom(port, written) }
}
