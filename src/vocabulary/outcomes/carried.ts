// What an exchange of APDUs came to.
import type { Carried } from '../../client/carrier.ts'
import type { Ledger } from '../../client/ledger.ts'
import { hex } from '../../codec/value.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import { frameToJson } from '../../protocol/hdlc/json.ts'
import type { Ms } from '../../protocol/line.ts'
import { linkRules, repeatedHeaders } from '../implied/exchange.ts'
import { apduOutcome } from './apdu.ts'
import { heardOutcome } from './heard.ts'
import { after, silent, type Names, type Question } from './outcome.ts'

/** `waited`: how long silence lasted, where it was silence. */
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
        ...(content.advice === undefined ? {} : { advice: content.advice }),
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

const frameNames = (frame: Frame): Names => ({ frame: frame.control.is, [frame.control.is]: frameToJson(frame) })
