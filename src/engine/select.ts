import type { Value } from '../codec/value.ts'
import { conditionText, holds } from '../language/conditions.ts'
import { instanceName, type SubCase } from '../language/instances.ts'
import { type AxisRow, type Row, rowsOf } from '../language/matrix.ts'
import { chooses } from '../language/glob.ts'
import type { PortWord } from '../language/suite.generated.ts'
import { type Leave, refusedBy } from './effects.ts'
import type { Instance } from './instance.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One port that a run may use. */
export interface PortPlan {
  readonly port: string
  readonly profile: readonly string[]
  /** `$supports $testing $port $unassigned`. */
  readonly roots: Readonly<Record<string, Value>>
}

export interface Selection {
  readonly suite: string
  readonly cases: readonly SubCase[]
}

export interface SelectOptions {
  readonly vocabulary: Pick<Vocabulary, 'axes'>
  readonly ports: readonly PortPlan[]
  /** Globs of `--case`; empty: all. */
  readonly globs: readonly string[]
  readonly leave: Leave
  /** What the bench has: power, impair, operator … */
  readonly bench: ReadonlySet<string>
}

/** All instances that a run will give a verdict, in the order of suites, cases and ports. */
export function select(suites: readonly Selection[], options: SelectOptions): readonly Instance[] {
  return suites
    .flatMap(({ suite, cases }) =>
      cases.flatMap((one) => portsOf(one, options.ports).flatMap((port) => instancesOf(suite, one, port, options))),
    )
    .filter(({ name }) => options.globs.length === 0 || options.globs.some((glob) => chooses(glob, name)))
}

/** The ports whose profile the case is for; with scope `meter` the first of them. */
export function portsOf(one: Pick<SubCase, 'ports' | 'scope'>, ports: readonly PortPlan[]): readonly PortPlan[] {
  const fits = (word: PortWord, port: PortPlan): boolean => word === 'any' || port.profile.includes(word)
  const fitting = ports.filter((port) => one.ports.some((word) => fits(word, port)))
  return one.scope === 'meter' ? fitting.slice(0, 1) : fitting
}

function instancesOf(suite: string, one: SubCase, port: PortPlan, options: SelectOptions): readonly Instance[] {
  const instance = (
    row: Pick<Row, 'names' | 'later'>,
    values: Readonly<Record<string, Value>>,
    given: Readonly<Record<string, Value>>,
    inapplicable?: string,
  ): Instance => ({
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
    written: { ...one.with, ...values },
    rows: given,
    // A step of the generated types is plain JSON.
    blocks: one.blocks as unknown as Instance['blocks'],
    ...(inapplicable === undefined ? {} : { inapplicable }),
    kills: one.kills,
  })
  const whole = { names: [], later: [] }
  const reason = inapplicable(one, port.roots, {}, options, true)
  if (reason !== undefined) return [instance(whole, {}, {}, reason)]
  const rows = rowsOf(one.matrix, port.roots, (axis, of, scope) => axisRows(options, axis, of, scope))
  if (!rows.ok)
    return [
      instance(
        whole,
        {},
        {},
        `its matrix does not fit this meter: ${rows.failure.path}: expected ${rows.failure.expected}, found ${rows.failure.found}`,
      ),
    ]
  if (rows.value.length === 0) return [instance(whole, {}, {}, 'no row of its matrix fits this meter')]
  return rows.value.map((row) =>
    instance(
      row,
      row.written,
      row.given,
      inapplicable(one, { ...port.roots, ...row.given }, row.written, options, false),
    ),
  )
}

function axisRows(
  options: SelectOptions,
  axis: string,
  of: Value | undefined,
  scope: Readonly<Record<string, Value>>,
): readonly AxisRow[] | 'later' {
  const rows = options.vocabulary.axes[axis]?.rows(scope, of) ?? []
  return rows.map((row) => ({
    ...row,
    name: typeof row['name'] === 'string' ? row['name'] : JSON.stringify(row['name']),
  }))
}

/** Why a case does not apply: its conditions, the leave that its effect needs, or what the bench lacks. `early`: conditions on rows of the matrix wait. */
function inapplicable(
  one: SubCase,
  scope: Readonly<Record<string, Value>>,
  written: Readonly<Record<string, Value>>,
  options: SelectOptions,
  early: boolean,
): string | undefined {
  for (const condition of one.applies) {
    const held = holds(condition, scope, written)
    if (!held.ok && !early) return `its condition cannot be decided: $${held.failure.path} is not known here`
    if (held.ok && !held.value)
      return `it is for meters where ${conditionText(condition)}: the declaration says otherwise, or nothing`
  }
  const missing = one.needs.filter((need) => !options.bench.has(need))
  if (missing.length > 0) return `the bench lacks: ${missing.join(', ')}`
  return refusedBy(options.leave, one.effect, one.touches)
}

function connectionsOf(one: SubCase): Readonly<Record<string, Value>> {
  // Generated types of `given` and `connections` are plain JSON.
  const connections = one.connections as Readonly<Record<string, Value>> | undefined
  return connections ?? { main: (one.given ?? 'port') as Value }
}
