// A whole APDU to the meter and its answer back: segments, windows and polling run by themselves (IEC 62056-46 6.4.4.4.3).
import { distance } from '../protocol/hdlc/sequence.ts'
import { segments, type Segment } from '../protocol/hdlc/segment.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import type { Ms } from '../protocol/line.ts'
import type { Ledger } from './ledger.ts'
import type { Link, Written } from './link.ts'
import { listen } from './listening.ts'
import type { Heard } from './receiver.ts'

/** How long an answer is waited for, from the last octet of the question. */
export interface Patience {
  /** The declared response time. */
  readonly responseMs: Ms
  /** Listen on until here. */
  readonly lateMs: Ms
  /** The line loses frames: a lost answer is asked for again by RR, never by the I frame (G10). */
  readonly noisy: boolean
}

/** `asked`: when the last octet of the question had left. */
export type Answer =
  /** `whole`: LLC header and APDU. */
  | { readonly is: 'whole'; readonly whole: Uint8Array; readonly begin: Ms; readonly end: Ms; readonly asked: Ms }
  /** Something else: another frame, garbled octets, the end of the connection. */
  | { readonly is: 'other'; readonly heard: Heard; readonly asked: Ms }
  /** No APDU; `frames`: the link answered, there was nothing in it. `unfinished`: an APDU began and never ended. */
  | { readonly is: 'silent'; readonly frames: boolean; readonly unfinished: boolean; readonly asked: Ms }

/** Times that the same lost frames are asked for or sent again. */
const PATIENCE = 3
/** An APDU that does not end is given up. */
const MOST_SEGMENTS = 8192

/** Sends LLC header and APDU, and takes the answer in. */
export async function exchange(
  link: Link,
  llcAndApdu: Uint8Array,
  patience: Patience,
  ledger: Ledger,
): Promise<Answer> {
  const sent = await transmitAll(
    link,
    segments(llcAndApdu, link.state.parameters['max-information-field-length-transmit']),
    patience,
    ledger,
  )
  if (sent.is === 'stopped') return sent.answer
  return receive(link, sent.written, patience, ledger)
}

/** Sends LLC header and APDU that no APDU answers. Undefined: the link has acknowledged them. */
export async function tell(
  link: Link,
  llcAndApdu: Uint8Array,
  patience: Patience,
  ledger: Ledger,
): Promise<Answer | undefined> {
  const all = segments(llcAndApdu, link.state.parameters['max-information-field-length-transmit'])
  const sent = await transmitAll(link, all, patience, ledger)
  if (sent.is === 'stopped') return sent.answer
  const asked = sent.written.end
  const heard = await acknowledgement(link, sent.written, patience, ledger)
  if (heard === undefined) return { is: 'silent', frames: false, unfinished: false, asked }
  const taken = heard.is === 'frame' && heard.frame.control.is === 'rr' && heard.frame.control['n-r']
  return taken === link.state['v-s'] ? undefined : { is: 'other', heard, asked }
}

/** Takes one more answer in behind the last one of the ledger: where that gave the turn back, the meter is polled. */
export async function another(link: Link, patience: Patience, ledger: Ledger): Promise<Answer> {
  const last = ledger.passed.at(-1)
  const goesOn = last?.direction === 'received' && !endsTurn(link, last.frame)
  const question = goesOn ? { begin: last.end, end: last.end, since: last.end } : await link.send(link.poll(), ledger)
  return receive(link, question, patience, ledger)
}

type Transmitted =
  { readonly is: 'done'; readonly written: Written } | { readonly is: 'stopped'; readonly answer: Answer }

/** Bursts of up to the agreed window, P=1 on the last of each; goes on from N(R). The last burst's answer is left to `receive`. */
async function transmitAll(
  link: Link,
  all: readonly Segment[],
  patience: Patience,
  ledger: Ledger,
): Promise<Transmitted> {
  const window = link.state.parameters['window-size-transmit']
  let next = 0
  let again = 0
  for (;;) {
    const first = link.state['v-s']
    const written = await sendBurst(link, all.slice(next, next + window), ledger)
    if (next + window >= all.length) return { is: 'done', written }
    const heard = await acknowledgement(link, written, patience, ledger)
    if (heard === undefined) return stop({ is: 'silent', frames: false, unfinished: false, asked: written.end })
    if (heard.is !== 'frame' || heard.frame.control.is !== 'rr') return stop({ is: 'other', heard, asked: written.end })
    const taken = distance(first, heard.frame.control['n-r'])
    again = taken === 0 ? again + 1 : 0
    if (taken > window || again >= PATIENCE) return stop({ is: 'other', heard, asked: written.end })
    next += taken
    link.state = { ...link.state, 'v-s': heard.frame.control['n-r'] }
  }
}

const stop = (answer: Answer): Transmitted => ({ is: 'stopped', answer })

async function sendBurst(link: Link, burst: readonly Segment[], ledger: Ledger): Promise<Written> {
  let written: Written = { begin: 0, end: 0, since: 0 }
  for (const [index, { information, segmentation }] of burst.entries()) {
    const control = {
      is: 'i',
      'n-s': link.state['v-s'],
      'n-r': link.state['v-r'],
      'poll-final': index === burst.length - 1,
    } as const
    written = await link.send(link.frame(control, information, segmentation), ledger)
  }
  return written
}

/** RR to a burst; while the meter is not ready (RNR) it is asked again. */
async function acknowledgement(
  link: Link,
  written: Written,
  patience: Patience,
  ledger: Ledger,
): Promise<Heard | undefined> {
  const limit = written.end + patience.lateMs
  let { since } = written
  let until = limit
  for (;;) {
    const heard = await link.listen(since, until, ledger)
    if (heard?.is !== 'frame' || heard.frame.control.is !== 'rnr') return heard
    if (link.port.world.now() >= limit) return heard
    const poll = await pollLater(link, since, patience, ledger)
    since = poll.since
    until = Math.max(limit, poll.end + patience.responseMs)
  }
}

/** I frames in order until the APDU is whole; RR P=1 for the next ones, and while none has come. */
async function receive(link: Link, question: Written, patience: Patience, ledger: Ledger): Promise<Answer> {
  const asked = question.end
  /** While the meter only says that it has nothing yet, it is asked again until here. */
  let limit = asked + patience.lateMs
  let { since } = question
  let until = limit
  let begin: Ms | undefined
  let frames = false
  let lost = 0
  let segmentsHeard = 0
  for (;;) {
    const expected = link.state['v-r']
    const heard = await link.listen(since, until, ledger)
    if (heard === undefined) {
      const recoverable = (patience.noisy && !frames) || begin !== undefined
      if (!recoverable || ++lost >= PATIENCE) return { is: 'silent', frames, unfinished: begin !== undefined, asked }
      const poll = await link.send(link.poll(), ledger)
      since = poll.since
      until = poll.end + patience.responseMs
      continue
    }
    if (heard.is !== 'frame') {
      if (heard.is !== 'damaged' || !patience.noisy || ++lost >= PATIENCE) return { is: 'other', heard, asked }
      since = (await link.send(link.poll(), ledger)).since
      continue
    }
    const { frame } = heard
    const { control } = frame
    switch (control.is) {
      case 'rr':
      case 'rnr': {
        frames = true
        const now = link.port.world.now()
        // A secondary that did not take the frame says so by the old N(R): the link's reaction is the answer.
        if (control['n-r'] !== link.state['v-s'] || !control['poll-final']) return { is: 'other', heard, asked }
        if (now >= limit || (begin !== undefined && ++lost >= PATIENCE))
          return { is: 'silent', frames, unfinished: begin !== undefined, asked }
        const poll = await pollLater(link, since, patience, ledger)
        since = poll.since
        until = Math.max(limit, poll.end + patience.responseMs)
        continue
      }
      case 'i': {
        if (control['n-s'] === expected) {
          begin ??= heard.begin
          const whole = ledger.passed.at(-1)?.whole
          if (whole !== undefined) return { is: 'whole', whole, begin, end: heard.end, asked }
          lost = 0
          if (++segmentsHeard > MOST_SEGMENTS) return { is: 'other', heard, asked }
        } else if (++lost >= PATIENCE * link.state.parameters['window-size-receive'])
          return { is: 'other', heard, asked }
        if (endsTurn(link, frame)) {
          const poll = await link.send(link.poll(), ledger)
          since = poll.since
          limit = until = poll.end + patience.lateMs
        } else limit = until = heard.end + patience.responseMs
        continue
      }
      default:
        return { is: 'other', heard, asked }
    }
  }
}

/** F=1 gives the turn back; in a window of one each I frame does, whatever its F says. */
const endsTurn = (link: Link, { control }: Frame): boolean =>
  link.state.parameters['window-size-receive'] === 1 || (control.is !== 'undefined' && control['poll-final'])

/** Not yet: some time is given to the meter, then it is polled. */
async function pollLater(link: Link, since: Ms, patience: Patience, ledger: Ledger): Promise<Written> {
  const until = link.port.world.now() + patience.responseMs / 10
  const early = await listen(link.port, { since, until }, ledger)
  if (early !== undefined) {
    link.port.putBack(early)
    return { begin: since, end: since, since }
  }
  return link.send(link.poll(), ledger)
}
