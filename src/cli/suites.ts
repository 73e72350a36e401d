import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Clause } from '../language/clause.generated.ts'
import { errorsIn, loadClauses, loadSuite, type LoadedSuite } from '../language/suites.ts'
import { nearest } from '../language/suggest.ts'
import type { Words } from '../language/words.ts'
import { wordsWith } from '../vocabulary/words/words.ts'
import { defects } from '../simulator/defects/index.ts'
import { HOME, textOf } from './files.ts'
import { refuse, usage } from './usage.ts'

/** The built-in suites stand in the order of the layers; what a user adds comes after them. */
const LAYERS = [
  'declaration',
  'sign-on',
  'hdlc',
  'wrapper',
  'association',
  'xdlms',
  'block-transfer',
  'selective-access',
  'access-rights',
  'cosem',
  'security',
  'security-posture',
  'robustness',
]

export interface ChosenSuites {
  readonly suites: readonly LoadedSuite[]
  readonly clauses: Readonly<Record<string, Clause>>
  readonly words: Words
}

/** Suites by name (`hdlc`), by folder, or one case by its file; none: all built-in ones. Anything wrong in them is refused with its place. */
export async function chooseSuites(names: readonly string[]): Promise<ChosenSuites> {
  const { clauses, words } = await loadWords()
  const wanted = names.length === 0 ? builtIn().map(placeOf) : names.map(placeOf)
  const suites: LoadedSuite[] = []
  for (const { folder, only } of wanted) {
    const suite = await loadSuite(folder, words)
    const errors = errorsIn(suite.problems)
    if (errors.length > 0) refuse(errors, textOf)
    suites.push(
      only === undefined ? suite : { ...suite, cases: suite.cases.filter((one) => basename(one.file) === only) },
    )
  }
  return { suites, clauses, words }
}

/** The clause catalogue, and all words that a suite may use. */
export async function loadWords(): Promise<{
  readonly clauses: Readonly<Record<string, Clause>>
  readonly words: Words
}> {
  const { clauses, problems } = await loadClauses(join(HOME, 'suites', 'clauses'))
  const errors = errorsIn(problems)
  if (errors.length > 0) refuse(errors, textOf)
  const named = new Map(defects.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id])))
  return { clauses, words: wordsWith({ clauses: new Set(Object.keys(clauses)), defects: named }) }
}

/** Names of the built-in suites, in the order in which they run. */
export function builtIn(): readonly string[] {
  const place = (name: string): number => (LAYERS.includes(name) ? LAYERS.indexOf(name) : LAYERS.length)
  return readdirSync(join(HOME, 'suites'))
    .filter((name) => existsSync(join(HOME, 'suites', name, 'suite.json')))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

interface Place {
  readonly folder: string
  /** One case of it. */
  readonly only?: string
}

function placeOf(name: string): Place {
  for (const path of [name, join(HOME, 'suites', name)]) {
    if (!existsSync(path)) continue
    if (statSync(path).isFile()) return { folder: dirname(path), only: basename(path) }
    if (existsSync(join(path, 'suite.json'))) return { folder: path }
  }
  const near = nearest(name, builtIn())
  return usage(
    `there is no suite ${name}`,
    near === undefined
      ? `Suites: ${builtIn().join(', ')}; or the path of a folder with a suite.json.`
      : `did you mean ${near}?`,
  )
}
