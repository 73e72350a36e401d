import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import { didYouMean } from '../suggest.ts'
import type { Words } from '../words.ts'
import type { Placed } from './place.ts'
import type { Rule, Sub } from './rule.ts'

/** With `connections` every step that talks says `on` which; with `given` there is only one and nobody says it. All of them are used. */
export const connectionsSaid: Rule = ({ subs, words }) => {
  const used = new Set(subs.flatMap((one) => connectionsUsed(one).map((name) => key(one.sub, name))))
  return subs.flatMap(({ sub, steps }) => [
    ...standing(sub),
    ...steps.flatMap((placed) => onSaid(placed, sub, words)),
    ...Object.entries(sub.connections ?? {}).flatMap(([name, connection]) => [
      ...(used.has(key(sub, name)) ? [] : [unusedConnection(name, [...sub.at.connections, name])]),
      ...(typeof connection === 'object' && 'over' in connection
        ? namedConnection(sub, connection.over, [...sub.at.connections, name, 'over'])
        : []),
    ]),
  ])
}

const key = (sub: SubCase, name: string): string => JSON.stringify([...sub.at.connections, name])

function connectionsUsed({ sub, steps }: Sub): readonly string[] {
  const over = Object.values(sub.connections ?? {}).flatMap((connection) =>
    typeof connection === 'object' && 'over' in connection && connection.over !== undefined ? [connection.over] : [],
  )
  return [...over, ...steps.flatMap(({ view }) => [view.step.on ?? '', view.is === 'send' ? (view.step.as ?? '') : ''])]
}

const unusedConnection = (name: string, path: Path): Finding => ({
  path,
  part: 'key',
  code: 'unused',
  expected: 'a connection that is used',
  found: `${name}, on which nothing happens`,
})

function standing(sub: SubCase): readonly Finding[] {
  if ((sub.given === undefined) !== (sub.connections === undefined)) return []
  const path = sub.subtest === undefined ? [] : ['subtests', sub.subtest]
  return [
    {
      path,
      code: 'no-given',
      expected: 'either given or connections',
      found: sub.given === undefined ? 'neither' : 'both',
    },
  ]
}

function onSaid({ view, at }: Placed, sub: SubCase, words: Words): readonly Finding[] {
  const { on } = view.step
  const as = view.is === 'send' ? view.step.as : undefined
  return [
    ...namedConnection(sub, on, [...at, 'on']),
    ...namedConnection(sub, as, [...at, 'as']),
    ...(sub.connections !== undefined && on === undefined && talks(view, words)
      ? [
          {
            path: at,
            code: 'on-missing',
            expected: `on: ${Object.keys(sub.connections).join(', ')}`,
            found: 'a step that does not say on which connection',
          },
        ]
      : []),
  ]
}

function talks(view: Placed['view'], words: Words): boolean {
  switch (view.is) {
    case 'send':
    case 'listen':
      return true
    case 'do':
      return words.steps[view.step.do]?.connection ?? false
    case 'wait':
      return view.step.never !== undefined
    case 'check':
    case 'require':
      return false
  }
}

function namedConnection(sub: SubCase, name: string | undefined, path: Path): readonly Finding[] {
  const names = Object.keys(sub.connections ?? {})
  if (name === undefined || names.includes(name)) return []
  const expected = names.length === 0 ? 'no name: there is one connection only' : names.join(', ')
  return [{ path, code: 'unknown-connection', expected, found: name, ...didYouMean(name, names) }]
}
