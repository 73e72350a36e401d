import { isObject } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import { didYouMean } from '../suggest.ts'
import type { Words } from '../words.ts'
import { pathFindings } from './fields.ts'
import { namesSent } from './messages.ts'
import type { Placed } from './place.ts'
import { forEachStep } from './rule.ts'
import { unknownName } from './scope.ts'

/** What a step saves is there to be saved. */
export const savesKnown = forEachStep((placed, words, sub) =>
  savesOf(placed).flatMap(({ written, path }) => savable(placed, sub, written, path, words)),
)

/** Names that a step saves, and what it saves under them. */
export function savesOf({
  view,
  at,
}: Placed): readonly { readonly name: string; readonly written: string; readonly path: Path }[] {
  const save = 'save' in view.step && isObject(view.step.save) ? view.step.save : {}
  return Object.entries(save).map(([name, written]) => ({
    name,
    written: String(written),
    path: [...at, 'save', name],
  }))
}

/** What `save` takes: of what was sent or came, of the exchange, or an outcome of the step. */
function savable(
  { view, at, expect }: Placed,
  sub: SubCase,
  written: string,
  path: Path,
  words: Words,
): readonly Finding[] {
  const [first = '', ...rest] = written.split('.')
  const outcomes = expect.flatMap((list) =>
    list.flatMap(({ alternative }) =>
      Object.keys(alternative).filter(
        (name) => Object.hasOwn(words.messages, name) || Object.hasOwn(words.outcomes, name),
      ),
    ),
  )
  const word = view.is === 'do' && Object.hasOwn(words.steps, view.step.do) ? words.steps[view.step.do] : undefined
  const own = [...(word?.outcomes ?? []), ...(word?.saves ?? []), ...outcomes]
  if (own.includes(first)) return []
  if (first === 'exchange')
    return rest.length === 0 || words.layers.some(({ name }) => name === rest[0])
      ? []
      : [
          unknownName(
            [first, ...rest],
            path,
            words.layers.map(({ name }) => `exchange.${name}`),
          ),
        ]
  if (first === 'sent')
    return pathFindings(
      words,
      view.is === 'send' ? namesSent(view.step, sub, at) : Object.keys(words.messages),
      rest.join('.'),
      path,
    )
  if (first === 'got')
    return pathFindings(words, view.is === 'do' ? Object.keys(words.messages) : outcomes, rest.join('.'), path)
  return [
    {
      path,
      code: 'unknown-reference',
      expected: 'sent…, got…, exchange… or an outcome of the step',
      found: written,
      ...didYouMean(written, [...own, 'sent', 'got', 'exchange']),
    },
  ]
}
