import { fail, ok, type Result } from './value.ts'
import { locate, nearestNames, segments } from './path.ts'
import { joinPath, type Draft } from './tree.ts'
import type { DamageFailure } from './operator.ts'
import type { Kind } from './shape.ts'

/** A field of a recorded message, and what lies around it. */
export interface Place {
  readonly draft: Draft
  readonly name: string
  readonly kind: Kind
  readonly path: string
  readonly depth: number
  readonly above: Draft
  below(): readonly Place[]
}

const placesIn = (above: Draft, path: string, depth: number): readonly Place[] =>
  above.children.map((draft) => {
    const { name, kind } = draft
    const own = joinPath(path, name)
    return {
      draft,
      name,
      kind,
      depth,
      above,
      path: own,
      below: () => placesIn(draft, kind === 'field' ? own : path, depth + 1),
    }
  })

/** The one field of a recorded message that a path names. */
export function find(root: Draft, path: string): Result<Place, DamageFailure> {
  const found = [...new Map(locate(placesIn(root, '', 1), path).map((place) => [place.draft, place])).values()]
  const [only, ...more] = found
  if (only && more.length === 0) return ok(only)
  const candidates = found.map((place) => place.path)
  if (only) return fail({ is: 'ambiguous', path, expected: 'one field', found: `${found.length}`, candidates })
  const names = namesBelow(root)
  const wrong = segments(path).find((name) => !names.includes(name)) ?? path
  return fail({ is: 'no-such-field', path, expected: 'a field', found: wrong, candidates: nearestNames(wrong, names) })
}

const namesBelow = (draft: Draft): readonly string[] =>
  draft.children.flatMap((child) => [child.name, ...namesBelow(child)])
