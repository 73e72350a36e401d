import type { Value } from '../codec/value.ts'
import type { Path } from './load.ts'
import type { Row } from './matrix.ts'
import type {
  Axis,
  Case,
  Condition,
  Connection,
  Effect,
  Given,
  PortWord,
  Proof,
  Scope as HowOften,
  Step,
  Subtest,
} from './suite.generated.ts'

export type StepBlock = 'prepare' | 'steps' | 'then' | 'finally'
export const STEP_BLOCKS: readonly StepBlock[] = ['prepare', 'steps', 'then', 'finally']

/** What runs and gets a verdict: a case without subtests, or one subtest with all that it takes from its case. References are not resolved. */
export interface SubCase {
  readonly id: string
  readonly subtest?: string
  readonly title: string
  readonly purpose?: string
  readonly proves: readonly Proof[]
  readonly ports: readonly PortWord[]
  readonly scope: HowOften
  /** All of them must hold: a subtest of a case that does not apply does not apply. */
  readonly applies: readonly Condition[]
  /** Paths into the declaration: the claims that it proves, all of them together. */
  readonly claim: readonly string[]
  readonly needs: readonly string[]
  readonly effect: Effect
  readonly touches: readonly string[]
  /** Either `given` or `connections`. */
  readonly given?: Given
  readonly connections?: Readonly<Record<string, Connection>>
  readonly matrix: Readonly<Record<string, Axis>>
  /** The suite's, the case's and the subtest's, the innermost first. */
  readonly with: Readonly<Record<string, Value>>
  readonly blocks: Readonly<Record<StepBlock, readonly Step[]>>
  /** Defects it must catch; empty where the case says why there are none. */
  readonly kills: readonly string[]
  /** Where its parts stand in the file of the case. */
  readonly at: Readonly<Record<StepBlock | 'matrix' | 'given' | 'connections' | 'kills' | 'claim', Path>>
  readonly appliesAt: readonly Path[]
  readonly withAt: Readonly<Record<string, Path>>
}

/** A case → what runs, in the order of the report. `shared`: the `with` of suite.json. */
export function subCasesOf(suiteCase: Case, shared: Readonly<Record<string, Value>> = {}): readonly SubCase[] {
  const numbers = Object.keys(suiteCase.subtests ?? {}).sort(naturally)
  if (numbers.length === 0) return [merged(suiteCase, shared, undefined, undefined)]
  return numbers.map((number) => merged(suiteCase, shared, number, suiteCase.subtests?.[number]))
}

function merged(
  whole: Case,
  shared: Readonly<Record<string, Value>>,
  number: string | undefined,
  part: Subtest | undefined,
): SubCase {
  const own = <K extends keyof Subtest>(key: K): boolean => part !== undefined && part[key] !== undefined
  const pathOf = (key: keyof Subtest & keyof Case): Path =>
    own(key) && number !== undefined ? ['subtests', number, key] : [key]
  const kills = part?.kills ?? whole.kills
  return {
    id: whole.id,
    ...(number === undefined ? {} : { subtest: number }),
    title: part === undefined ? whole.title : `${whole.title}: ${part.title}`,
    ...(whole.purpose === undefined ? {} : { purpose: whole.purpose }),
    proves: whole.proves,
    ports: typeof whole.ports === 'string' ? [whole.ports] : (whole.ports ?? ['any']),
    scope: whole.scope ?? 'port',
    applies: [whole.applies, part?.applies].filter((condition) => condition !== undefined),
    claim: [part?.claim ?? whole.claim ?? []].flat(),
    needs: [...new Set([...(whole.needs ?? []), ...(part?.needs ?? [])])],
    effect: part?.effect ?? whole.effect,
    touches: part?.touches ?? whole.touches ?? [],
    ...standing(own('given') || own('connections') ? part : whole),
    matrix: part?.matrix ?? whole.matrix ?? {},
    with: { ...shared, ...whole.with, ...part?.with },
    blocks: {
      prepare: part?.prepare ?? whole.prepare ?? [],
      steps: part?.steps ?? whole.steps ?? [],
      then: part?.then ?? whole.then ?? [],
      finally: whole.finally ?? [],
    },
    kills: 'none' in kills ? [] : kills,
    at: {
      prepare: pathOf('prepare'),
      steps: pathOf('steps'),
      then: pathOf('then'),
      finally: ['finally'],
      matrix: pathOf('matrix'),
      given: pathOf('given'),
      connections: pathOf('connections'),
      kills: pathOf('kills'),
      claim: pathOf('claim'),
    },
    appliesAt: [
      ...(whole.applies === undefined ? [] : [['applies']]),
      ...(part?.applies === undefined ? [] : [['subtests', number ?? '', 'applies']]),
    ],
    withAt: Object.fromEntries([
      ...Object.keys(whole.with ?? {}).map((name): [string, Path] => [name, ['with', name]]),
      ...Object.keys(part?.with ?? {}).map((name): [string, Path] => [name, ['subtests', number ?? '', 'with', name]]),
    ]),
  }
}

const standing = (from: Case | Subtest | undefined): Pick<SubCase, 'given' | 'connections'> => ({
  ...(from?.given === undefined ? {} : { given: from.given }),
  ...(from?.connections === undefined ? {} : { connections: from.connections }),
})

/** 1, 2, 2b, 3, 10, then what begins with a letter as it stands (JSON objects put whole numbers first, whatever the file says). */
function naturally(a: string, b: string): number {
  const [left, right] = [Number.parseInt(a, 10), Number.parseInt(b, 10)]
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
  return left - right || (a < b ? -1 : 1)
}

/** `ID/2[axis=row,axis=row]@port`; an axis that needs the meter is `axis=…`. */
export function instanceName(
  of: Pick<SubCase, 'id' | 'subtest'>,
  row: Pick<Row, 'names' | 'later'>,
  port?: string,
): string {
  const axes = [...row.names, ...row.later.map((axis) => [axis, '…'] as const)]
  const subtest = of.subtest === undefined ? '' : `/${of.subtest}`
  const suffix = axes.length === 0 ? '' : `[${axes.map(([axis, name]) => `${axis}=${name}`).join(',')}]`
  return `${of.id}${subtest}${suffix}${port === undefined ? '' : `@${port}`}`
}
