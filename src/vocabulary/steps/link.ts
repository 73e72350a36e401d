// link.up · link.down · link.round-trip · link.poll · link.resynchronise
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import type { Link } from '../../client/link.ts'
import { FLAG, LONGEST, type Frame } from '../../protocol/hdlc/examine.ts'
import type { Came } from '../evidence.ts'
import { proposalOf } from '../proposal.ts'
import { heardOutcome } from '../outcomes/heard.ts'
import { silent } from '../outcomes/outcome.ts'
import { isRecord } from '../../protocol/json.ts'
import { FIELDS, isRefusal, success, within, type Doing, type Word } from './word.ts'
import { questionOn } from '../questions.ts'

export const NO_LINK: Refusal = { refusal: 'this port speaks no HDLC: there is no link' }

/** Sends one frame; the outcome is the first that comes, and success if it is one of those wanted. */
async function ask(doing: Doing, link: Link, frame: Frame, wanted: (answer: Frame) => boolean): Promise<Came> {
  const { bench, connection, window, ledger } = doing
  await bench.drain(connection, ledger)
  const { since, end } = await link.send(frame, ledger)
  const heard = await link.listen(since, end + Math.max(window.lateMs, bench.declared.timing.responseMs), ledger)
  if (heard === undefined) return { outcome: silent(bench.declared.timing.responseMs) }
  bench.answered(connection, heard)
  const outcome: Outcome = heardOutcome(heard, { ...questionOn(bench, connection), asked: end }, ledger)
  if (heard.is !== 'frame' || !wanted(heard.frame)) return { outcome, heard }
  return { heard, outcome: success(doing, outcome.text, outcome) }
}

const is =
  (...names: readonly string[]) =>
  ({ control }: Frame): boolean =>
    names.includes(control.is)

const linkUp: Word = {
  says: 'bring the link up',
  properties: { propose: FIELDS },
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const { connection, args, bench } = doing
    const { link } = connection
    if (!link) return NO_LINK
    if (!connection.port.isOpen || (connection.line.signOn && connection.port.language !== 'hdlc')) {
      const climbed = await bench.climb(connection.name, { ...connection.given, rung: 'ndm' }, connection.given)
      if (climbed.is !== 'up') return { outcome: notReached(climbed) }
    }
    const up = bench.connections.get(connection.name)?.link ?? link
    connection.association = undefined
    const { propose } = args
    const proposal = propose !== undefined && isRecord(propose) ? proposalOf({ propose }) : {}
    const there: Doing = { ...doing, connection: bench.connections.get(connection.name) ?? connection }
    const came = await ask(there, up, up.snrm(proposal), is('ua'))
    // Behind a sign-on silence says that the port is back at its opening.
    const fellBack = !isRefusal(came) && 'silent' in came.outcome.names && connection.line.signOn !== undefined
    if (!fellBack) return came
    const given = { ...connection.given, rung: 'link', ...(isRecord(propose) ? { propose } : {}) } as const
    const climbed = await bench.climb(connection.name, given, connection.given)
    return {
      outcome: climbed.is === 'up' ? success(within(doing), 'the link is up, after a sign-on') : notReached(climbed),
    }
  },
}

/** A climb that a word did and that did not succeed. */
export const notReached = (climbed: {
  readonly is: string
  readonly found?: string
  readonly why?: string
  readonly outcome?: Outcome
}): Outcome =>
  climbed.outcome ?? {
    names: { silent: {} },
    broken: [],
    noise: true,
    text: climbed.found ?? climbed.why ?? climbed.is,
  }

const linkDown: Word = {
  says: 'take the link down',
  properties: {},
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const { link } = doing.connection
    if (!link) return NO_LINK
    doing.connection.association = undefined
    return ask(doing, link, link.disc(), is('ua', 'dm'))
  },
}

const roundTrip: Word = {
  says: 'poll by RR: the link is up, and nothing is missing on either side',
  properties: {},
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const { link } = doing.connection
    if (!link) return NO_LINK
    const expected = link.state['v-s']
    return ask(doing, link, link.poll(), ({ control }) => control.is === 'rr' && control['n-r'] === expected)
  },
}

const poll: Word = {
  says: 'poll by RR',
  properties: {},
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const { link } = doing.connection
    return link ? ask(doing, link, link.poll(), () => true) : NO_LINK
  },
}

/** A receiver that believes a length waits for as many octets: flags fill them, and are nothing to any other. Then DISC once more. */
async function filledUp(doing: Doing, link: Link): Promise<Came | Refusal> {
  await doing.connection.port.write(new Uint8Array(LONGEST + 2).fill(FLAG))
  return ask(within(doing), link, link.disc(), () => true)
}

/**
 * A cut frame is over after a pause on a serial line. TCP and UDP carry no pauses: the next frame may be lost or joined to it once (H16),
 * which only a frame in NDM that nobody judges can show.
 */
const resynchronise: Word = {
  says: 'let the receiver find the next opening flag',
  properties: {},
  outcomes: ['success', 'lost', 'silent'],
  alive: false,
  async run(doing) {
    const { link, port } = doing.connection
    if (!link) return NO_LINK
    if (port.transport.kind === 'serial') return { outcome: success(doing, 'the pause has done it') }
    const first = await ask(within(doing), link, link.disc(), is('dm'))
    if (isRefusal(first) || 'success' in first.outcome.names) return first
    const second = await ask(within(doing), link, link.disc(), () => true)
    if (isRefusal(second)) return second
    const last = 'success' in second.outcome.names ? second : await filledUp(doing, link)
    if (isRefusal(last) || !('success' in last.outcome.names)) return last
    return {
      outcome: { ...last.outcome, names: { lost: true }, text: `${first.outcome.text}, then ${last.outcome.text}` },
    }
  },
}

export const linkWords: Readonly<Record<string, Word>> = {
  'link.up': linkUp,
  'link.down': linkDown,
  'link.round-trip': roundTrip,
  'link.poll': poll,
  'link.resynchronise': resynchronise,
}
