// One case on one port → its instances: the rows of its matrix, as far as they are known.
import type { Value } from '../codec/value.ts'
import { conditionText, holds, pathsAsked } from '../language/conditions.ts'
import { instanceName, type SubCase } from '../language/instances.ts'
import { type AxisRow, isEach, type Row, rowsOf } from '../language/matrix.ts'
import { lookup, resolve } from '../language/references.ts'
import { refusedBy } from './effects.ts'
import { givenOf } from './given.ts'
import { type Instance, type Later, listKey, type ObjectLists } from './instance.ts'
import { declaredPath, type Met, restsOf, usedBy } from './rests.ts'
import { lackOf } from './needs.ts'
import type { PortPlan, SelectOptions } from './select.ts'
import type { Whose } from './vocabulary.ts'

/** A case on a port, and what it is chosen by. */
interface Placed {
  readonly suite: string
  readonly one: SubCase
  readonly port: PortPlan
  readonly options: SelectOptions
}
type Values = Readonly<Record<string, Value>>

const WHOLE: Row = { written: {}, given: {}, names: [], later: [] }

/** `begun`: the row that waited for these lists. */
export function instancesOf(placed: Placed, lists: ObjectLists = new Map(), begun: Row = WHOLE): readonly Instance[] {
  const { one, port } = placed
  const reason = inapplicable(placed, begun, true)
  if (reason !== undefined) return [instanceOf(placed, begun, reason)]
  const rows = rowsOf(
    one.matrix,
    port.roots,
    (axis, of, scope, written) => axisRows(placed, lists, axis, of, scope, written),
    begun,
  )
  if (!rows.ok) {
    const { path, expected, found } = rows.failure
    return [
      instanceOf(placed, begun, `its matrix does not fit this meter: ${path}: expected ${expected}, found ${found}`),
    ]
  }
  if (rows.value.length === 0) return [instanceOf(placed, begun, 'no row of its matrix fits this meter')]
  return rows.value.map((row) => {
    const why = inapplicable(placed, row, row.later.length > 0)
    const waits = why === undefined ? later(placed, row) : undefined
    return {
      ...instanceOf(placed, row, why),
      ...(waits ? { later: waits } : {}),
      ...(begun.later.length > 0 ? { row: true } : {}),
    }
  })
}

function instanceOf(placed: Placed, row: Row, inapplicable: string | undefined): Instance {
  const { suite, one, port } = placed
  return {
    name: instanceName(one, row, port.port),
    id: one.id,
    ...(one.subtest === undefined ? {} : { subtest: one.subtest }),
    suite,
    title: one.title,
    ...(one.purpose === undefined ? {} : { purpose: one.purpose }),
    proves: one.proves,
    port: port.port,
    effect: one.effect,
    touches: one.touches,
    severity: 'defect',
    connections: connectionsOf(one),
    written: { ...one.with, ...row.written },
    rows: row.given,
    // A step of the generated types is plain JSON.
    blocks: one.blocks as unknown as Instance['blocks'],
    ...(inapplicable === undefined ? {} : { inapplicable }),
    kills: one.kills,
    ...(one.claim.length === 0 ? {} : { claim: one.claim.map((path) => declaredPath(path.split('.'), row.given)) }),
    ...(one.scope === 'meter' || one.scope === 'client' ? { everywhere: true } : {}),
    rests: () => restsOf(one, row, metBy(placed, { ...port.roots, ...row.given }, row.written)),
  }
}

/** What a row waits for; undefined: it is complete. */
function later(placed: Placed, row: Row): Later | undefined {
  const { one, port } = placed
  const axis = one.matrix[row.later[0] ?? '']
  if (axis === undefined || !isEach(axis)) return undefined
  const scope = { ...port.roots, ...row.given }
  const of = axis.of === undefined ? undefined : resolve(axis.of, scope, row.written)
  const whose = whoseList(placed, of?.ok ? of.value : undefined, scope, row.written)
  return whose && { axes: row.later, whose, expand: (lists) => instancesOf(placed, lists, row) }
}

function axisRows(
  placed: Placed,
  lists: ObjectLists,
  axis: string,
  of: Value | undefined,
  scope: Values,
  written: Values,
): readonly AxisRow[] | 'later' {
  const { axes, listAxes } = placed.options.vocabulary
  const fromList = listAxes[axis]
  if (fromList === undefined) return named(axes[axis]?.rows(scope, of) ?? [])
  const whose = whoseList(placed, of, scope, written)
  if (whose === undefined) return []
  const list = lists.get(listKey(whose))
  return list === undefined ? 'later' : named(fromList.rowsIn(list))
}

const named = (rows: readonly Values[]): readonly AxisRow[] =>
  rows.map((row) => ({
    ...row,
    name: typeof row['name'] === 'string' ? row['name'] : JSON.stringify(row['name']),
  }))

/** Whose object list an axis needs: that of the client it names, on the device on which the case meets this client. */
function whoseList(placed: Placed, of: Value | undefined, scope: Values, written: Values): Whose | undefined {
  const { whose } = placed.options.vocabulary
  const met = metBy(placed, scope, written)
  if (of === undefined) return met[0]?.whose
  const named = whose(scope, of, undefined)
  return met.find((each) => each.whose.client === named?.client)?.whose ?? named
}

/** Whom a case meets, connection by connection, and on which rung. */
const metBy = ({ one, options: { vocabulary } }: Placed, scope: Values, written: Values): readonly Met[] =>
  Object.values(connectionsOf(one)).flatMap((connection) => {
    const resolved = resolve(connection, scope, { ...one.with, ...written })
    if (!resolved.ok) return []
    const given = givenOf(resolved.value, { data: {}, written: {} })
    const whose = vocabulary.whose(scope, given.client, given.device)
    return whose === undefined ? [] : [{ whose, given }]
  })

/** Why a case does not apply: its conditions, the leave that its effect needs, or what the bench lacks. `early`: conditions on rows of the matrix wait. */
function inapplicable(placed: Placed, row: Row, early: boolean): string | undefined {
  const { one, port, options } = placed
  const scope = { ...port.roots, ...row.given }
  const known = early ? withoutAxes(one, row, scope) : scope
  for (const condition of one.applies) {
    const held = holds(condition, known, row.written)
    if (!held.ok && !early) return `its condition cannot be decided: $${held.failure.path} is not known here`
    if (held.ok && !held.value) {
      const ofRow = pathsAsked(condition).some(({ path: [root = ''] }) => Object.hasOwn(row.given, root))
      return ofRow
        ? `it is for rows where ${conditionText(condition)}`
        : `it is for meters where ${conditionText(condition)}: the declaration says otherwise, or nothing`
    }
  }
  const lack = lackOf(one.needs, options.bench) ?? undeclared(usedBy(one, row), port.roots)
  if (lack !== undefined) return lack
  return refusedBy(options.leave, one.effect, one.touches)
}

/** What it tests with is for the user to declare, or not. */
function undeclared(used: readonly (readonly string[])[], roots: Values): string | undefined {
  const missing = used.find((path) => path[0] === 'testing' && !lookup(roots, path).ok)
  return missing && `it tests with ${missing.join('.')}: the declaration does not have it`
}

/** An axis of which no row is chosen yet is not known: another thing of its name says nothing of it. */
const withoutAxes = (one: SubCase, row: Row, scope: Values): Values =>
  Object.fromEntries(
    Object.entries(scope).filter(([root]) => !Object.hasOwn(one.matrix, root) || Object.hasOwn(row.given, root)),
  )

function connectionsOf(one: SubCase): Readonly<Record<string, Value>> {
  // Generated types of `given` and `connections` are plain JSON.
  const connections = one.connections as Readonly<Record<string, Value>> | undefined
  return connections ?? { main: (one.given ?? 'port') as Value }
}
