// One thing heard → all the names that a suite may ask for it by.
import type { Ledger, Passed } from '../../client/ledger.ts'
import type { Heard } from '../../client/receiver.ts'
import { hex } from '../../codec/value.ts'
import type { BrokenRule, LayerName, Outcome } from '../../engine/vocabulary.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import { frameToJson } from '../../protocol/hdlc/json.ts'
import { LLC_OCTETS } from '../../protocol/hdlc/llc.ts'
import { isRecord } from '../../protocol/json.ts'
import { toJson } from '../../protocol/messages.ts'
import type { SignOnMessage } from '../../protocol/sign-on/messages.ts'
import { CHECK_CLAUSES } from '../implied/checks.ts'
import { linkRules } from '../implied/exchange.ts'
import { brokenRules } from '../implied/rule.ts'
import { WPDU_RULES } from '../implied/wpdu.ts'
import { apduOutcome } from './apdu.ts'
import { after, type Names, type Question } from './outcome.ts'
import { frameText, heardText, messageText } from './texts.ts'

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
        ...(content.advice === undefined ? {} : { advice: content.advice }),
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

const REFUSING_FRAMES = ['dm', 'frmr']

function frameOutcome(
  frame: Frame,
  passed: Passed | undefined,
  question: Question,
): Pick<Outcome, 'names' | 'text' | 'advice'> {
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
  if (content === undefined) return { names, text: frameText(frame) }
  const { text, advice } = content
  return { names, text: `${frameText(frame)} with ${text}`, ...(advice === undefined ? {} : { advice }) }
}

/** Outcome of a message of sign-on: `nak`, `error-message` and `break` refuse, `ack` executes. */
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
