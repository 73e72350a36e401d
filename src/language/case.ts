import type { Value } from '../codec/value.ts'
import type {
  Again,
  Alternative,
  CheckStep,
  DoStep,
  Fill,
  ListenStep,
  Message,
  Octets,
  RequireStep,
  SendStep,
  Step,
  WaitStep,
} from './suite.generated.ts'

// Views of what the generated types leave open: which verb a step has, which outcome an alternative, which form a message.

export type StepView =
  | { readonly is: 'send'; readonly step: SendStep }
  | { readonly is: 'do'; readonly step: DoStep }
  | { readonly is: 'wait'; readonly step: WaitStep }
  | { readonly is: 'check'; readonly step: CheckStep }
  | { readonly is: 'require'; readonly step: RequireStep }
  | { readonly is: 'listen'; readonly step: ListenStep }

/** A step under its verb. */
export function viewOf(step: Step): StepView {
  if ('do' in step) return { is: 'do', step }
  if ('send' in step) return { is: 'send', step }
  if ('wait' in step) return { is: 'wait', step }
  if ('check' in step) return { is: 'check', step }
  if ('require' in step) return { is: 'require', step }
  return { is: 'listen', step }
}

export type MessageView =
  | { readonly is: 'again'; readonly message: Again }
  | { readonly is: 'octets'; readonly message: Octets }
  | { readonly is: 'fill'; readonly message: Fill }
  /** `names`: keys without a dot, of which there must be one; `layers`: keys with one, fields of other layers. */
  | {
      readonly is: 'named'
      readonly names: readonly string[]
      readonly layers: readonly string[]
      readonly fields: Fields
    }

type Fields = { readonly [name: string]: Value }

export function messageView(message: Message): MessageView {
  if (isAgain(message)) return { is: 'again', message }
  if (isFill(message)) return { is: 'fill', message }
  if (isOctets(message)) return { is: 'octets', message }
  const keys = Object.keys(message)
  const layered = (key: string): boolean => key.includes('.')
  return { is: 'named', names: keys.filter((key) => !layered(key)), layers: keys.filter(layered), fields: message }
}

const isAgain = (message: Message): message is Again => 'again' in message
const isFill = (message: Message): message is Fill => 'fill' in message
const isOctets = (message: Message): message is Octets => 'octets' in message && 'at' in message

/** The verb's own keys of `do`; whatever else stands in the step is an argument of the word. */
const DO_KEYS: readonly string[] = ['do', 'expect', 'never', 'within', 'save', 'on', 'clause', 'why']

export const argumentsOf = (step: DoStep): Fields =>
  Object.fromEntries(
    Object.entries(step).flatMap(([key, value]) => (DO_KEYS.includes(key) || !isValue(value) ? [] : [[key, value]])),
  )

/** What an alternative means; the one key left is its outcome. */
const MEANING: readonly string[] = [
  'id',
  'clause',
  'ruling',
  'why',
  'severity',
  'remark',
  'fails',
  'undecided',
  'after',
]

/** Outcomes that an alternative names: exactly one, or lint refuses it. */
export const outcomesOf = (alternative: Alternative): readonly { readonly name: string; readonly matcher: Value }[] =>
  Object.entries(alternative).flatMap(([name, matcher]) =>
    MEANING.includes(name) || !isValue(matcher) ? [] : [{ name, matcher }],
  )

/** It passes, with or without a remark. */
export const passes = (alternative: Alternative): boolean =>
  alternative.fails === undefined && alternative.undecided === undefined

/** Plain JSON. */
export function isValue(value: unknown): value is Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true
  return typeof value === 'object' && Object.values(value).every(isValue)
}

/** A part of a case as the plain JSON it was read from. */
export const plain = (part: unknown): Value => (isValue(part) ? part : null)

export const isObject = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)
