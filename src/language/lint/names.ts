import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import type { Placed } from './place.ts'
import type { Rule, Sub } from './rule.ts'
import { savesOf } from './saves.ts'
import { usesIn } from './uses.ts'

// Where names come from and where they are used: no reference that leads nowhere, none before it is saved, nothing that nobody reads.

/** Every reference and every path of a condition is known where it is used, and every name is used. */
export const namesKnown: Rule = ({ subs, words }) => {
  const uses = subs.flatMap((one) => usesIn(one, words))
  const used = new Set(uses.flatMap(({ sub, root }) => declaredAt(sub, root).map(key)))
  const declared = subs.flatMap(({ sub, steps }) => declarationsOf(sub, steps))
  return [
    ...uses.flatMap(({ findings }) => findings),
    ...declared
      .filter(({ path }) => !used.has(key(path)))
      .map(({ path, what, name }): Finding => ({
        path,
        part: 'key',
        code: 'unused',
        expected: `a ${what} that is used`,
        found: `${name}, which nobody reads`,
      })),
  ]
}

const key = (path: Path): string => JSON.stringify(path)

interface Declaration {
  readonly name: string
  readonly path: Path
  readonly what: 'value' | 'saved value' | 'axis'
}

function declarationsOf(sub: SubCase, steps: readonly Placed[]): readonly Declaration[] {
  return [
    ...Object.entries(sub.withAt).map(([name, path]): Declaration => ({ name, path, what: 'value' })),
    ...Object.keys(sub.matrix).map((name): Declaration => ({ name, path: [...sub.at.matrix, name], what: 'axis' })),
    ...steps.flatMap((placed) =>
      savesOf(placed).map(({ name, path }): Declaration => ({ name, path, what: 'saved value' })),
    ),
  ]
}

const declaredAt = ({ sub, steps }: Sub, root: string): readonly Path[] =>
  declarationsOf(sub, steps).flatMap(({ name, path }) => (name === root ? [path] : []))

/** A name that means two things would be read as the wrong one. */
export const namesApart: Rule = ({ subs, words }) =>
  subs.flatMap(({ sub, steps }) => {
    const saves = steps.flatMap(savesOf)
    return [
      ...Object.entries(sub.withAt)
        .filter(([name]) => Object.hasOwn(words.roots, name) || Object.hasOwn(sub.matrix, name))
        .map(([name, path]) => clash(name, path)),
      ...saves
        .filter(
          ({ name }) =>
            Object.hasOwn(words.roots, name) || Object.hasOwn(sub.matrix, name) || Object.hasOwn(sub.with, name),
        )
        .map(({ name, path }) => clash(name, path)),
    ]
  })

const clash = (name: string, path: Path): Finding => ({
  path,
  part: 'key',
  code: 'name-taken',
  expected: 'a name of its own',
  found: `${name}, which means something else here already`,
})
