import { messageView, outcomesOf, passes } from '../case.ts'
import { covers, isAny } from '../covers.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import { equal } from '../operators.ts'
import type { Alternative } from '../suite.generated.ts'
import { didYouMean } from '../suggest.ts'
import type { Words } from '../words.ts'
import { hasFault } from './control.ts'
import { messagesOf, namesSent } from './messages.ts'
import type { Expected, Placed } from './place.ts'
import { forEachStep, type Rule } from './rule.ts'

/** Each alternative means one thing, has a name where a companion profile may change what it means, and says why it is a remark. */
export const alternativesSaid = forEachStep(({ view, expect }) => {
  const clause = 'clause' in view.step ? view.step.clause : undefined
  return expect.flatMap((list) =>
    list.flatMap(({ alternative, at }, i): readonly Finding[] => {
      const { remark, fails, undecided, id } = alternative
      const meanings = Object.entries({ remark, fails, undecided }).flatMap(([name, text]) =>
        text === undefined ? [] : [name],
      )
      const twice = id !== undefined && list.slice(0, i).some((earlier) => earlier.alternative.id === id)
      return [
        ...(meanings.length > 1
          ? [
              {
                path: at,
                code: 'two-meanings',
                expected: 'one of remark, fails, undecided',
                found: meanings.join(' and '),
              },
            ]
          : []),
        ...(meanings.length > 0 && id === undefined
          ? [{ path: at, code: 'no-id', expected: `an id beside ${meanings.join(', ')}`, found: 'none' }]
          : []),
        ...(twice ? [{ path: [...at, 'id'], code: 'repeated', expected: 'an id of its own', found: id }] : []),
        ...(remark !== undefined &&
        alternative.clause === undefined &&
        alternative.ruling === undefined &&
        clause === undefined
          ? [
              {
                path: at,
                code: 'remark-without-reason',
                expected: 'a clause or a ruling beside remark',
                found: 'neither',
              },
            ]
          : []),
        ...(alternative.severity !== undefined && meanings.length === 0
          ? [
              {
                path: [...at, 'severity'],
                code: 'unused',
                expected: 'remark or fails beside severity',
                found: 'an alternative that simply passes',
              },
            ]
          : []),
      ]
    }),
  )
})

/** `after` names an alternative that an earlier step may have taken. */
export const afterKnown: Rule = ({ subs }) =>
  subs.flatMap(({ steps }) => {
    const known = new Set<string>()
    return steps.flatMap(({ expect }) => {
      const findings = expect.flatMap((list) =>
        list.flatMap(({ alternative, at }): readonly Finding[] =>
          alternative.after === undefined || known.has(alternative.after)
            ? []
            : [
                {
                  path: [...at, 'after'],
                  code: 'unknown-alternative',
                  expected: 'the id of an alternative of an earlier step',
                  found: alternative.after,
                  ...didYouMean(alternative.after, [...known]),
                },
              ],
        ),
      )
      for (const list of expect)
        for (const { alternative } of list) if (alternative.id !== undefined) known.add(alternative.id)
      return findings
    })
  })

/** First match wins: an alternative that an earlier one swallows would never be heard. */
export const alternativesReached = forEachStep(({ expect }, words) =>
  expect.flatMap((list) =>
    list.flatMap(({ alternative, at }, i): readonly Finding[] => {
      const earlier = list
        .slice(0, i)
        .findIndex((other) => other.alternative.after === undefined && swallows(other.alternative, alternative, words))
      return earlier < 0
        ? []
        : [
            {
              path: at,
              code: 'shadowed-alternative',
              expected: 'something that no alternative above takes',
              found: `what alternative ${earlier + 1} of the list takes already`,
            },
          ]
    }),
  ),
)

function swallows(first: Alternative, second: Alternative, words: Words): boolean {
  const [one] = outcomesOf(first)
  const [other] = outcomesOf(second)
  if (!one || !other) return false
  const word = Object.hasOwn(words.outcomes, one.name) ? words.outcomes[one.name] : undefined
  const all = one.matcher === true || isAny(one.matcher)
  if (one.name !== other.name) return all && (word?.covers?.includes(other.name) ?? false)
  return (
    word?.takes === 'duration' ||
    one.matcher === true ||
    equal(one.matcher, other.matcher) ||
    covers(one.matcher, other.matcher)
  )
}

/**
 * What else may come after a fault is decided by the case, not left to chance. The list is closed if
 * - its last alternative is a `fails`, an `undecided`, or a remark under a ruling (`{"refused": "any", "id": …, "remark": …, "ruling": …}`), or
 * - nothing but silence passes: a frame that must not be heard has no other right answer, or
 * - its first alternative is the normal answer to the message: a fault that must be borne.
 */
export const faultsClosed = forEachStep((placed, words, sub) => {
  const { view, at, expect } = placed
  if (view.is !== 'send' || !isNegative(placed, sub)) return []
  if (view.step.expect === undefined)
    return [{ path: at, code: 'no-expect', expected: 'expect beside a fault', found: 'none' }]
  const answers = namesSent(view.step, sub, at).flatMap((name) => words.messages[name]?.answers ?? [])
  return expect.flatMap((list): readonly Finding[] => {
    const last = list.at(-1)
    if (!last || isClosed(list, answers, words)) return []
    const hint =
      'end it with {"refused": "any", "id": "other-refusal", "remark": …, "ruling": "G8"}, or with what fails'
    return [
      {
        path: last.at,
        code: 'open-end',
        expected: 'a last alternative that says what any other reaction means',
        found: outcomesOf(last.alternative)[0]?.name ?? 'none',
        hint,
      },
    ]
  })
})

const isNegative = ({ view, at }: Placed, sub: SubCase): boolean =>
  view.is === 'send' &&
  (hasFault(view.step) ||
    messagesOf(view.step, sub, at).some(({ message }) => ['again', 'octets'].includes(messageView(message).is)))

function isClosed(list: Expected, answers: readonly string[], words: Words): boolean {
  const last = list.at(-1)?.alternative
  const first = list[0]?.alternative
  const onlySilence = list.every(
    ({ alternative }) =>
      !passes(alternative) || outcomesOf(alternative).every(({ name }) => words.outcomes[name]?.takes === 'duration'),
  )
  const borne = first !== undefined && passes(first) && outcomesOf(first).every(({ name }) => answers.includes(name))
  return !last || !passes(last) || (last.remark !== undefined && last.ruling !== undefined) || onlySilence || borne
}
