// What an instance takes from the declaration: the claims that it rests on.
import type { Value } from '../codec/value.ts'
import { pathsAsked } from '../language/conditions.ts'
import type { SubCase } from '../language/instances.ts'
import type { Row } from '../language/matrix.ts'
import { referencesIn } from '../language/references.ts'
import { isObject } from '../language/case.ts'
import type { Given, Whose } from './vocabulary.ts'

/** A client at a logical device, and how far up it goes there. */
export interface Met {
  readonly whose: Whose
  readonly given: Given
}

/** Where the rows of an axis stand in the declaration. */
const PLACES: Readonly<Record<string, string>> = { client: 'testing.clients', device: 'devices' }

/** A path as suites write it → where it stands in the declaration: `client.conformance` → `testing.clients.reader.conformance`. */
export function declaredPath([root = '', ...rest]: readonly string[], rows: Readonly<Record<string, Value>>): string {
  const row = rows[root]
  const name = isObject(row) ? row['name'] : undefined
  const place = PLACES[root]
  return [...(place !== undefined && typeof name === 'string' ? [place, name] : [root]), ...rest].join('.')
}

/** All paths that its steps, connections and conditions lead to, and whom it meets. */
export function restsOf(one: SubCase, row: Row, met: readonly Met[]): readonly string[] {
  const asked = one.applies.flatMap((condition) => pathsAsked(condition).map(({ path }) => path))
  return [
    ...new Set([...asked, ...usedBy(one, row)].map((path) => declaredPath(path, row.given))),
    ...met.flatMap((each) => metOn(each)),
  ]
}

type Reference = readonly string[]

/** What its steps and connections lead to; an axis hides what is written under its name. */
export function usedBy(one: SubCase, row: Row): readonly Reference[] {
  const written = Object.entries(one.with ?? {}).filter(([name]) => !Object.hasOwn(one.matrix, name))
  return followed(referencesOf(one), { ...Object.fromEntries(written), ...row.written }, new Set())
}

const known = new WeakMap<SubCase, readonly Reference[]>()

/** Those that are written in its steps and connections: the same for each of its rows. */
function referencesOf(one: SubCase): readonly Reference[] {
  const before = known.get(one)
  if (before !== undefined) return before
  const found = referencesIn([one.blocks, one.given, one.connections]).map(({ reference }) => reference)
  known.set(one, found)
  return found
}

/** References, and what those lead to that name what was written. */
const followed = (
  references: readonly Reference[],
  written: Readonly<Record<string, Value>>,
  seen: Set<string>,
): readonly Reference[] =>
  references.flatMap((reference) => {
    const [root = ''] = reference
    if (!Object.hasOwn(written, root)) return [reference]
    if (seen.has(root)) return []
    seen.add(root)
    return followed(
      referencesIn(written[root]).map((each) => each.reference),
      written,
      seen,
    )
  })

/** Nobody is met before there is a link; a link by itself needs an address, and any client. */
function metOn({ whose: { client, device }, given }: Met): readonly string[] {
  const opens = given.rung === 'association' || given.rung === 'pending'
  const named = given.client !== undefined || given.device !== undefined
  if (!opens && !named && given.rung !== 'ndm' && given.rung !== 'link') return []
  return [`devices.${device}`, ...(opens || given.client !== undefined ? [`testing.clients.${client}`] : [])]
}
