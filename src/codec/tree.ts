import { hex, type Value } from './value.ts'
import type { Operator } from './operator.ts'
import type { Kind } from './shape.ts'

/** A named span of octets, `end` exclusive; the children follow one another and lie within. */
export interface Node {
  readonly name: string
  readonly kind: Kind
  readonly start: number
  readonly end: number
  readonly children: readonly Node[]
  /** A group of bits: these bits of the octets from `start` to `end`, most significant octet first. */
  readonly mask?: number
  /** What a reader would show: a number, a name, text, octets as hex. */
  readonly value?: Value
  readonly damaged?: Operator
}

/** How the octets of a field follow from those of its scope. Sizes (stage 0) settle first, then the others in order. */
export interface Derivation {
  readonly stage: Stage
  readonly scope: Draft
  compute(scope: Scope): Uint8Array
}

/** `sizes`: lengths and counts of variable width; `length`: a length of fixed width; then the check sequences. */
export type Stage = 'sizes' | 'length' | 'header-check' | 'check'
export const STAGES: readonly Stage[] = ['sizes', 'length', 'header-check', 'check']

/**
 * A layer or TLV as a derived field sees it: octets as they are sent, and where the fields lie in them. A field that is
 * not sent, or that is hidden in a damaged group, starts and ends at 0: reckon from fields that are always there.
 */
export interface Scope {
  readonly octets: Uint8Array
  start(field: string): number
  end(field: string): number
  /** How many elements of a list are sent. */
  count(field: string): number
}

/** A node while it is being recorded. */
export interface Draft extends Node {
  start: number
  end: number
  children: Draft[]
  value?: Value
}

/** Shared by all nodes without parts; `open` gives a node its own when the first part comes. */
const NO_PARTS: Draft[] = []

/** Records the tree while a codec writes or reads. */
export class Recorder {
  readonly root: Draft = { name: '', kind: 'field', start: 0, end: 0, children: [] }
  /** How the derived fields follow from the others. */
  readonly derivations = new Map<Node, Derivation>()
  current: Draft = this.root
  readonly #around: Draft[] = []

  open(name: string, at: number, kind: Kind = 'field'): Draft {
    const draft: Draft = { name, kind, start: at, end: at, children: NO_PARTS }
    this.add(this.current, draft)
    this.#around.push(this.current)
    this.current = draft
    return draft
  }

  close(at: number, value?: unknown): void {
    const draft = this.current
    draft.end = at
    const shown = show(value)
    if (shown !== undefined) draft.value = shown
    this.current = this.#around.pop() ?? this.root
  }

  add(parent: Draft, child: Draft): void {
    if (parent.children === NO_PARTS) parent.children = [child]
    else parent.children.push(child)
  }

  /** Forgets the field just closed: it was optional and is not there. */
  discard(): void {
    this.current.children.pop()
  }

  /** The path of the field that is open, or of one in it, as a suite writes it. */
  path(field?: string): string {
    const named = this.#around
      .filter((draft) => draft !== this.root && draft.kind === 'field')
      .map((draft) => draft.name)
    if (field === undefined) return [...named, this.current.name].reduce(joinPath, '')
    return [...named, ...(this.current.kind === 'field' ? [this.current.name] : []), field].reduce(joinPath, '')
  }

  /** Closes all that is still open. */
  abandon(at: number): void {
    for (const draft of [...this.#around, this.current]) draft.end = at
  }
}

/** `list` and `[2]` → `list[2]`; `control` and `n-s` → `control.n-s`. */
export const joinPath = (above: string, name: string): string =>
  above === '' || name.startsWith('[') ? above + name : `${above}.${name}`

/** Moves a recorded part: octets were inserted before it. */
export function shift(draft: Draft, by: number): void {
  draft.start += by
  draft.end += by
  for (const child of draft.children) shift(child, by)
}

/** What a reader would show of a value that has no parts. */
function show(value: unknown): Value | undefined {
  if (value instanceof Uint8Array) return hex(value)
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}
