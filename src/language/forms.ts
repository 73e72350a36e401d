import type { Finding } from './finding.ts'
import type { Path } from './load.ts'
import { phrase } from './phrase.ts'
import { shown } from './problem.ts'
import { didYouMean } from './suggest.ts'

// The forms of a `oneOf`, and which of them was meant.

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown }

export interface Branch {
  readonly pointer: string
  readonly schema: Schema
}

/** The forms of a `oneOf`, with references followed and choices within choices laid flat. */
export function branchesOf(root: Schema, pointer: string): readonly Branch[] {
  const found = follow(root, pointer)
  if (typeof found.schema['$ref'] === 'string') return branchesOf(root, found.schema['$ref'].slice(1))
  const forms: unknown = found.schema['oneOf']
  return Array.isArray(forms) ? forms.flatMap((_, i) => branchesOf(root, `${found.pointer}/oneOf/${i}`)) : [found]
}

function follow(root: Schema, pointer: string): Branch {
  let schema: unknown = root
  for (const key of pointer.split('/').slice(1)) schema = isSchema(schema) ? schema[key] : undefined
  return { pointer, schema: isSchema(schema) ? schema : {} }
}

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Where in the schema this very object stands. */
export function pointerOf(root: unknown, wanted: object, here = ''): string | undefined {
  if (root === wanted) return here
  if (!isSchema(root)) return undefined
  for (const [key, inner] of Object.entries(root)) {
    const found = pointerOf(inner, wanted, `${here}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** The forms that fit the value best: those of its type; of objects, those with the most of their own keys in it. */
export function bestOf(branches: readonly Branch[], value: unknown): readonly Branch[] {
  const fitting = branches.filter(({ schema }) => fits(schema, value))
  if (!isObject(value)) return fitting.filter(({ schema }) => asReference(schema) === isReference(value))
  const marks = fitting.map(({ schema }) => requiredOf(schema).filter((key) => Object.hasOwn(value, key)).length)
  const most = Math.max(...marks)
  const open = fitting.filter(({ schema }) => requiredOf(schema).length === 0)
  return most > 0 ? fitting.filter((_, i) => marks[i] === most).slice(0, 1) : fitting.length === 1 ? fitting : open
}

const fits = (schema: Schema, value: unknown): boolean => {
  if (Array.isArray(schema['enum']) || 'const' in schema) return false
  const types: readonly unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return types.includes(type) || (type === 'number' && types.includes('integer'))
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const requiredOf = (schema: Schema): readonly string[] =>
  Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : []
const isReference = (value: unknown): boolean => typeof value === 'string' && value.startsWith('$')
const asReference = (schema: Schema): boolean =>
  typeof schema['pattern'] === 'string' && schema['pattern'].startsWith('^\\$')

/** None of the forms: they are named, with the word that was probably meant. */
export function noForm(branches: readonly Branch[], value: unknown, path: Path): Finding {
  const words = branches.flatMap(({ schema }) => [...requiredOf(schema), ...literalsOf(schema)])
  const expected = [...new Set(branches.map(({ schema }) => phrase(schema)))].join(' or ')
  const tried = isObject(value) ? Object.keys(value) : typeof value === 'string' ? [value] : []
  const hints = tried.map((word) => didYouMean(word, words)).find((said) => said.hint !== undefined)
  return { path, code: 'no-such-form', expected, found: shown(value), ...hints }
}

export const keysOf = (schema: Schema): readonly string[] =>
  isSchema(schema['properties']) ? Object.keys(schema['properties']) : []

/** A key that is like none of the form chosen may be like one of another form: a step without its verb looks like one that listens. */
export function withHint(finding: Finding, at: Path, keys: readonly string[]): Finding {
  if (finding.code !== 'unknown-key' || finding.hint !== undefined || finding.path.length !== at.length + 1)
    return finding
  return { ...finding, ...didYouMean(String(finding.path.at(-1)), keys) }
}

export const literalsOf = (schema: Schema): readonly string[] =>
  [schema['const'], ...(Array.isArray(schema['enum']) ? (schema['enum'] as readonly unknown[]) : [])].filter(
    (value) => typeof value === 'string',
  )
