import type { Value } from '../codec/value.ts'
import type { Effect } from './effects.ts'
import type { Block, ListedObject, Remark, Reason, Severity, Verdict } from './events.ts'
import type { RuleShown, Whose } from './vocabulary.ts'

/** A step as loaded: checked by schema and lint, references not yet resolved. */
export type Step = Readonly<Record<string, Value>>

/** One case, or one subtest of it, with one row of its matrix, on one port: what gets a verdict. */
export interface Instance {
  /** Unique in a run: `HDLC_FRAME_N8/2[frame=rr]@hdlc`. */
  readonly name: string
  readonly id: string
  readonly subtest?: string
  readonly suite: string
  readonly title: string
  readonly purpose?: string
  readonly proves: readonly { readonly clause: string; readonly level: string }[]
  readonly port: string
  readonly effect: Effect
  readonly touches: readonly string[]
  readonly severity: Severity
  /** Connection name → given, references not yet resolved. The first is the default of `on`. */
  readonly connections: Readonly<Record<string, Value>>
  /** What the suite wrote: `with`, and rows of the matrix; they may hold references themselves. */
  readonly written: Readonly<Record<string, Value>>
  /** Rows of the matrix that are data: of an axis of the vocabulary, of a range. */
  readonly rows: Readonly<Record<string, Value>>
  readonly blocks: Readonly<Record<Exclude<Block, 'climb' | 'control' | 'restore'>, readonly Step[]>>
  /** Why it does not apply; undefined: it does. */
  readonly inapplicable?: string
  readonly kills: readonly string[]
  /** Claims of the declaration that it proves, all of them together. */
  readonly claim?: readonly string[]
  /** They are proved once, whatever the port. */
  readonly everywhere?: true
  /** All that it takes from the declaration, as paths. */
  readonly rests?: () => readonly string[]
  /** Rows of its matrix are known only when the meter has listed its objects: it becomes these instances. */
  readonly later?: Later
  /** It came of such rows: there may be thousands of its kind. */
  readonly row?: true
}

/** Object lists that were read, by `listKey`. */
export type ObjectLists = ReadonlyMap<string, readonly ListedObject[]>

export const listKey = ({ client, device }: Whose): string => `${client} ${device}`

/** What an instance waits for, and what it becomes. */
export interface Later {
  /** Axes that are not known yet. */
  readonly axes: readonly string[]
  readonly whose: Whose
  readonly expand: (lists: ObjectLists) => readonly Instance[]
}

export interface InstanceResult {
  readonly verdict: Verdict
  readonly reason?: Reason
  readonly remarks: readonly Remark[]
  readonly clauses: readonly string[]
  readonly severity: Severity
  /** What failed can be done by noise on the line: confirm it before believing it. */
  readonly noise: boolean
  /** Claims of the declaration that a check has found false. */
  readonly claims?: readonly string[]
  /** The rule of every message that it FAILED by. */
  readonly ofRule?: RuleShown
}

export const passed = (remarks: readonly Remark[], severity: Severity): InstanceResult => ({
  verdict: 'PASSED',
  remarks,
  clauses: [],
  severity,
  noise: false,
})

export const stopped = (
  verdict: Exclude<Verdict, 'PASSED'>,
  reason: Reason,
  severity: Severity,
  more: {
    readonly clauses?: readonly string[]
    readonly noise?: boolean
    readonly remarks?: readonly Remark[]
    readonly claims?: readonly string[] | undefined
    readonly ofRule?: RuleShown
  } = {},
): InstanceResult => ({
  verdict,
  reason,
  severity,
  remarks: more.remarks ?? [],
  clauses: more.clauses ?? [],
  noise: more.noise ?? false,
  ...(more.claims === undefined ? {} : { claims: more.claims }),
  ...(more.ofRule === undefined ? {} : { ofRule: more.ofRule }),
})

/** What a failure of this step breaks: its own clause, else all that the case proves. */
export const clausesOf = (instance: Instance, step: Step): readonly string[] =>
  typeof step['clause'] === 'string' ? [step['clause']] : instance.proves.map((proof) => proof.clause)

/** The step's own severity, else that of the case. */
export const severityOf = (instance: Instance, step: Step): Severity => {
  const severity = step['severity']
  return severity === 'vulnerability' || severity === 'security' || severity === 'defect' ? severity : instance.severity
}
