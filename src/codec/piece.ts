import { concat, type Operator } from './operator.ts'
import { extract, toWord } from './bits.ts'
import { hex } from './value.ts'
import type { Derivation, Draft, Node, Recorder } from './tree.ts'

/** A part of a message under damage: octets of its own, or parts. */
export interface Piece {
  readonly draft: Draft
  readonly derivation: Derivation | undefined
  parent: Piece | undefined
  children: Piece[]
  octets: Uint8Array
  /** How often it is sent, for the count of its list. */
  copies: number
  /** For a derived field: what is done to it once it is computed. */
  readonly damages: Planned[]
  damaged?: Operator
}

interface Planned {
  readonly operator: Operator
  readonly mask: number | undefined
  /** It changed nothing when it was last done. */
  idle: boolean
}

/** A recorded tree as pieces; octets between the fields become pieces without a name. */
export function toPieces(
  { root, derivations }: Recorder,
  octets: Uint8Array,
): { root: Piece; of: ReadonlyMap<Node, Piece> } {
  const of = new Map<Node, Piece>()
  const make = (draft: Draft, parent: Piece | undefined): Piece => {
    const piece: Piece = {
      draft,
      derivation: derivations.get(draft),
      parent,
      children: [],
      octets: octets.subarray(draft.start, draft.end),
      copies: 1,
      damages: [],
    }
    of.set(draft, piece)
    const fields = draft.children.filter((child) => child.mask === undefined)
    let at = draft.start
    for (const child of fields) {
      if (child.start > at) piece.children.push(make(unnamed(at, child.start), piece))
      piece.children.push(make(child, piece))
      at = child.end
    }
    if (fields.length > 0 && at < draft.end) piece.children.push(make(unnamed(at, draft.end), piece))
    return piece
  }
  return { root: make(root, undefined), of }
}

const unnamed = (start: number, end: number): Draft => ({ name: '', kind: 'through', start, end, children: [] })

/** The octets of a piece as they stand. */
export const flatten = (piece: Piece): Uint8Array =>
  piece.children.length === 0 ? piece.octets : concat(piece.children.map(flatten))

/** The tree of a damaged message, and where each piece of it lies. */
export function nodesOf(root: Piece): { tree: Node; marks: ReadonlyMap<Piece, { from: number; to: number }> } {
  const marks = new Map<Piece, { from: number; to: number }>()
  const make = (piece: Piece, start: number): Node => {
    const children: Node[] = []
    let end = start
    for (const child of piece.children) {
      const node = make(child, end)
      end = node.end
      if (node.name !== '') children.push(node)
    }
    if (piece.children.length === 0) end = start + piece.octets.length
    marks.set(piece, { from: start, to: end })
    const { name, kind } = piece.draft
    const value = shown(piece)
    return {
      name,
      kind,
      start,
      end,
      children: [...children, ...bitNodes(piece, start, end)],
      ...(value === undefined ? {} : { value }),
      ...(piece.damaged === undefined ? {} : { damaged: piece.damaged }),
    }
  }
  return { tree: make(root, 0), marks }
}

/** Octets that were damaged or computed anew are shown as octets. */
function shown({ draft, derivation, children, octets, damaged }: Piece): Node['value'] {
  if (children.length > 0) return draft.value
  return damaged === undefined && !derivation ? draft.value : hex(octets)
}

function bitNodes(piece: Piece, start: number, end: number): readonly Node[] {
  const { draft, octets } = piece
  if (octets.length !== draft.end - draft.start) return []
  return draft.children.flatMap(({ name, kind, mask }) =>
    mask === undefined ? [] : [{ name, kind, start, end, children: [], mask, value: extract(toWord(octets), mask) }],
  )
}
