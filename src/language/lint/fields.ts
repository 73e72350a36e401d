import type { Value } from '../../codec/value.ts'
import { isList, isObject } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { Path } from '../load.ts'
import { isOperator } from '../matchers.ts'
import { didYouMean } from '../suggest.ts'
import { type Fields, knows, namesIn, type Words } from '../words.ts'

/** Names of fields in what is sent (`matching` false) or in a matcher, against the fields that are known below `path`. */
export function fieldFindings(
  words: Words,
  fields: Fields,
  value: Value,
  at: Path,
  matching: boolean,
  path: readonly string[] = [],
): readonly Finding[] {
  if (fields === 'any') return []
  if (matching && isList(value))
    return value.flatMap((one, i) => fieldFindings(words, fields, one, [...at, i], matching, path))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]): readonly Finding[] => {
    const here = [...path, key]
    const place = [...at, key]
    if (knows(fields, here)) return fieldFindings(words, fields, inner, place, matching, here)
    const message = Object.hasOwn(words.messages, key) ? words.messages[key] : undefined
    if (message && path.length > 0) return fieldFindings(words, message.fields, inner, place, matching)
    if (matching && isOperator(key))
      return HOLDERS.includes(key) ? fieldFindings(words, fields, inner, place, matching, path) : []
    if (COMPUTED.includes(key) && path.length > 0 && (!matching || key === 'add' || key === 'smallest')) return []
    return [unknownField(fields, path, key, place)]
  })
}

/** Operators whose argument is a matcher of the same thing. */
const HOLDERS: readonly string[] = ['not', 'each', 'some']
/** Ways to say a value other than by itself: `{"add": [reference, n]}`, `{"smallest": […]}`, octets as they are, a value with its coding. */
const COMPUTED: readonly string[] = ['add', 'smallest', 'octets', 'value']

function unknownField(fields: Fields, path: readonly string[], key: string, at: Path): Finding {
  const levels = namesIn(fields).map((field) => field.split('.'))
  const known = [
    ...new Set(
      levels.filter((field) => path.every((name, i) => field[i] === name)).map((field) => field[path.length] ?? ''),
    ),
  ].filter((name) => name !== '')
  const expected =
    known.length === 0 ? 'no field' : known.length <= 12 ? `one of ${known.join(', ')}` : 'a field of the message'
  return { path: at, part: 'key', code: 'unknown-field', expected, found: key, ...didYouMean(key, known) }
}

/** A path such as `hdlc.control.n-r`: of a layer, of a message by its name, or of one of the messages in question. */
export function pathFindings(words: Words, messages: readonly string[], written: string, at: Path): readonly Finding[] {
  const names = written.split('.').map((name) => name.replace(/\[\d+\]$/, ''))
  const [first = '', ...rest] = names
  const layer = words.layers.find(({ name }) => name === first)
  const whole = Object.hasOwn(words.messages, first) ? words.messages[first] : undefined
  const own = messages.flatMap((name) =>
    Object.hasOwn(words.messages, name) ? [words.messages[name]?.fields ?? 'any'] : [],
  )
  if (
    written === '' ||
    (layer && knows(layer.fields, rest)) ||
    (whole && knows(whole.fields, rest)) ||
    own.some((fields) => knows(fields, names))
  )
    return []
  const candidates = [
    ...words.layers.flatMap(({ name, fields }) => [name, ...namesIn(fields).map((field) => `${name}.${field}`)]),
    ...messages.flatMap((name) => [name, ...namesIn(words.messages[name]?.fields ?? [])]),
  ]
  return [
    {
      path: at,
      code: 'unknown-path',
      expected: 'a layer or a message, and a field of it',
      found: written,
      ...didYouMean(written, candidates),
    },
  ]
}
