import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Value } from '../codec/value.ts'
import { canonicalHash } from './canonical.ts'
import { plain } from './case.ts'
import type { Clause } from './clause.generated.ts'
import { type Finding, problemAt } from './finding.ts'
import { type SubCase, subCasesOf } from './instances.ts'
import { lint } from './lint.ts'
import { load, type Source } from './load.ts'
import { inOrder, type Problem } from './problem.ts'
import { referencesIn } from './references.ts'
import { caseIn, clausesIn, suiteIn } from './schema.ts'
import type { Case } from './suite.generated.ts'
import { didYouMean } from './suggest.ts'
import type { Words } from './words.ts'

/** A folder of suites/ as it is run. Only cases without errors are in it; what is wrong with the others stands in `problems`. */
export interface LoadedSuite {
  readonly id: string
  readonly title: string
  /** In the order of suite.json. */
  readonly cases: readonly LoadedCase[]
  /** Of all files of the folder, remarks too, in the order of the files. */
  readonly problems: readonly Problem[]
  /** SHA-256 of the canonical content of suite.json and all cases, hex. */
  readonly hash: string
}

export interface LoadedCase {
  readonly file: string
  readonly case: Case
  readonly subCases: readonly SubCase[]
  readonly hash: string
}

export interface TextFile {
  readonly file: string
  readonly text: string
}

/** Problems that make a file unusable, remarks left out. */
export const errorsIn = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ remark }) => remark !== true)

/** Reads suites/<group>: suite.json and one case a file. */
export const loadSuite = async (folder: string, words: Words): Promise<LoadedSuite> =>
  suiteOf(folder, await jsonFiles(folder), words)

/** Reads suites/clauses: one file a book. A key stands in one book only. */
export async function loadClauses(
  folder: string,
): Promise<{ readonly clauses: Readonly<Record<string, Clause>>; readonly problems: readonly Problem[] }> {
  const clauses: Record<string, Clause> = {}
  const problems: Problem[] = []
  for (const { file, text } of await jsonFiles(folder)) {
    const source = load(file, text)
    const book = source.ok ? clausesIn(source.value) : source
    if (!source.ok || !book.ok) problems.push(...(book.ok ? [] : book.failure))
    else
      for (const [key, clause] of Object.entries(book.value)) {
        if (Object.hasOwn(clauses, key))
          problems.push(
            problemAt(source.value, {
              path: [key],
              part: 'key',
              code: 'repeated',
              expected: 'each clause in one book',
              found: `${key}, which stands in another book too`,
            }),
          )
        clauses[key] = clause
      }
  }
  return { clauses, problems: inOrder(problems) }
}

async function jsonFiles(folder: string): Promise<readonly TextFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => ({ file: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  )
}

/** The files of a folder → its suite. Pure. */
export function suiteOf(folder: string, files: readonly TextFile[], words: Words): LoadedSuite {
  const described = files.find(({ file }) => basename(file) === 'suite.json')
  const source = described && load(described.file, described.text)
  const suite = source?.ok ? suiteIn(source.value) : source
  const shared = suite?.ok ? (suite.value.with ?? {}) : {}
  const read = files.filter((file) => file !== described).map(({ file, text }) => readCase(file, text, words, shared))
  const found = read.flatMap(({ loaded }) => (loaded ? [loaded] : []))
  const order = suite?.ok ? suite.value.order : []
  const cases = [...found].sort((a, b) => rank(order, a.case.id) - rank(order, b.case.id))
  const own =
    source?.ok && suite?.ok
      ? suiteFindings(folder, suite.value, read, shared).map((finding) => problemAt(source.value, finding))
      : []
  return {
    id: suite?.ok ? suite.value.id : basename(folder),
    title: suite?.ok ? suite.value.title : basename(folder),
    cases: cases.filter((one) => errorsIn(read.find(({ file }) => file === one.file)?.problems ?? []).length === 0),
    problems: inOrder([
      ...own,
      ...(suite === undefined ? [noSuite(folder)] : suite.ok ? [] : suite.failure),
      ...read.flatMap(({ problems }) => problems),
    ]),
    hash: canonicalHash([source?.ok ? source.value.value : null, ...cases.map((one) => plain(one.case))]),
  }
}

const rank = (order: readonly string[], id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)

interface ReadCase {
  readonly file: string
  readonly source?: Source
  readonly loaded?: LoadedCase
  readonly problems: readonly Problem[]
}

function readCase(file: string, text: string, words: Words, shared: Readonly<Record<string, Value>>): ReadCase {
  const source = load(file, text)
  if (!source.ok) return { file, problems: source.failure }
  const found = caseIn(source.value)
  if (!found.ok) return { file, source: source.value, problems: found.failure }
  const loaded = {
    file,
    case: found.value,
    subCases: subCasesOf(found.value, shared),
    hash: canonicalHash(source.value.value),
  }
  return { file, source: source.value, loaded, problems: lint(source.value, found.value, words, shared) }
}

const noSuite = (folder: string): Problem => ({
  file: join(folder, 'suite.json'),
  line: 1,
  column: 1,
  code: 'no-suite',
  expected: 'id, title and order of the cases',
  found: 'no such file',
})

/** The order names each case of the folder, and only those; what is shared is used. */
function suiteFindings(
  folder: string,
  suite: { readonly id: string; readonly order: readonly string[] },
  read: readonly ReadCase[],
  shared: Readonly<Record<string, Value>>,
): readonly Finding[] {
  const files = read.map(({ file }) => basename(file, '.json'))
  const used = new Set(
    [...read.map(({ source }) => source?.value ?? null), ...Object.values(shared)].flatMap((value) =>
      referencesIn(value).map(({ reference }) => reference[0]),
    ),
  )
  return [
    ...(suite.id === basename(folder)
      ? []
      : [
          {
            path: ['id'],
            code: 'other-name',
            expected: `${basename(folder)}, as the folder is named`,
            found: suite.id,
          },
        ]),
    ...suite.order.flatMap((id, i): readonly Finding[] =>
      files.includes(id)
        ? []
        : [
            {
              path: ['order', i],
              code: 'no-such-case',
              expected: 'a case of the folder',
              found: id,
              ...didYouMean(id, files),
            },
          ],
    ),
    ...files.flatMap((id): readonly Finding[] =>
      suite.order.includes(id)
        ? []
        : [{ path: ['order'], code: 'not-in-order', expected: 'each case of the folder', found: `no ${id}` }],
    ),
    ...Object.keys(shared).flatMap((name): readonly Finding[] =>
      used.has(name)
        ? []
        : [
            {
              path: ['with', name],
              part: 'key',
              code: 'unused',
              expected: 'a value that a case uses',
              found: `${name}, which nobody reads`,
            },
          ],
    ),
  ]
}
