// Octets that should be one APDU → the names of it, and what it breaks.
import { associationIn } from '../../client/association.ts'
import { hex, type Value } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { isRecord } from '../../protocol/json.ts'
import { APDU_RULES } from '../implied/apdu.ts'
import { brokenRules } from '../implied/rule.ts'
import { apduNames, errorsIn, executionIn, refusalIn } from '../apdu.ts'
import { isCompressed, openApdu, protectionJson, type OpenedApdu } from '../opened.ts'
import type { Names, Question } from './outcome.ts'
import { passFourIn } from './proof.ts'
import { protectionRules } from './protected.ts'
import { apduText } from './texts.ts'

export interface ApduOutcome {
  readonly names: Names
  /** As a frame that carries it shows it. */
  readonly apdu: Value
  readonly broken: readonly BrokenRule[]
  readonly text: string
  /** Nobody can tell what it says. */
  readonly advice?: string
}

const COMPRESSED = 'This tool knows no V.44: have the meter answer without compression, or look at this answer by hand.'

/** Octets that should be one APDU, opened where they are protected. */
export function apduOutcome(octets: Uint8Array, question: Question): ApduOutcome {
  const opened = openApdu(octets, question.protection?.security)
  const { inner, seen, signed } = opened
  const secured = protectionRules(opened, octets, question)
  if (isCompressed(seen))
    return {
      names: { compressed: true, ...protectedNames(opened) },
      apdu: hex(octets),
      broken: secured,
      text: `${seen?.name ?? 'an APDU'} that is compressed by V.44, which this tool cannot undo`,
      advice: COMPRESSED,
    }
  if (inner === undefined)
    return {
      names: { garbled: { octets: hex(octets) }, ...protectedNames(opened) },
      apdu: hex(octets),
      broken: secured,
      text: `${seen?.name ?? 'an APDU'} that cannot be opened`,
    }
  const { apdu: asked, limit } = question
  if ('failure' in inner) {
    const { failure } = inner
    const unreadable = { expected: `${failure.path} ${failure.expected}`.trim(), found: failure.found }
    const broken = brokenRules(
      APDU_RULES,
      {
        question: asked,
        answer: signed?.apdu.content ?? seen?.plain ?? octets,
        carried: octets,
        ...limited(limit),
        surplus: 0,
        notes: [],
        errors: [],
        unreadable,
      },
      'apdu',
    )
    return {
      names: { garbled: { octets: hex(octets) }, ...protectedNames(opened) },
      apdu: hex(octets),
      broken: [...secured, ...broken],
      text: 'an APDU that cannot be read',
    }
  }
  const { apdu, surplus, notes } = inner
  const pass = passFourIn(apdu, question, seen)
  const named = withProtection(apduNames(apdu, question.context), question, opened)
  const refused = refusalIn(apdu)
  const executed = executionIn(apdu)
  const broken = brokenRules(
    APDU_RULES,
    {
      question: asked,
      answer: signed?.apdu.content ?? seen?.plain ?? octets,
      carried: octets,
      ...limited(limit),
      ...serverLimitIn(apdu),
      surplus,
      notes: [...opened.notes, ...notes],
      errors: errorsIn(apdu),
      unreadable: undefined,
    },
    apdu.is,
  )
  return {
    names: {
      ...named,
      ...protectedNames(opened),
      ...(pass.json === undefined ? {} : { 'pass-4': pass.json }),
      ...(refused === undefined ? {} : { refused }),
      ...(executed === undefined ? {} : { executed }),
    },
    apdu: named,
    broken: [...secured, ...broken, ...pass.broken],
    text: apduText(apdu),
  }
}
function serverLimitIn(apdu: Apdu): { readonly serverLimit?: number } {
  const serverLimit = associationIn(apdu)?.negotiated?.['server-max-receive-pdu-size']
  return serverLimit === undefined ? {} : { serverLimit }
}

const limited = (limit: number | undefined): { readonly limit?: number } => (limit === undefined ? {} : { limit })

/** Under each name of the message how it was protected, where the client that asked protects. */
function withProtection(names: Names, { protection }: Question, opened: OpenedApdu): Names {
  if (protection === undefined || !protection.security.material.ciphers) return names
  const how = protectionJson(opened)
  return Object.fromEntries(
    Object.entries(names).map(([name, json]) => [name, isRecord(json) ? { ...json, protection: how } : json]),
  )
}

/** The ciphered APDU by its own name. */
const protectedNames = (opened: OpenedApdu): Names => {
  const name = opened.seen?.name ?? (opened.signed && 'general-signing')
  return name === undefined ? {} : { [name]: protectionJson(opened) }
}
