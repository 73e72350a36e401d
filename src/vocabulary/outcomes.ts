// What came → all the names that a suite may ask for it by.
import type { Carried } from '../client/carrier.ts'
import type { Ledger, Passed } from '../client/ledger.ts'
import type { Link, LinkAddresses } from '../client/link.ts'
import type { Heard } from '../client/receiver.ts'
import type { Wports } from '../client/wrapper.ts'
import { hex, type Value } from '../codec/value.ts'
import type { BrokenRule, LayerName, Outcome } from '../engine/vocabulary.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import { frameToJson } from '../protocol/hdlc/json.ts'
import { isRecord } from '../protocol/json.ts'
import type { Ms } from '../protocol/line.ts'
import { toJson } from '../protocol/messages.ts'
import type { SignOnMessage } from '../protocol/sign-on/messages.ts'
import { apduNames, executionIn, readApdu, refusalIn } from './apdu.ts'
import { APDU_RULES, brokenRules, CHECK_CLAUSES, FRAME_RULES, startsWithLlc, WPDU_RULES } from './implied.ts'
import { apduText, frameText, heardText, messageText, msText } from './texts.ts'

/** What an answer is judged against. */
export interface Question {
  /** When its last octet had left; undefined: nothing was sent. */
  readonly asked?: Ms
  /** The APDU as it was sent, where it was right. */
  readonly apdu?: Uint8Array
  readonly addresses?: LinkAddresses
  readonly wports?: Wports
  /** Who was asked, on datagrams. */
  readonly remote?: string
}

type Names = Record<string, Value>

const after = (asked: Ms | undefined, begin: Ms): { readonly afterMs?: number } =>
  asked === undefined ? {} : { afterMs: Math.max(0, begin - asked) }

export const silent = (ms: Ms, names: Names = {}): Outcome => ({
  names: { silent: { ms }, ...names },
  broken: [],
  noise: true,
  text: `silence for ${msText(ms)}`,
})

/** One thing that is no whole APDU by itself. `ledger`: the frames it came among. */
export function heardOutcome(heard: Heard, question: Question, ledger: Ledger): Outcome {
  const { octets, begin } = heard
  const common = { ...after(question.asked, begin), octets: hex(octets) }
  switch (heard.is) {
    case 'frame': {
      const passed = ledger.passed.findLast((each) => each.octets === octets)
      return {
        ...common,
        ...frameOutcome(heard.frame, passed, question),
        broken: linkRules(ledger, question.addresses),
        noise: false,
        layer: 'hdlc',
      }
    }
    case 'wpdu': {
      const { wpdu, from } = heard
      const content = apduOutcome(wpdu.information, question)
      const source = from === undefined || question.remote === undefined ? {} : { from, asked: question.remote }
      const broken = question.wports
        ? brokenRules(WPDU_RULES, { wpdu, wports: question.wports, ...source }, 'wpdu')
        : []
      return {
        ...common,
        names: { frame: 'wpdu', wpdu: toJson('wpdu', wpdu), ...content.names },
        broken: [...broken, ...content.broken],
        noise: false,
        text: content.text,
        layer: 'wrapper',
      }
    }
    case 'message':
      return { ...common, ...messageOutcome(heard.message), broken: [], noise: false, layer: 'sign-on' }
    case 'damaged':
      return damagedOutcome(heard, common)
    case 'noise':
      return {
        ...common,
        names: { garbled: { octets: hex(octets) } },
        broken: [],
        noise: true,
        text: heardText(heard),
        layer: 'line',
      }
    case 'closed':
    case 'reset':
      return {
        ...after(question.asked, begin),
        names: { [heard.is]: true },
        broken: [],
        noise: true,
        text: heardText(heard),
      }
    case 'fault':
      return { names: { fault: heard.fault.code }, broken: [], noise: true, text: heardText(heard) }
    default:
      return heard satisfies never
  }
}

type Common = Pick<Outcome, 'afterMs' | 'octets'>

/** A message of sign-on with a wrong check character is still that message; anything else whose checks fail is garbled. */
function damagedOutcome(heard: Heard & { readonly is: 'damaged' }, common: Common): Outcome {
  const { kind, failures, message } = heard
  const broken = failures.map(({ code, expected, found }): BrokenRule => ({
    rule: `${kind}.${code}`,
    clause: CHECK_CLAUSES[`${kind}.${code}`] ?? `${kind}.${code}`,
    expected: `${code} ${expected}`,
    found,
  }))
  const layer: LayerName = kind
  const text = heardText(heard)
  const readable = message !== undefined && failures.every(({ code }) => code === 'bcc')
  const names: Names = readable
    ? messageOutcome(message).names
    : { garbled: { octets: hex(heard.octets), failures: failures.map(({ code }) => code) } }
  return { ...common, names, broken, noise: true, text, layer }
}

const LLC_OCTETS = 3
const REFUSING_FRAMES = ['dm', 'frmr']

function frameOutcome(frame: Frame, passed: Passed | undefined, question: Question): Pick<Outcome, 'names' | 'text'> {
  const name = frame.control.is
  const json = frameToJson(frame)
  const carried = name === 'ui' && !frame.segmentation && passed?.begins !== false ? frame.information : passed?.whole
  const content = carried === undefined ? undefined : apduOutcome(carried.subarray(LLC_OCTETS), question)
  const inside = content === undefined ? {} : { apdu: content.apdu }
  const names: Names = {
    frame: name,
    [name]: isRecord(json) ? { ...json, ...inside } : json,
    ...content?.names,
    ...(REFUSING_FRAMES.includes(name) ? { refused: name } : {}),
  }
  return { names, text: content === undefined ? frameText(frame) : `${frameText(frame)} with ${content.text}` }
}

export interface ApduOutcome {
  readonly names: Names
  /** As a frame that carries it shows it. */
  readonly apdu: Value
  readonly broken: readonly BrokenRule[]
  readonly text: string
}

/** Octets that should be one APDU. */
export function apduOutcome(octets: Uint8Array, question: Question): ApduOutcome {
  const read = readApdu(octets)
  if ('failure' in read) {
    const { failure } = read
    const unreadable = { expected: `${failure.path} ${failure.expected}`.trim(), found: failure.found }
    const broken = brokenRules(APDU_RULES, { question: question.apdu, answer: octets, surplus: 0, unreadable }, 'apdu')
    return {
      names: { garbled: { octets: hex(octets) } },
      apdu: hex(octets),
      broken,
      text: 'an APDU that cannot be read',
    }
  }
  const { apdu, surplus } = read
  const named = apduNames(apdu)
  const refused = refusalIn(apdu)
  const executed = executionIn(apdu)
  const broken = brokenRules(
    APDU_RULES,
    { question: question.apdu, answer: octets, surplus, unreadable: undefined },
    apdu.is,
  )
  return {
    names: { ...named, ...(refused === undefined ? {} : { refused }), ...(executed === undefined ? {} : { executed }) },
    apdu: named,
    broken,
    text: apduText(apdu),
  }
}

function messageOutcome(message: SignOnMessage): Pick<Outcome, 'names' | 'text'> {
  const refused = message.is === 'nak' || message.is === 'error-message' || message.is === 'break'
  return {
    names: {
      [message.is]: toJson(message.is, message.value),
      ...(refused ? { refused: message.is } : {}),
      ...(message.is === 'ack' ? { executed: 'ack' } : {}),
    },
    text: messageText(message),
  }
}

/** What an exchange of APDUs came to. */
export function carriedOutcome(carried: Carried, question: Question, ledger: Ledger, waited: Ms): Outcome {
  const asked = { ...question, asked: carried.asked }
  switch (carried.is) {
    case 'apdu': {
      if (carried.heard) return heardOutcome(carried.heard, asked, ledger)
      const content = apduOutcome(carried.apdu, asked)
      const last = ledger.passed.findLast(({ direction }) => direction === 'received')
      return {
        ...after(carried.asked, carried.begin),
        octets: hex(carried.apdu),
        names: { ...(last ? frameNames(last.frame) : {}), ...content.names },
        broken: [
          ...linkRules(ledger, question.addresses),
          ...(content.broken.length > 0 ? repeatedHeaders(ledger) : []),
          ...content.broken,
        ],
        noise: false,
        text: content.text,
        layer: 'apdu',
      }
    }
    case 'other':
      return heardOutcome(carried.heard, asked, ledger)
    case 'silent': {
      const base = silent(waited)
      const text = carried.unfinished ? 'an APDU that never ended' : carried.frames ? 'no APDU, only RR' : base.text
      return { ...base, text, broken: linkRules(ledger, question.addresses) }
    }
    default:
      return carried satisfies never
  }
}

/** An APDU that is not right, with an LLC header in front of later segments: that is the cause. */
function repeatedHeaders({ passed }: Ledger): readonly BrokenRule[] {
  const again = passed.filter(
    ({ direction, frame, begins }) => direction === 'received' && begins === false && startsWithLlc(frame.information),
  )
  if (again.length === 0) return []
  const found =
    again.length === 1
      ? 'a segment behind the first begins with one'
      : `${again.length} segments behind the first begin with one`
  return [{ rule: 'one-llc-header', clause: 'llc.header', expected: 'one LLC header for an APDU', found }]
}

const frameNames = (frame: Frame): Names => ({ frame: frame.control.is, [frame.control.is]: frameToJson(frame) })

/** Implied rules over all frames that the meter sent in a step. */
export function linkRules(ledger: Ledger, addresses: Link['addresses'] | undefined): readonly BrokenRule[] {
  if (addresses === undefined) return []
  const broken: BrokenRule[] = []
  let inRow = 0
  let last: Passed | undefined
  ledger.passed.forEach((passed, at) => {
    if (passed.direction === 'sent') {
      last = passed
      inRow = 0
      return
    }
    if (passed.frame.control.is === 'i') inRow++
    const following = ledger.passed.slice(at + 1).find(({ frame }) => frame.control.is !== 'ui')
    const control = last?.frame.control
    const answersI =
      control?.is === 'i' && last?.before['v-s'] === control['n-s'] && passed.before['v-s'] !== last.before['v-s']
    const repetition = last !== undefined && !answersI
    const endsTurn = following?.direction !== 'received'
    broken.push(
      ...brokenRules(
        FRAME_RULES,
        { passed, addresses, endsTurn, inRow, answersI, repetition },
        passed.frame.control.is,
      ),
    )
  })
  return broken
}

/** A frame that nobody asked for (H46): the same frame once more on a serial line is only remarked. In a window more than F=1 lets through breaks the window. */
export function surplusOutcome(
  heard: Heard,
  question: Question,
  ledger: Ledger,
  { repeated, window }: { readonly repeated: boolean; readonly window: number },
): Outcome {
  const outcome = heardOutcome(heard, question, ledger)
  const wrapper = heard.is === 'wpdu' || (heard.is === 'damaged' && heard.kind === 'wrapper')
  const inWindow = heard.is === 'frame' && heard.frame.control.is === 'i' && window > 1
  const rule: BrokenRule = {
    rule: 'only-when-polled',
    clause: wrapper ? 'xdlms.answer' : inWindow ? 'hdlc.window' : 'hdlc.only-when-polled',
    expected: 'nothing until the next question',
    found: outcome.text,
    ...(repeated ? { remark: true as const } : {}),
  }
  return { ...outcome, broken: [rule, ...outcome.broken] }
}
