import type { Kind } from './shape.ts'

/** Anything with named parts below it: a recorded node, or a field of a shape. */
export interface Branch<B> {
  readonly name: string
  readonly kind: Kind
  /** It holds itself: a path goes deeper only by naming each level. */
  readonly recursive?: boolean
  below(): readonly B[]
}

/** `list[2].class-id` → `list`, `[2]`, `class-id`. */
export const segments = (path: string): readonly string[] => path.match(/\[[^\]]*\]|[^.[\]]+/g) ?? []

/**
 * What a path names below `roots`. The first name may lie at any depth, the others follow one directly below the other,
 * but for parts that may be left out. A path that fits from the top is taken before one that fits deeper down, and the
 * one that leaves out the least before the others; so `user-information.length` is the length of the outer TLV.
 */
export function locate<B extends Branch<B>>(roots: readonly B[], path: string): readonly B[] {
  const names = segments(path)
  if (names.length === 0) return []
  const anchored = nearest(descend(roots, names, 0))
  if (anchored.length > 0) return anchored
  return floating(roots, names)
}

interface Hit<B> {
  readonly at: B
  readonly skipped: number
}

function descend<B extends Branch<B>>(
  level: readonly B[],
  names: readonly string[],
  skipped: number,
): readonly Hit<B>[] {
  const [name, ...others] = names
  return level.flatMap((branch): readonly Hit<B>[] => {
    const here = matches(branch.name, name)
      ? others.length === 0
        ? [{ at: branch, skipped }]
        : descend(branch.below(), others, skipped)
      : []
    return branch.kind === 'field' ? here : [...here, ...descend(branch.below(), names, skipped + 1)]
  })
}

const matches = (name: string, wanted: string | undefined): boolean =>
  name === wanted || (name === '[n]' && wanted !== undefined && /^\[[1-9]\d*\]$/.test(wanted))

function nearest<B>(hits: readonly Hit<B>[]): readonly B[] {
  const least = Math.min(...hits.map((hit) => hit.skipped))
  return hits.filter((hit) => hit.skipped === least).map((hit) => hit.at)
}

function floating<B extends Branch<B>>(roots: readonly B[], names: readonly string[]): readonly B[] {
  const found = new Set<B>()
  const search = (level: readonly B[]): void => {
    for (const branch of level) {
      for (const hit of nearest(descend([branch], names, 0))) found.add(hit)
      if (branch.recursive !== true) search(branch.below())
    }
  }
  search(roots)
  return [...found]
}

/** The names that are most like a wrong one. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length] ?? 0
}
