// Octets that should be one APDU → the names of it, and what it breaks.
import { associationIn } from '../../client/association.ts'
import { hex, type Value } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { APDU_RULES } from '../implied/apdu.ts'
import { brokenRules } from '../implied/rule.ts'
import { apduNames, errorsIn, examineApdu, executionIn, refusalIn } from '../apdu.ts'
import type { Names, Question } from './outcome.ts'
import { apduText } from './texts.ts'

export interface ApduOutcome {
  readonly names: Names
  /** As a frame that carries it shows it. */
  readonly apdu: Value
  readonly broken: readonly BrokenRule[]
  readonly text: string
}

/** Octets that should be one APDU. */
export function apduOutcome(octets: Uint8Array, question: Question): ApduOutcome {
  const read = examineApdu(octets)
  if ('failure' in read) {
    const { failure } = read
    const unreadable = { expected: `${failure.path} ${failure.expected}`.trim(), found: failure.found }
    const { apdu: asked, limit } = question
    const broken = brokenRules(
      APDU_RULES,
      { question: asked, answer: octets, ...limited(limit), surplus: 0, notes: [], errors: [], unreadable },
      'apdu',
    )
    return {
      names: { garbled: { octets: hex(octets) } },
      apdu: hex(octets),
      broken,
      text: 'an APDU that cannot be read',
    }
  }
  const { apdu, surplus, notes } = read
  const named = apduNames(apdu, question.context)
  const refused = refusalIn(apdu)
  const executed = executionIn(apdu)
  const broken = brokenRules(
    APDU_RULES,
    {
      question: question.apdu,
      answer: octets,
      ...limited(question.limit),
      ...serverLimitIn(apdu),
      surplus,
      notes,
      errors: errorsIn(apdu),
      unreadable: undefined,
    },
    apdu.is,
  )
  return {
    names: { ...named, ...(refused === undefined ? {} : { refused }), ...(executed === undefined ? {} : { executed }) },
    apdu: named,
    broken,
    text: apduText(apdu),
  }
}

function serverLimitIn(apdu: Apdu): { readonly serverLimit?: number } {
  const serverLimit = associationIn(apdu)?.negotiated?.['server-max-receive-pdu-size']
  return serverLimit === undefined ? {} : { serverLimit }
}

const limited = (limit: number | undefined): { readonly limit?: number } => (limit === undefined ? {} : { limit })
