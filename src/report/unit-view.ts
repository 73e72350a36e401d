import type { ProtectionEvent, TrafficEvent } from '../engine/events.ts'
import { unitKind, unmasked, type Explain, type Field } from './explain.ts'
import { fieldAt, fieldHolding, placed, type Placed } from './fields.ts'
import { remembered } from '../codec/remembered.ts'
import { rowsOf, textOf, type Row, type State, type Stated, type States } from './rows.ts'
import type { Passed } from './model.ts'
import { subjectOf } from './subject.ts'

/** Octets that stand together, as hex; `state` null: nothing is the matter with them. */
export interface Run {
  readonly hex: string
  readonly state: State | null
}

/** A unit on the line, ready to be shown. */
export interface UnitView {
  readonly names: string
  /** The object and attribute or method that it asks for, the first of a list. */
  readonly subject: string
  readonly runs: readonly Run[]
  readonly length: number
  /** What was damaged, which checks failed, what is masked: sentences. */
  readonly remarks: readonly { readonly state: State | null; readonly text: string }[]
  readonly rows: readonly Row[]
  /** The whole APDU that ended in this unit; empty when it lies in it. */
  readonly apdu: readonly Row[]
}

/** So much of a unit is shown; the capture has it whole. */
const OCTETS_SHOWN = 1024

/** Shows one unit. `wrong`: path of the field that the verdict is about. */
export function unitView(event: TrafficEvent, explain: Explain, wrong?: string): UnitView {
  const kind = unitKind(event)
  const { octets, masked } = unmasked(event.octets)
  const tree = kind === undefined ? undefined : explain.unit(octets, kind, event.direction).tree
  const table = tree === undefined ? [] : placed(tree)
  const states = statesOf(event, table, wrong)
  const apdu = apduOf(event, explain, wrong)
  return {
    names: [...event.names, ...apdu.names].join(' › ') || event.is,
    subject: apdu.subject || (tree === undefined ? '' : subjectOf(tree, masked)),
    runs: runsOf(octets, masked, event.marks, states),
    length: octets.length,
    remarks: [...remarksOf(event), ...hiddenIn(masked)],
    rows: tree === undefined ? [] : rowsOf(tree, octets, masked, states),
    apdu: apdu.rows,
  }
}

interface ApduView {
  readonly names: readonly string[]
  readonly subject: string
  readonly rows: readonly Row[]
}

function apduOf(event: TrafficEvent, explain: Explain, wrong: string | undefined): ApduView {
  if (event.apdu === undefined) return { names: [], subject: '', rows: [] }
  const { octets, masked } = unmasked(event.apdu)
  const { tree } = explain.apdu(octets, event.direction)
  return {
    names: tree.children.slice(0, 1).map(({ name }) => name),
    subject: subjectOf(tree, masked),
    rows: rowsOf(tree, octets, masked, wrongIn(placed(tree), wrong)),
  }
}

/** Shows the APDU beneath a protection as a unit of its own. */
export function beneathView({ apdu = '', direction }: ProtectionEvent, explain: Explain, wrong?: string): UnitView {
  const { octets, masked } = unmasked(apdu)
  const { tree } = explain.apdu(octets, direction)
  const states = wrongIn(placed(tree), wrong)
  return {
    names: tree.children[0]?.name ?? tree.name,
    subject: subjectOf(tree, masked),
    runs: runsOf(octets, masked, [], states),
    length: octets.length,
    remarks: hiddenIn(masked),
    rows: rowsOf(tree, octets, masked, states, true),
    apdu: [],
  }
}

/** Shows units one after the other. What passed before, with nothing the matter, is decoded once: the view is the same. */
export function unitViews(explain: Explain): (event: Passed, wrong?: string) => UnitView {
  const known = remembered<UnitView>()
  return (event, wrong) => {
    if (event.event === 'protection') {
      if (wrong !== undefined) return beneathView(event, explain, wrong)
      return known(`beneath ${event.direction} ${event.apdu ?? ''}`, () => beneathView(event, explain))
    }
    const { is, direction, names, octets, apdu = '', marks, failures, detail } = event
    if (wrong !== undefined || marks.length > 0 || failures.length > 0 || detail !== undefined)
      return unitView(event, explain, wrong)
    return known([is, direction, octets, apdu, ...names].join(' '), () => unitView(event, explain))
  }
}

/** Whether a unit, or the APDU beneath a protection, has this field: then it is the one that the verdict is about. */
export function hasField(event: Passed, explain: Explain, path: string): boolean {
  const kind = event.event === 'traffic' ? unitKind(event) : undefined
  const trees = [
    ...(event.event === 'traffic' && kind !== undefined
      ? [explain.unit(unmasked(event.octets).octets, kind, event.direction).tree]
      : []),
    ...(event.apdu === undefined ? [] : [explain.apdu(unmasked(event.apdu).octets, event.direction).tree]),
  ]
  return trees.some((tree) => fieldAt(placed(tree), path) !== undefined)
}

function wrongIn(table: readonly Placed[], wrong: string | undefined): States {
  const row = wrong === undefined ? undefined : fieldAt(table, wrong)
  return new Map(row ? [[row.field, { state: 'wrong', note: 'the verdict is about this field' }]] : [])
}

function statesOf(event: TrafficEvent, table: readonly Placed[], wrong: string | undefined): States {
  const states = new Map<Field, Stated>()
  for (const { path, from, to, what } of event.marks) {
    const named = fieldAt(table, path)?.field
    const whole = named !== undefined && named.start === from && named.end === to ? named : undefined
    const touched = whole ? [whole] : table.filter(({ field }) => leafWithin(field, from, to)).map(({ field }) => field)
    for (const field of touched) states.set(field, { state: 'damaged', note: what })
  }
  for (const { at, expected, found } of event.failures) {
    const row = fieldHolding(table, at)
    if (row) states.set(row.field, { state: 'check', note: `expected ${expected}, found ${found}` })
  }
  for (const [field, stated] of wrongIn(table, wrong)) states.set(field, stated)
  return states
}

const leafWithin = (field: Field, from: number, to: number): boolean =>
  field.children.length === 0 && field.mask === undefined && field.start < to && field.end > from

function runsOf(
  octets: Uint8Array,
  masked: readonly boolean[],
  marks: TrafficEvent['marks'],
  states: States,
): readonly Run[] {
  const shown = Math.min(octets.length, OCTETS_SHOWN)
  const of: (State | null)[] = Array.from({ length: shown }, () => null)
  const paint = (from: number, to: number, state: State): void => {
    for (let i = Math.max(0, from); i < Math.min(to, shown); i += 1) of[i] = state
  }
  for (const { from, to } of marks) paint(from, to, 'damaged')
  for (const [field, { state }] of states) if (state !== 'damaged') paint(field.start, field.end, state)
  const gone = new Set(marks.filter(({ from, to }) => from === to).map(({ from }) => from))
  const runs: Run[] = []
  let from = 0
  for (let i = 0; i <= shown; i += 1) {
    if (i < shown && i > 0 && of[i] === of[i - 1] && !gone.has(i)) continue
    if (i > from) runs.push({ hex: textOf(octets, masked, from, i), state: of[from] ?? null })
    if (gone.has(i)) runs.push({ hex: '‸', state: 'damaged' })
    from = i
  }
  if (octets.length > shown) runs.push({ hex: `… (${octets.length - shown} more octets)`, state: null })
  return runs
}

function remarksOf(event: TrafficEvent): UnitView['remarks'] {
  return [
    ...event.marks.map(({ path, from, to, what }) => ({
      state: 'damaged' as const,
      text: `${path}: ${what}${from === to ? ` (at octet ${from})` : ` (octets ${from} to ${to - 1})`}`,
    })),
    ...event.failures.map(({ layer, at, expected, found }) => ({
      state: 'check' as const,
      text: `${layer}, octet ${at}: expected ${expected}, found ${found}`,
    })),
    ...(event.detail === undefined ? [] : [{ state: null, text: event.detail }]),
  ]
}

function hiddenIn(masked: readonly boolean[]): UnitView['remarks'] {
  const hidden = masked.filter(Boolean).length
  return hidden === 0 ? [] : [{ state: null, text: `${hidden} octets masked: they belong to a secret` }]
}
