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
  const used = [one.blocks, one.given ?? null, one.connections ?? null].flatMap((part) =>
    followed(part, { ...one.with, ...row.written }, new Set()),
  )
  return [
    ...new Set([...asked, ...used].map((path) => declaredPath(path, row.given))),
    ...met.flatMap((each) => metOn(each)),
  ]
}

/** References in what was written, and in what they lead to there. */
function followed(
  value: unknown,
  written: Readonly<Record<string, Value>>,
  seen: Set<string>,
): readonly (readonly string[])[] {
  return referencesIn(value).flatMap(({ reference }) => {
    const [root = ''] = reference
    if (!Object.hasOwn(written, root)) return [reference]
    if (seen.has(root)) return []
    seen.add(root)
    return followed(written[root], written, seen)
  })
}

/** Nobody is met before there is a link; a link by itself needs an address, and any client. */
function metOn({ whose: { client, device }, given }: Met): readonly string[] {
  const opens = given.rung === 'association' || given.rung === 'pending'
  const named = given.client !== undefined || given.device !== undefined
  if (!opens && !named && given.rung !== 'ndm' && given.rung !== 'link') return []
  return [`devices.${device}`, ...(opens || given.client !== undefined ? [`testing.clients.${client}`] : [])]
}
