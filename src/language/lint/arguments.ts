import type { Value } from '../../codec/value.ts'
import { argumentsOf, isList, isObject } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { Path } from '../load.ts'
import { argumentFindings } from '../schema.ts'
import type { CheckStep, DoStep } from '../suite.generated.ts'
import { didYouMean } from '../suggest.ts'
import type { StepWord, Words } from '../words.ts'
import { forEachStep } from './rule.ts'

/** Every word of `do` and every check is known, and so are their arguments. */
export const wordsKnown = forEachStep(({ view, at }, words) => {
  if (view.is === 'do') return doFindings(view.step, at, words)
  return view.is === 'check' ? checkFindings(view.step, at, words) : []
})

function doFindings(step: DoStep, at: Path, words: Words): readonly Finding[] {
  const word = Object.hasOwn(words.steps, step.do) ? words.steps[step.do] : undefined
  if (!word)
    return [
      {
        path: [...at, 'do'],
        code: 'unknown-step',
        expected: 'a word of the vocabulary',
        found: step.do,
        ...didYouMean(step.do, Object.keys(words.steps)),
      },
    ]
  const given = argumentsOf(step)
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !isOpen(value)))
  return argumentFindings(
    schemaWithout(
      word,
      Object.keys(given).filter((key) => isOpen(given[key])),
    ),
    known,
  ).map((finding) => ({ ...finding, path: [...at, ...finding.path] }))
}

/** Its value is known only in the run. */
const isOpen = (value: Value | undefined): boolean =>
  typeof value === 'string'
    ? value.startsWith('$')
    : isList(value)
      ? value.some(isOpen)
      : isObject(value) && ('of' in value || Object.values(value).some(isOpen))

const relaxed = new WeakMap<StepWord, Map<string, StepWord['arguments']>>()

/** The schema of a word's arguments, those left out that are references. They must be known all the same. */
function schemaWithout(word: StepWord, open: readonly string[]): StepWord['arguments'] {
  const schema = word.arguments
  const known = isObject(schema['properties']) ? schema['properties'] : {}
  const strange = open.filter((key) => !Object.hasOwn(known, key))
  const required = isList(schema['required'])
    ? schema['required'].filter((key) => typeof key !== 'string' || !open.includes(key))
    : []
  if (strange.length > 0 || open.length === 0) return schema
  const cache = relaxed.get(word) ?? new Map<string, StepWord['arguments']>()
  relaxed.set(word, cache)
  const key = open.join(' ')
  const made = cache.get(key) ?? { ...schema, required }
  cache.set(key, made)
  return made
}

/** A string names a check, `{check: argument}` gives it one, a list is of those: all must hold. Anything else is a matcher. */
function checkFindings(step: CheckStep, at: Path, words: Words): readonly Finding[] {
  const place = [...at, 'is']
  const judgements = isList(step.is)
    ? step.is.map((value, i) => ({ value, at: [...place, i] }))
    : [{ value: step.is, at: place }]
  return judgements.flatMap(({ value, at: here }) => {
    if (typeof value === 'string') return value.startsWith('$') ? [] : namedCheck(value, undefined, here, words)
    const [[name, argument] = ['', null], ...more] = isObject(value) ? Object.entries(value) : []
    return more.length === 0 && Object.hasOwn(words.checks, name)
      ? namedCheck(name, argument, [...here, name], words)
      : []
  })
}

function namedCheck(name: string, argument: Value | undefined, at: Path, words: Words): readonly Finding[] {
  const check = Object.hasOwn(words.checks, name) ? words.checks[name] : undefined
  if (!check)
    return [
      {
        path: at,
        code: 'unknown-check',
        expected: 'the name of a check',
        found: name,
        ...didYouMean(name, Object.keys(words.checks)),
      },
    ]
  const needs = check.argument !== undefined
  if (needs !== (argument !== undefined))
    return [
      {
        path: at,
        code: 'bad-argument',
        expected: needs ? `{"${name}": argument}` : 'no argument',
        found: needs ? 'none' : 'one',
      },
    ]
  if (argument === undefined || isOpen(argument) || !isObject(check.argument)) return []
  return argumentFindings(check.argument, argument).map((finding) => ({ ...finding, path: [...at, ...finding.path] }))
}
