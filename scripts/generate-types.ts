// Types of the suites from their schemas, so that they are never written twice: `node --import tsx scripts/generate-types.ts [--check]`.
import { readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { format, resolveConfig } from 'prettier'

const OUTPUTS = [
  { schema: 'schemas/suite.schema.json', types: 'src/language/suite.generated.ts' },
  { schema: 'schemas/meter.schema.json', types: 'src/engine/declaration.generated.ts' },
  { schema: 'schemas/clause.schema.json', types: 'src/language/clause.generated.ts' },
]

/** Where a schema says a type by its TypeScript name (`tsType`), the name is imported from here. */
const IMPORTS: Readonly<Record<string, string>> = { Value: "import type { Value } from '../codec/value.ts'" }

type Json = { [name: string]: unknown }
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

async function generate(schema: string, types: string): Promise<string> {
  const root: unknown = JSON.parse(await readFile(schema, 'utf8'))
  if (!isJson(root) || !isJson(root['$defs'])) throw new Error(`${schema}: expected an object with $defs`)
  const definitions = root['$defs']
  const named = Object.fromEntries(
    Object.entries(definitions).filter(([, definition]) => tsTypeOf(definition) === undefined),
  )
  const plain = inlined({ ...root, $defs: named }, definitions) as JSONSchema
  const options = { additionalProperties: false, unreachableDefinitions: true, bannerComment: '', format: false }
  const body = readonly(withoutOrigin(await compile(plain, schema, options)))
  const imports = Object.keys(IMPORTS).filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const head = `// Generated from ${schema} by scripts/generate-types.ts: change the schema, not this file.`
  const text = [head, ...imports.map((name) => IMPORTS[name]), '', body].join('\n')
  return format(text, { ...(await resolveConfig(types)), parser: 'typescript' })
}

const tsTypeOf = (schema: unknown): string | undefined =>
  isJson(schema) && typeof schema['tsType'] === 'string' ? schema['tsType'] : undefined

/** References to definitions that say their own type are replaced by that type: no alias for each kind of string. */
function inlined(schema: unknown, definitions: Json): unknown {
  if (Array.isArray(schema)) return schema.map((item) => inlined(item, definitions))
  if (!isJson(schema)) return schema
  const reference = schema['$ref']
  const definition = typeof reference === 'string' ? definitions[reference.replace('#/$defs/', '')] : undefined
  const tsType = tsTypeOf(schema) ?? tsTypeOf(definition)
  const description = schema['description'] ?? (isJson(definition) ? definition['description'] : undefined)
  if (tsType !== undefined) return { tsType, ...(description === undefined ? {} : { description }) }
  if (reference !== undefined) return { $ref: reference }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inlined(value, definitions)]))
}

/** The generator tells where each type was referenced; the schema tells it too. */
const withoutOrigin = (body: string): string =>
  body
    .replace(/( \*\n)? \* This interface was referenced by[^\n]*\n \* via the `[^\n]*\n/g, '')
    .replace(/\/\*\*\n \*\/\n/g, '')

/** Suites are values: nothing of them is ever changed. */
const readonly = (body: string): string => body.replace(/^( *)((?:\[k: string\]|"?[\w.-]+"?\??): )/gm, '$1readonly $2')

let stale = false
for (const { schema, types } of OUTPUTS) {
  const wanted = await generate(schema, types)
  if (!process.argv.includes('--check')) await writeFile(types, wanted)
  else if ((await readFile(types, 'utf8').catch(() => '')) !== wanted) {
    console.error(`${types} is not what ${schema} gives: run scripts/generate-types.ts`)
    stale = true
  }
}
process.exitCode = stale ? 1 : 0
