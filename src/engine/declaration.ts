import type { Result, Value } from '../codec/value.ts'
import { fail, ok } from '../codec/value.ts'
import { canonicalHash } from '../language/canonical.ts'
import { load, type Path, type Source } from '../language/load.ts'
import type { Problem } from '../language/problem.ts'
import { isObject } from '../language/case.ts'
import { lookup } from '../language/references.ts'
import type { MeterDeclaration } from './declaration.generated.ts'
import { contradictionIn, type Contradiction } from './declared-times.ts'
import { withDefaults } from './declaration-defaults.ts'
import type { Tolerance } from './vocabulary.ts'

/** A declaration with all that it extends laid under it and all defaults filled in. */
export interface Declaration {
  readonly file: string
  readonly meter: string
  readonly title: string
  readonly hash: string
  /** The whole as plain JSON: what `$supports`, `$testing`, `$port` … read. */
  readonly value: Value
  readonly content: MeterDeclaration
  /** Paths that nobody declared → the value that is assumed (the report tells them). */
  readonly assumed: Readonly<Record<string, Value>>
  /** Files named in it, relative to the file that names them. */
  readonly simulated?: string
  readonly secrets?: string
  /** Where something stands, in the nearest file that says it, or says the beginning of its path. */
  readonly placeOf: (path: Path) => Pick<Problem, 'file' | 'line' | 'column'>
}

/** Gives the text of a file, or undefined; `resolve` makes a name in a file a path. I/O is the caller's. */
export interface Files {
  read(file: string): string | undefined
  resolve(from: string, name: string): string
}

export type Validate = (source: Source) => readonly Problem[]

/** Reads a declaration and what it extends, checks each against the schema, and fills in what is not declared. */
export function loadDeclaration(
  file: string,
  files: Files,
  validate: Validate,
): Result<Declaration, readonly Problem[]> {
  const chain = chainOf(file, files, validate, [])
  if (!chain.ok) return chain
  const merged = chain.value.reduceRight<Value>((below, { source }) => laid(source.value, below), {})
  if (!isObject(merged)) return fail([problemAt(chain.value[0]?.source, file, 'an object', 'something else')])
  const { value, assumed } = withDefaults(merged)
  // Each file of the chain fits the schema, and laying objects over one another keeps them fitting.
  const content = value as unknown as MeterDeclaration
  const missing = missingParts(content)
  if (missing)
    return fail([
      problemAt(
        chain.value[0]?.source,
        file,
        missing,
        'nothing',
        'A declaration that is run needs it; a type that others extend may leave it out.',
      ),
    ])
  const contradiction = contradictionIn(content)
  if (contradiction) return fail([contradictionAt(chain.value, file, contradiction)])
  const named = (key: 'simulated' | 'secrets'): string | undefined => {
    const owner = chain.value.find(({ source }) => isObject(source.value) && typeof source.value[key] === 'string')
    const name = owner && isObject(owner.source.value) ? owner.source.value[key] : undefined
    return owner && typeof name === 'string' ? files.resolve(owner.file, name) : undefined
  }
  const simulated = named('simulated')
  const secrets = named('secrets')
  return ok({
    file,
    meter: content.meter,
    title: content.title ?? content.meter,
    hash: canonicalHash(value),
    value,
    content,
    assumed,
    ...(simulated === undefined ? {} : { simulated }),
    ...(secrets === undefined ? {} : { secrets }),
    placeOf: (path) => placeIn(chain.value, file, path),
  })
}

interface Link {
  readonly file: string
  readonly source: Source
}

/** The file, then what it extends, then what that extends … */
function chainOf(
  file: string,
  files: Files,
  validate: Validate,
  seen: readonly string[],
): Result<readonly Link[], readonly Problem[]> {
  const text = files.read(file)
  if (text === undefined)
    return fail([
      problemAt(undefined, file, 'a file that can be read', 'none', 'Check the path and the rights of the file.'),
    ])
  const loaded = load(file, text)
  if (!loaded.ok) return loaded
  const problems = validate(loaded.value)
  if (problems.length > 0) return fail(problems)
  const value = loaded.value.value
  const link: Link = { file, source: loaded.value }
  const base = isObject(value) ? value['extends'] : undefined
  if (typeof base !== 'string') return ok([link])
  const below = files.resolve(file, base)
  if (below === file || seen.includes(below))
    return fail([
      {
        ...problemAt(loaded.value, file, 'a declaration that does not extend itself', base),
        ...loaded.value.positionOf(['extends']),
      },
    ])
  const rest = chainOf(below, files, validate, [...seen, file])
  return rest.ok ? ok([link, ...rest.value]) : rest
}

/** Objects are laid over one another key by key; everything else replaces what lies below. */
function laid(over: Value, below: Value): Value {
  if (!isObject(over) || !isObject(below)) return over
  const result: Record<string, Value> = { ...below }
  for (const [key, value] of Object.entries(over)) result[key] = key in below ? laid(value, below[key] ?? null) : value
  return result
}

/** Where the nearest file of the chain says it; defaults stand nowhere. */
function placeIn(chain: readonly Link[], file: string, path: Path): Pick<Problem, 'file' | 'line' | 'column'> {
  const says = chain.find(({ source }) => lookup({ '': source.value }, ['', ...path.map(String)]).ok)
  if (says === undefined && path.length > 0) return placeIn(chain, file, path.slice(0, -1))
  return { file: says?.file ?? file, ...(says?.source.positionOf([...path]) ?? { line: 1, column: 1 }) }
}

function contradictionAt(chain: readonly Link[], file: string, { path, expected, found }: Contradiction): Problem {
  return {
    ...placeIn(chain, file, path),
    code: 'times',
    expected,
    found,
    hint: 'Declare the time that the meter really takes to answer (responseMs), or the time-out that it really has.',
  }
}

const missingParts = (content: MeterDeclaration): string | undefined =>
  content.ports === undefined
    ? '"ports": how the meter is reached'
    : content.devices === undefined || Object.keys(content.devices).length === 0
      ? '"devices": at least one logical device'
      : content.supports === undefined
        ? '"supports": what the meter claims'
        : content.testing?.clients === undefined || Object.keys(content.testing.clients).length === 0
          ? '"testing.clients": at least one client'
          : undefined

const problemAt = (
  source: Source | undefined,
  file: string,
  expected: string,
  found: string,
  hint?: string,
): Problem => ({
  file,
  ...(source?.positionOf([]) ?? { line: 1, column: 1 }),
  code: 'declaration',
  expected,
  found,
  ...(hint === undefined ? {} : { hint }),
})

/** The timing that holds on one port: the port's own values over those of the meter. */
export function timingOf(declaration: Declaration, port: string): { readonly [name: string]: Value } {
  const common = declaration.content.testing?.timing ?? {}
  const own = declaration.content.ports?.[port]?.timing ?? {}
  return { ...common, ...own }
}

/** Is the port's line one where noise is to be expected? */
export function isNoisy(declaration: Declaration, port: string): boolean {
  const { url = '', line } = declaration.content.ports?.[port] ?? {}
  if (url === 'simulated') return false
  const kind = typeof line === 'object' ? line.kind : line
  return kind === 'serial' || /^(serial:|rfc2217:|udp:)/.test(url)
}

/** G13: default 10 % + 16 ms on a real line, 0 on the memory line. */
export function toleranceOf(declaration: Declaration, port: string): Tolerance {
  const { url = '', line } = declaration.content.ports?.[port] ?? {}
  const declared = typeof line === 'object' ? line : {}
  const real = url !== 'simulated'
  return { percent: declared.tolerancePercent ?? (real ? 10 : 0), plusMs: declared.toleranceMs ?? (real ? 16 : 0) }
}
