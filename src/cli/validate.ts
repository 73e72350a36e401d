import { Command } from 'commander'
import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Value } from '../codec/value.ts'
import { isObject } from '../language/case.ts'
import { load } from '../language/load.ts'
import { inOrder, type Problem, renderProblem } from '../language/problem.ts'
import { errorsIn, loadClauses, loadSuite } from '../language/suites.ts'
import type { Words } from '../language/words.ts'
import { loadDeclaration } from '../engine/declaration.ts'
import { files, textOf } from './files.ts'
import { lackProblems, validator } from './meter.ts'
import { keyProblems } from './secrets.ts'
import { loadWords } from './suites.ts'
import { USAGE, usage } from './usage.ts'

export const validateCommand = (exit: (code: number) => void): Command =>
  new Command('validate')
    .description('check suites, declarations and simulated meters: schema and lint')
    .argument('<file...>', 'case files, folders of suites, declarations, simulated meters, secrets')
    .action(async (paths: readonly string[]) => {
      const { words } = await loadWords()
      const problems = (await Promise.all(paths.map((path) => problemsOf(path, words)))).flat()
      for (const problem of inOrder(problems)) process.stderr.write(`${renderProblem(problem, textOf(problem.file))}\n`)
      const errors = errorsIn(problems).length
      process.stdout.write(
        `${paths.length === 1 ? '1 file or folder' : `${paths.length} files or folders`} checked, ${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} remarks\n`,
      )
      exit(errors > 0 ? USAGE : 0)
    })

async function problemsOf(path: string, words: Words): Promise<readonly Problem[]> {
  const kind = kindOf(path)
  switch (kind.is) {
    case 'suite':
      return (await loadSuite(kind.folder, words)).problems.filter(
        (problem) => kind.only === undefined || basename(problem.file) === kind.only,
      )
    case 'clauses':
      return (await loadClauses(kind.folder)).problems
    case 'declaration': {
      const loaded = loadDeclaration(path, files, validator('meter'))
      if (loaded.ok) return [...lackProblems(loaded.value), ...keyProblems(loaded.value)]
      return loaded.failure.filter(({ code }) => code !== 'declaration' || !kind.part)
    }
    case 'simulated-meter':
    case 'secrets': {
      const source = load(path, textOf(path) ?? '')
      return source.ok ? validator(kind.is)(source.value) : source.failure
    }
    case 'broken':
      return kind.problems
    default:
      return kind satisfies never
  }
}

type Kind =
  | { readonly is: 'suite'; readonly folder: string; readonly only?: string }
  | { readonly is: 'clauses'; readonly folder: string }
  /** `part`: no ports, so others extend it. */
  | { readonly is: 'declaration'; readonly part: boolean }
  | { readonly is: 'simulated-meter' | 'secrets' }
  | { readonly is: 'broken'; readonly problems: readonly Problem[] }

/** What a file is, told by where it stands and what it holds. */
function kindOf(path: string): Kind {
  const folder = isFolder(path)
  if (basename(folder ? path : dirname(path)) === 'clauses')
    return { is: 'clauses', folder: folder ? path : dirname(path) }
  if (folder) return { is: 'suite', folder: path }
  const text = textOf(path)
  if (text === undefined) return usage(`${path} cannot be read`, 'Check the path and the rights of the file.')
  const source = load(path, text)
  if (!source.ok) return { is: 'broken', problems: source.failure }
  return kindBy(source.value.value, path)
}

function kindBy(value: Value, path: string): Kind {
  const has = (key: string): boolean => isObject(value) && key in value
  if (has('meter')) return { is: 'declaration', part: !has('ports') && !has('extends') }
  if (has('objects') && has('clock')) return { is: 'simulated-meter' }
  if (has('proves') || has('order') || has('id')) return { is: 'suite', folder: dirname(path), only: basename(path) }
  return { is: 'secrets' }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
