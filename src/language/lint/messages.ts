import type { Value } from '../../codec/value.ts'
import { isList, isObject, isValue, type MessageView, messageView, outcomesOf, plain } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import { partFindings } from '../schema.ts'
import type { Alternative, Message, Messages, SendStep } from '../suite.generated.ts'
import { didYouMean } from '../suggest.ts'
import type { Words } from '../words.ts'
import { fieldFindings, pathFindings } from './fields.ts'
import { behind, type Placed } from './place.ts'
import { forEachStep } from './rule.ts'

/** Every message, outcome and field is known; what stands behind a reference has the form that is asked there. */
export const messagesKnown = forEachStep((placed, words, sub) => [
  ...(placed.view.is === 'send' ? sendFindings(placed.view.step, placed.at, words, sub) : []),
  ...[...placed.expect, ...placed.never].flatMap((list) =>
    list.flatMap(({ alternative, at }) => alternativeFindings(alternative, at, placed, words)),
  ),
  ...referredForms(placed, sub),
])

/** Messages that a step sends, as far as they are known before the run. */
export function messagesOf(
  step: SendStep,
  sub: SubCase,
  at: Path,
): readonly { readonly message: Message; readonly at: Path }[] {
  const place = [...at, 'send']
  return listOf(step.send, place).flatMap(({ message, at: from }) => {
    if (typeof message !== 'string') return [{ message, at: from }]
    return behind(sub, message, from)
      .flatMap(({ value, at: there }) => (isMessages(value) ? listOf(value, there) : []))
      .flatMap((one) => (typeof one.message === 'string' ? [] : [{ message: one.message, at: one.at }]))
  })
}

const isMessages = (value: unknown): value is Messages => isValue(value) && partFindings('messages', value).length === 0

const listOf = (messages: Messages, at: Path): readonly { readonly message: Message | string; readonly at: Path }[] =>
  isMessageList(messages) ? messages.map((message, i) => ({ message, at: [...at, i] })) : [{ message: messages, at }]

const isMessageList = (messages: Messages): messages is readonly Message[] => Array.isArray(messages)

/** Names of the messages that a step sends. */
export const namesSent = (step: SendStep, sub: SubCase, at: Path): readonly string[] =>
  messagesOf(step, sub, at).flatMap(({ message }) => namesOf(messageView(message)))

const namesOf = (view: MessageView): readonly string[] =>
  view.is === 'named' ? view.names : view.is === 'fill' ? namesOf(messageView(view.message.fill.from)) : []

function sendFindings(step: SendStep, at: Path, words: Words, sub: SubCase): readonly Finding[] {
  const messages = messagesOf(step, sub, at)
  const control =
    typeof step.control === 'object' ? [{ message: step.control.send, at: [...at, 'control', 'send'] }] : []
  const { pace } = step
  return [
    ...[...messages, ...control].flatMap((one) => messageFindings(one.message, one.at, words)),
    ...(typeof pace === 'object' && 'after' in pace
      ? pathFindings(words, namesSent(step, sub, at), pace.after, [...at, 'pace', 'after'])
      : []),
    ...faultFindings(step, messages, at, words, sub),
  ]
}

function messageFindings(message: Message, at: Path, words: Words): readonly Finding[] {
  const view = messageView(message)
  if (view.is === 'fill') return messageFindings(view.message.fill.from, [...at, 'fill', 'from'], words)
  if (view.is !== 'named') return []
  const [name, ...more] = view.names
  if (name === undefined || more.length > 0)
    return [
      {
        path: at,
        code: 'not-one-message',
        expected: 'the name of one message',
        found: view.names.join(', ') || 'none',
      },
    ]
  const word = Object.hasOwn(words.messages, name) ? words.messages[name] : undefined
  if (!word)
    return [
      {
        path: [...at, name],
        part: 'key',
        code: 'unknown-message',
        expected: 'the name of a message',
        found: name,
        ...didYouMean(name, Object.keys(words.messages)),
      },
    ]
  return [
    ...view.layers.flatMap((path) => pathFindings(words, [name], path, [...at, path])),
    ...fieldFindings(words, word.fields, view.fields[name] ?? null, [...at, name], false),
  ]
}

/** Can the fault be done to the message at all? The vocabulary knows. */
function faultFindings(
  step: SendStep,
  messages: ReturnType<typeof messagesOf>,
  at: Path,
  words: Words,
  sub: SubCase,
): readonly Finding[] {
  const faults = (key: 'wrong' | 'damage') =>
    step[key] === undefined ? [{ value: {}, at }] : behind(sub, plain(step[key]), [...at, key])
  const [first] = messages
  if (!first || (step.wrong === undefined && step.damage === undefined)) return []
  return faults('wrong').flatMap((wrong) =>
    faults('damage').flatMap((damage) => {
      if (!isObject(wrong.value) || !isObject(damage.value)) return []
      const complaint = words.checkFault(plain(first.message), sub.ports, wrong.value, damage.value)
      const path = step.damage === undefined ? wrong.at : damage.at
      return complaint === undefined
        ? []
        : [{ path, code: 'impossible-fault', expected: 'a fault that can be done to this message', found: complaint }]
    }),
  )
}

function alternativeFindings(alternative: Alternative, at: Path, placed: Placed, words: Words): readonly Finding[] {
  const outcomes = outcomesOf(alternative)
  const [outcome, ...more] = outcomes
  if (!outcome || more.length > 0)
    return [
      {
        path: at,
        code: 'not-one-outcome',
        expected: 'exactly one outcome',
        found: outcomes.map(({ name }) => name).join(', ') || 'none',
      },
    ]
  const { name, matcher } = outcome
  const message = Object.hasOwn(words.messages, name) ? words.messages[name] : undefined
  if (message) return fieldFindings(words, message.fields, matcher, [...at, name], true)
  const own = placed.view.is === 'do' ? (words.steps[placed.view.step.do]?.outcomes ?? []) : []
  const word = Object.hasOwn(words.outcomes, name) ? words.outcomes[name] : undefined
  if (word) return literalFindings(word.literals, matcher, [...at, name])
  if (own.includes(name)) return []
  const known = [...own, ...Object.keys(words.outcomes), ...Object.keys(words.messages)]
  return [
    {
      path: [...at, name],
      part: 'key',
      code: 'unknown-outcome',
      expected: 'a message or an outcome',
      found: name,
      ...didYouMean(name, known),
    },
  ]
}

function literalFindings(literals: readonly string[] | undefined, matcher: Value, at: Path): readonly Finding[] {
  if (literals === undefined) return []
  const written = isList(matcher) ? matcher : [matcher]
  return written.flatMap((literal) =>
    typeof literal !== 'string' || literal === 'any' || literal.startsWith('$') || literals.includes(literal)
      ? []
      : [
          {
            path: at,
            code: 'unknown-word',
            expected: 'one of the words of this outcome',
            found: literal,
            ...didYouMean(literal, literals),
          },
        ],
  )
}

/** Keys whose value may be a reference, and what has to stand behind it. */
const FORMS: readonly string[] = ['expect', 'never', 'wrong', 'damage', 'pace', 'within']

function referredForms(placed: Placed, sub: SubCase): readonly Finding[] {
  const fields = Object.entries(placed.view.step).filter(
    ([, value]) => typeof value === 'string' && value.startsWith('$'),
  )
  return fields.flatMap(([key, value]) => {
    const definition =
      key === 'expect' || key === 'never'
        ? 'alternatives'
        : key === 'send'
          ? 'messages'
          : FORMS.includes(key)
            ? key
            : undefined
    if (definition === undefined || !isValue(value)) return []
    return behind(sub, value, [...placed.at, key]).flatMap(({ value: meant, at }) =>
      partFindings(definition, meant).map((finding) => ({ ...finding, path: [...at, ...finding.path] })),
    )
  })
}
