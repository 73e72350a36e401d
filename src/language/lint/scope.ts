import type { Value } from '../../codec/value.ts'
import { isList, isObject } from '../case.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import { isEach, isRange } from '../matrix.ts'
import { didYouMean, nearest } from '../suggest.ts'
import { type Fields, knows, namesIn, type Words } from '../words.ts'

/** The names that are known at one place of a sub-case. */
export interface Scope {
  readonly sub: SubCase
  readonly words: Words
  /** By the steps before. */
  readonly saved: ReadonlySet<string>
  /** Everything that is saved anywhere in the sub-case. */
  readonly later: ReadonlySet<string>
}

/** What the suite itself wrote under a name. */
export function writtenAs(sub: SubCase, root: string): readonly Value[] {
  const axis = sub.matrix[root]
  if (Object.hasOwn(sub.with, root)) return [sub.with[root] ?? null]
  return axis && !isEach(axis) && !isRange(axis) ? Object.values(axis) : []
}

/** Does a path lead somewhere here, as far as it can be told before the run? */
export function pathKnown(path: readonly string[], at: Path, scope: Scope): readonly Finding[] {
  const { sub, words, saved, later } = scope
  const [root = '', ...rest] = path
  const axis = sub.matrix[root]
  if (saved.has(root)) return []
  if (Object.hasOwn(sub.with, root)) return writtenKnown(sub.with[root] ?? null, path, rest, at)
  if (axis && isEach(axis)) return fieldKnown(words.axes[axis.each]?.fields ?? 'any', path, at, ['name'])
  if (axis && !isRange(axis))
    return Object.values(axis)
      .flatMap((value) => writtenKnown(value, path, rest, at))
      .slice(0, 1)
  if (axis) return rest.length === 0 ? [] : [unknownName(path, at, [])]
  if (later.has(root))
    return [
      {
        path: at,
        code: 'used-before-saved',
        expected: 'something saved by an earlier step',
        found: `$${root}, which is saved later`,
      },
    ]
  const word = Object.hasOwn(words.roots, root) ? words.roots[root] : undefined
  if (word) return fieldKnown(word.fields, path, at)
  const known = [...Object.keys(words.roots), ...Object.keys(sub.with), ...Object.keys(sub.matrix), ...later]
  const near = nearest(root, known)
  return [unknownName(path, at, near === undefined ? [] : [[near, ...rest].join('.')])]
}

function fieldKnown(
  fields: Fields,
  path: readonly string[],
  at: Path,
  more: readonly string[] = [],
): readonly Finding[] {
  const [root = '', ...rest] = path
  if (fields === 'any' || knows([...fields, ...more], rest)) return []
  return [
    unknownName(
      path,
      at,
      [...namesIn(fields), ...more].map((field) => `${root}.${field}`),
    ),
  ]
}

/** A path into what the suite wrote: as far as no reference stands on the way. */
function writtenKnown(value: Value, path: readonly string[], rest: readonly string[], at: Path): readonly Finding[] {
  let here: Value | undefined = value
  for (const [depth, name] of rest.entries()) {
    if (typeof here === 'string' && here.startsWith('$')) return []
    const next: Value | undefined =
      isObject(here) && Object.hasOwn(here, name) ? here[name] : isList(here) ? here[Number(name)] : undefined
    if (next === undefined)
      return [
        unknownName(
          path,
          at,
          isObject(here) ? Object.keys(here).map((field) => [...path.slice(0, depth + 1), field].join('.')) : [],
        ),
      ]
    here = next
  }
  return []
}

export function unknownName(path: readonly string[], at: Path, candidates: readonly string[]): Finding {
  const written = path.join('.')
  return {
    path: at,
    code: 'unknown-reference',
    expected: 'a name that is known here',
    found: written,
    ...didYouMean(written, candidates),
  }
}
