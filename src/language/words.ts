import type { Value } from '../codec/value.ts'

/**
 * All that the language is told of the protocol: which words there are, and what may be said of each. A value, made by the vocabulary;
 * this room knows no other name than those it finds here.
 */
export interface Words {
  /** Messages by the name of the PDU or a short name (`get`). */
  readonly messages: Readonly<Record<string, MessageWord>>
  /** Outcomes that are no message, in any layer: `silent closed reset garbled frame refused executed answers value success …`. */
  readonly outcomes: Readonly<Record<string, OutcomeWord>>
  /** Procedures: the words of `do`. */
  readonly steps: Readonly<Record<string, StepWord>>
  readonly checks: Readonly<Record<string, CheckWord>>
  readonly axes: Readonly<Record<string, AxisWord>>
  /** First names of references that the tool gives: `testing`, `link` … */
  readonly roots: Readonly<Record<string, RootWord>>
  /** What a bench may have: `power`, `impair` … */
  readonly needs: readonly string[]
  readonly clauses: ReadonlySet<string>
  readonly rulings: ReadonlySet<string>
  /** Id or alias of a defect → its id. */
  readonly defects: ReadonlyMap<string, string>
  /** Layers from the line upwards; also the names that stand for a layer in every context (`frame`, `protection`, `apdu`). */
  readonly layers: readonly LayerWord[]
  /**
   * A fault that cannot be done to this message on a port of these profiles (`hdlc`, `wrapper` …; `any`), in one phrase, with the fields it may
   * have meant; undefined: it can. References in it stand for values that are not known yet.
   */
  checkFault(
    message: Value,
    profiles: readonly string[],
    wrong: Readonly<Record<string, Value>>,
    damage: Readonly<Record<string, Value>>,
  ): string | undefined
}

/**
 * Paths that are known below a name: `control.n-s`, each level with dots. What a path begins with is known too. `*` as a segment stands for any one
 * name, as the last segment for anything below. `any`: nothing is known, nothing is checked.
 */
export type Fields = readonly string[] | 'any'

export interface MessageWord {
  readonly fields: Fields
  /** Names of its normal answers (`snrm` → `ua`); empty: none is due. */
  readonly answers: readonly string[]
  /** It tells that the meter is alive when it is received. Requests are never received: false. */
  readonly fromMeter: boolean
}

export interface LayerWord {
  readonly name: string
  readonly fields: Fields
}

export interface OutcomeWord {
  /** What stands behind the name: a duration (`silent`), or what a matcher is for. */
  readonly takes: 'duration' | 'matcher'
  /** The meter was heard: a sign of life (G4). */
  readonly alive: boolean
  /** The only literals it may be matched with, e.g. the names of refusals. */
  readonly literals?: readonly string[]
  /** Messages that always have this outcome too: a later alternative for one of them is never reached. */
  readonly covers?: readonly string[]
}

export interface StepWord {
  /** JSON Schema (2020-12) of its arguments: an object with `properties`, `required` and `additionalProperties: false`. References are allowed in place of any argument. */
  readonly arguments: Readonly<Record<string, Value>>
  /** What may come of it; the first is normal, and must come where the step has no `expect`. */
  readonly outcomes: readonly string[]
  /** What `save` may take besides `sent`, `got`, `exchange` and the outcomes. */
  readonly saves: readonly string[]
  /** Its normal outcome shows that the meter is alive (`link.up`: yes; `line.set`: no). */
  readonly alive: boolean
  /** It is done on a connection (`meter.power-cycle`: no). */
  readonly connection: boolean
}

export interface CheckWord {
  /** JSON Schema (2020-12) of its argument; undefined: it takes none. */
  readonly argument?: Value
}

export interface AxisWord {
  /** What a row has, for conditions and references; each row also has `name`, without any of `[ ] , = @ /`. */
  readonly fields: Fields
}

export interface RootWord {
  readonly fields: Fields
}

/** Is the path known below these fields? Indexes (`[2]`, `.2`) are passed over. */
export function knows(fields: Fields, path: readonly string[]): boolean {
  if (fields === 'any' || path.length === 0) return true
  const names = path.map((name) => name.replace(/\[\d+\]$/, ''))
  const bare = names.filter((name) => !/^\d+$/.test(name))
  return fields.some((field) => fits(field.split('.'), names) || fits(field.split('.'), bare))
}

function fits(field: readonly string[], path: readonly string[]): boolean {
  const open = field.at(-1) === '*'
  if (path.length > field.length && !open) return false
  return path.every((name, i) => i >= field.length || field[i] === '*' || field[i] === name)
}

/** Words nearest to a wrong path are looked for among these. */
export const namesIn = (fields: Fields): readonly string[] => (fields === 'any' ? [] : fields)
