// A tree of fields as the rows of a table.
import { hex } from '../codec/value.ts'
import { hides, type Field } from './explain.ts'
import { valueText } from './fields.ts'
import { meanings, type Meanings } from './meaning.ts'

/** `damaged`: wrong on purpose, sent. `wrong`: what the verdict is about, received. `check`: a check failed there. */
export type State = 'damaged' | 'wrong' | 'check'

export interface Stated {
  readonly state: State
  readonly note: string
}
export type States = ReadonlyMap<Field, Stated>

export interface Row {
  readonly depth: number
  readonly name: string
  readonly octets: string
  readonly value: string
  /** What the value is to people: a class, an attribute, a date. */
  readonly meaning: string
  readonly state: State | null
  readonly note: string
}

/** So much is shown; the capture has it whole. */
const ROWS_SHOWN = 300
const OCTETS_IN_A_ROW = 24
const DEEPEST = 12

/** A field as a row: a type stands beside the name it belongs to, and has the value of its contents. */
interface Line {
  readonly field: Field
  /** Which octets and value it has; undefined: its parts have them. */
  readonly worth: Field | undefined
  readonly name: string
  readonly depth: number
}

/** `brief`: without tags and lengths, which the names of types and the octets say too. */
export function rowsOf(
  tree: Field,
  octets: Uint8Array,
  masked: readonly boolean[],
  states: States,
  brief = false,
): readonly Row[] {
  const all = linesOf(tree, states)
  const lines = brief ? all.filter(({ field }) => field.kind !== 'field' || !BETWEEN.has(field.name)) : all
  const meant = meanings(tree)
  const rows = lines.slice(0, ROWS_SHOWN).map((line) => rowOf(line, octets, masked, states, meant))
  const left = lines.length - rows.length
  return left > 0 ? [...rows, { ...EMPTY, name: `… and ${left} more fields` }] : rows
}

const BETWEEN: ReadonlySet<string> = new Set(['tag', 'length'])

const EMPTY: Row = { depth: 0, name: '', octets: '', value: '', meaning: '', state: null, note: '' }

/** The rows of a tree, every field before its parts. What only wraps is passed over, unless something is the matter with it. */
export function linesOf(tree: Field, states: States = new Map()): readonly Line[] {
  const lines: Line[] = []
  const told = new Set<Field>()
  const walk = (field: Field, depth: number): void => {
    if (told.has(field) || (isNothing(field) && !states.has(field))) return
    if (field.name === '' || (isWrapping(field) && !states.has(field))) {
      for (const child of field.children) walk(child, depth)
      return
    }
    const type = typeOf(field, states)
    const worth = type.children.length === 0 ? type : contentsOf(type, states)
    const name = type === field ? field.name : `${field.name} ${type.name}`
    lines.push({ field: type, worth, name, depth })
    if (worth !== undefined) told.add(worth)
    for (const child of type.children) walk(child, depth + 1)
  }
  walk(tree, 0)
  return lines
}

const isNothing = ({ kind, start, end, value }: Field): boolean =>
  kind === 'through' && start === end && value === undefined

const isWrapping = ({ kind, name, children }: Field): boolean =>
  children.length > 0 && (kind === 'group' || (kind === 'through' && WRAPPINGS.has(name)))

const WRAPPINGS: ReadonlySet<string> = new Set(['contents', 'elements', 'value'])

/** `[1]` and below it nothing but `long-unsigned`: one row. */
function typeOf(field: Field, states: States): Field {
  const [only, ...others] = field.children
  const merges = only !== undefined && others.length === 0 && only.kind === 'through' && !isWrapping(only)
  return merges && !states.has(field) && only.children.length > 0 ? only : field
}

/** What a type with its tag and length is worth: the innermost contents. */
function contentsOf(field: Field, states: States): Field | undefined {
  const last = field.children.at(-1)
  if (last?.kind !== 'through' || states.has(last)) return undefined
  if (last.children.length > 0) return WRAPPINGS.has(last.name) ? contentsOf(last, states) : undefined
  return last.value === undefined ? undefined : last
}

function rowOf(
  { field, worth, name, depth }: Line,
  octets: Uint8Array,
  masked: readonly boolean[],
  states: States,
  meant: Meanings,
): Row {
  const stated = states.get(field)
  const hidden = hides(masked, field)
  const text = worth !== undefined || field.value !== undefined ? octetsOf(octets, masked, worth ?? field) : ''
  return {
    depth: Math.min(depth, DEEPEST),
    name,
    octets: text,
    value: worth === undefined ? '' : hidden ? 'masked' : besides(text, valueText(worth.value)),
    meaning: hidden ? '' : (meant.get(field) ?? ''),
    state: stated?.state ?? null,
    note: stated?.note ?? '',
  }
}

/** A value that is nothing but its octets is not said twice. */
const besides = (octets: string, value: string): string => (value === octets.replaceAll(' ', '') ? '' : value)

function octetsOf(octets: Uint8Array, masked: readonly boolean[], { start, end }: Field): string {
  const shown = Math.min(end, start + OCTETS_IN_A_ROW)
  const text = textOf(octets, masked, start, shown)
  return end > shown ? `${text} … (${end - start} octets)` : text
}

/** `7E A0 XX`: octets as people read them, `XX` for what is masked. */
export function textOf(octets: Uint8Array, masked: readonly boolean[], from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) {
    if (at > from) text += ' '
    text += masked[at] ? 'XX' : (PAIRS[octets[at] ?? 0] ?? '')
  }
  return text
}

const PAIRS = Array.from({ length: 256 }, (_, octet) => hex(Uint8Array.of(octet)))
