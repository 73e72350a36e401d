import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js'
import type { Value } from '../codec/value.ts'
import type { Finding } from './finding.ts'
import type { Path } from './load.ts'
import { bestOf, branchesOf, isObject, isSchema, keysOf, literalsOf, noForm, pointerOf, withHint } from './forms.ts'
import { phrase } from './phrase.ts'
import { shown } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** Values against one JSON Schema (2020-12). */
export interface Checker {
  /** What is wrong, in the reader's words, each thing once. `pointer`: a part of the schema, as `/$defs/step`; absent: the whole. */
  findings(value: Value, pointer?: string): readonly Finding[]
}

/**
 * Where a value must be one of several forms, ajv tells what is wrong with each of them. Here the form that was meant is chosen (by its type, by the keys
 * that make it what it is) and only what is wrong with that one is told.
 */
export function createChecker(root: AnySchemaObject): Checker {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    discriminator: true,
    // The schemas are the project's own: a test checks them, and a start need not.
    validateSchema: false,
    // Making shorter code of the schemas takes longer than running it does.
    code: { optimize: false },
    keywords: ['tsType'],
  })
  const id = typeof root.$id === 'string' ? root.$id : 'schema'
  ajv.addSchema(root, id)

  const errorsOf = (pointer: string, value: unknown): readonly ErrorObject[] => {
    const validate = ajv.getSchema(pointer === '' ? id : `${id}#${pointer}`)
    if (!validate) throw new Error(`${id} has no ${pointer}`)
    return validate(value) ? [] : [...(validate.errors ?? [])]
  }

  const findingsAt = (pointer: string, value: unknown, above: Path): readonly Finding[] => {
    const errors = errorsOf(pointer, value)
    const choices = errors.filter((error) => error.keyword === 'oneOf')
    const inside = (error: ErrorObject): boolean =>
      choices.some((choice) => choice !== error && isWithin(error.instancePath, choice.instancePath))
    const outermost = choices.filter(
      (choice) => !choices.some((other) => other !== choice && isAbove(other.instancePath, choice.instancePath)),
    )
    return [
      ...errors
        .filter((error) => error.keyword !== 'oneOf' && !inside(error))
        .flatMap((error) => findingOf(error, value, above)),
      ...outermost
        .filter((choice, i) => outermost.findIndex((other) => other.instancePath === choice.instancePath) === i)
        .flatMap((choice) => meant(choice, value, above)),
    ]
  }

  const meant = (choice: ErrorObject, value: unknown, above: Path): readonly Finding[] => {
    const path = pathOf(choice.instancePath, value)
    const at = [...above, ...path]
    const branches = branchesOf(root, pointerOf(root, choice.parentSchema ?? {}) ?? '')
    const best = bestOf(branches, choice.data)
    const [only] = best
    if (!only || best.length > 1) return [noForm(branches, choice.data, at)]
    const keys = branches.flatMap(({ schema }) => keysOf(schema))
    const said = findingsAt(only.pointer, choice.data, at).map((finding) => withHint(finding, at, keys))
    return said.length > 0 ? said : [noForm(branches, choice.data, at)]
  }

  return { findings: (value, pointer = '') => findingsAt(pointer, value, []) }
}

function findingOf(error: ErrorObject, value: unknown, above: Path): readonly Finding[] {
  const { keyword, parentSchema = {}, data, propertyName } = error
  const params = error.params as Readonly<Record<string, unknown>>
  const path = [...above, ...pathOf(error.instancePath, value)]
  if (keyword === 'propertyNames' || keyword === 'if') return []
  if (propertyName !== undefined)
    return [
      {
        path: [...path, propertyName],
        part: 'key',
        code: 'bad-name',
        expected: phrase(parentSchema),
        found: shown(propertyName),
      },
    ]
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty'])
    const known = keysOf(parentSchema)
    return [
      {
        path: [...path, key],
        part: 'key',
        code: 'unknown-key',
        expected: known.length > 0 ? known.join(', ') : 'no key',
        found: shown(key),
        ...didYouMean(key, known),
      },
    ]
  }
  if (keyword === 'required')
    return [
      {
        path,
        code: 'missing-key',
        expected: `the key ${shown(params['missingProperty'])}`,
        found: isObject(data) ? `only ${Object.keys(data).join(', ') || 'an empty object'}` : shown(data),
      },
    ]
  const words = literalsOf(parentSchema)
  return [
    {
      path,
      code: CODES[keyword] ?? 'bad-value',
      expected: phrase(parentSchema, keyword),
      found: shown(data),
      ...(typeof data === 'string' ? didYouMean(data, words) : {}),
    },
  ]
}

const CODES: Readonly<Record<string, string>> = {
  type: 'wrong-type',
  enum: 'unknown-word',
  const: 'unknown-word',
  uniqueItems: 'repeated',
}

/** JSON pointer of an instance → keys and indexes. */
function pathOf(pointer: string, value: unknown): Path {
  let here = value
  return pointer
    .split('/')
    .slice(1)
    .map((piece) => {
      const key = piece.replace(/~1/g, '/').replace(/~0/g, '~')
      const index = Array.isArray(here) ? Number(key) : key
      here = isSchema(here) ? here[key] : undefined
      return index
    })
}

const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`)
const isAbove = (above: string, path: string): boolean => path.startsWith(`${above}/`)
