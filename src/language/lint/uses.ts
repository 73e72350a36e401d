import { pathsAsked } from '../conditions.ts'
import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Path } from '../load.ts'
import { isEach, isRange } from '../matrix.ts'
import { referencesIn } from '../references.ts'
import type { Condition } from '../suite.generated.ts'
import type { Words } from '../words.ts'
import type { Sub } from './rule.ts'
import { savesOf } from './saves.ts'
import { pathKnown, type Scope, writtenAs } from './scope.ts'

/** A name that is used, by its root, and what is wrong with the path. */
export interface Use {
  readonly sub: Sub
  readonly root: string
  readonly findings: readonly Finding[]
}

/** All uses of names in a sub-case, with what is wrong with each. */
export function usesIn(one: Sub, words: Words): readonly Use[] {
  const { sub, steps } = one
  const saved = new Set<string>()
  const scope: Scope = {
    sub,
    words,
    saved,
    later: new Set(steps.flatMap((placed) => savesOf(placed).map(({ name }) => name))),
  }
  const uses: Use[] = []
  const add = (value: unknown, at: Path): void => {
    for (const { reference, at: inside } of referencesIn(value, [...at]))
      uses.push(...follow(one, reference, inside, scope, []))
  }
  const ask = (condition: Condition, at: Path): void => {
    for (const { path, at: inside } of pathsAsked(condition, [...at]))
      uses.push({ sub: one, root: path[0] ?? '', findings: pathKnown(path, inside, scope) })
  }
  for (const { condition, at } of conditionsOf(sub)) ask(condition, at)
  for (const claim of sub.claim) {
    const path = claim.split('.')
    uses.push({ sub: one, root: path[0] ?? '', findings: pathKnown(path, sub.at.claim, scope) })
  }
  for (const [name, axis] of Object.entries(sub.matrix))
    if (isEach(axis) || isRange(axis)) add(isEach(axis) ? axis.of : axis, [...sub.at.matrix, name])
  add(sub.given, sub.at.given)
  add(sub.connections, sub.at.connections)
  for (const placed of steps) {
    add(placed.view.step, placed.at)
    for (const { name } of savesOf(placed)) saved.add(name)
  }
  return uses
}

function conditionsOf(sub: SubCase): readonly { readonly condition: Condition; readonly at: Path }[] {
  const own = sub.applies.map((condition, i) => ({ condition, at: sub.appliesAt[i] ?? [] }))
  const where = Object.entries(sub.matrix).flatMap(([name, axis]) =>
    isEach(axis) && axis.where ? [{ condition: axis.where, at: [...sub.at.matrix, name, 'where'] }] : [],
  )
  return [...own, ...where]
}

/** A use of a name, and the uses in what it stands for. */
function follow(one: Sub, path: readonly string[], at: Path, scope: Scope, open: readonly string[]): readonly Use[] {
  const [root = ''] = path
  const use: Use = { sub: one, root, findings: pathKnown(path, at, scope) }
  const written = open.includes(root) ? [] : writtenAs(scope.sub, root)
  return [
    use,
    ...written.flatMap((value) =>
      referencesIn(value).flatMap(({ reference }) => follow(one, reference, at, scope, [...open, root])),
    ),
  ]
}
