import type { TrafficEvent } from '../engine/events.ts'
import { unitKind, unmasked, type Explain, type Field } from './explain.ts'
import { fieldAt, fieldHolding, placed, valueText, type Placed } from './fields.ts'
import { spaced } from './words.ts'

/** `damaged`: wrong on purpose, sent. `wrong`: what the verdict is about, received. `check`: a check failed there. */
export type State = 'damaged' | 'wrong' | 'check'

/** Octets that stand together, as hex; `state` null: nothing is the matter with them. */
export interface Run {
  readonly hex: string
  readonly state: State | null
}

export interface Row {
  readonly depth: number
  readonly name: string
  readonly octets: string
  readonly value: string
  readonly state: State | null
  readonly note: string
}

/** A unit on the line, ready to be shown. */
export interface UnitView {
  readonly names: string
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
const ROWS_SHOWN = 300
const OCTETS_IN_A_ROW = 24

/** Shows one unit. `wrong`: path of the field that the verdict is about. */
export function unitView(event: TrafficEvent, explain: Explain, wrong?: string): UnitView {
  const kind = unitKind(event)
  const { octets, masked } = unmasked(event.octets)
  const table = kind === undefined ? [] : placed(explain.unit(octets, kind, event.direction).tree)
  const states = statesOf(event, table, wrong)
  const apdu = event.apdu === undefined ? undefined : unmasked(event.apdu)
  const inside = apdu === undefined ? [] : placed(explain.apdu(apdu.octets, event.direction).tree)
  return {
    names: event.names.join(' › ') || event.is,
    runs: runsOf(octets, masked, event, states),
    length: octets.length,
    remarks: remarksOf(event, masked),
    rows: rowsOf(table, octets, masked, states),
    apdu: apdu === undefined ? [] : rowsOf(inside, apdu.octets, apdu.masked, wrongIn(inside, wrong)),
  }
}

/** Whether a unit has this field: then it is the one that the verdict is about. */
export function hasField(event: TrafficEvent, explain: Explain, path: string): boolean {
  const kind = unitKind(event)
  if (kind === undefined) return false
  const trees = [
    explain.unit(unmasked(event.octets).octets, kind, event.direction).tree,
    ...(event.apdu === undefined ? [] : [explain.apdu(unmasked(event.apdu).octets, event.direction).tree]),
  ]
  return trees.some((tree) => fieldAt(placed(tree), path) !== undefined)
}

interface Stated {
  readonly state: State
  readonly note: string
}
type States = ReadonlyMap<Field, Stated>

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

function rowsOf(table: readonly Placed[], octets: Uint8Array, masked: readonly boolean[], states: States): Row[] {
  const rows = table.slice(0, ROWS_SHOWN).map(({ field, depth }) => {
    const stated = states.get(field)
    const hidden = masked.slice(field.start, field.end).includes(true)
    const leaf = field.children.length === 0
    return {
      depth: Math.min(depth, 12),
      name: field.name,
      octets: leaf || field.value !== undefined ? octetsOf(octets, masked, field) : '',
      value: hidden ? (leaf ? 'masked' : '') : leaf ? valueText(field.value) : '',
      state: stated?.state ?? null,
      note: stated?.note ?? '',
    }
  })
  const left = table.length - rows.length
  if (left > 0) rows.push({ depth: 0, name: `… and ${left} more fields`, octets: '', value: '', state: null, note: '' })
  return rows
}

function octetsOf(octets: Uint8Array, masked: readonly boolean[], { start, end }: Field): string {
  const shown = Math.min(end, start + OCTETS_IN_A_ROW)
  const text = spaced(textOf(octets, masked, start, shown))
  return end > shown ? `${text} … (${end - start} octets)` : text
}

function runsOf(octets: Uint8Array, masked: readonly boolean[], event: TrafficEvent, states: States): readonly Run[] {
  const shown = Math.min(octets.length, OCTETS_SHOWN)
  const of: (State | null)[] = Array.from({ length: shown }, () => null)
  const paint = (from: number, to: number, state: State): void => {
    for (let i = Math.max(0, from); i < Math.min(to, shown); i += 1) of[i] = state
  }
  for (const { from, to } of event.marks) paint(from, to, 'damaged')
  for (const [field, { state }] of states) if (state !== 'damaged') paint(field.start, field.end, state)
  const gone = new Set(event.marks.filter(({ from, to }) => from === to).map(({ from }) => from))
  const runs: Run[] = []
  let from = 0
  for (let i = 0; i <= shown; i += 1) {
    if (i < shown && i > 0 && of[i] === of[i - 1] && !gone.has(i)) continue
    if (i > from) runs.push({ hex: spaced(textOf(octets, masked, from, i)), state: of[from] ?? null })
    if (gone.has(i)) runs.push({ hex: '‸', state: 'damaged' })
    from = i
  }
  if (octets.length > shown) runs.push({ hex: `… (${octets.length - shown} more octets)`, state: null })
  return runs
}

function textOf(octets: Uint8Array, masked: readonly boolean[], from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i += 1) {
    text += masked[i] ? 'XX' : (octets[i] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  }
  return text
}

function remarksOf(event: TrafficEvent, masked: readonly boolean[]): UnitView['remarks'] {
  const hidden = masked.filter(Boolean).length
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
    ...(hidden === 0 ? [] : [{ state: null, text: `${hidden} octets masked: they belong to a secret` }]),
  ]
}
