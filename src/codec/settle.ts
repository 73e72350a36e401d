import { applyOperator, changesSize, type Operator } from './operator.ts'
import { damageBits } from './bit-damage.ts'
import { flatten, type Piece } from './piece.ts'
import { hex } from './value.ts'
import { STAGES, type Node, type Scope } from './tree.ts'

/**
 * Computes all derived fields over the octets as sent: first their sizes, then, in order, lengths and check sequences.
 * A damaged one is damaged after it is computed.
 */
export function settle(root: Piece): void {
  const derived = collect(root, [])
  const pieceOf = new Map<Node, Piece>()
  index(root, pieceOf)
  for (const piece of derived) if (piece.derivation?.stage !== 'sizes') resize(piece)
  for (const stage of STAGES)
    for (const piece of derived) {
      const { derivation } = piece
      const scope = derivation && pieceOf.get(derivation.scope)
      if (derivation?.stage !== stage || !scope) continue
      piece.octets = damaged(piece, derivation.compute(scopeOf(scope)))
    }
}

function damaged(piece: Piece, computed: Uint8Array): Uint8Array {
  let octets = computed
  for (const planned of piece.damages) {
    const { operator, mask } = planned
    const result = damaging(operator, octets, mask)
    planned.idle = hex(result) === hex(octets)
    piece.damaged = operator
    octets = result
  }
  return octets
}

/** Derived fields, inner before outer and after the fields beside them: a length is known when its contents are. */
function collect(piece: Piece, into: Piece[]): Piece[] {
  for (const child of piece.children) if (!child.derivation) collect(child, into)
  for (const child of piece.children) if (child.derivation) into.push(child)
  return into
}

function index(piece: Piece, into: Map<Node, Piece>): void {
  into.set(piece.draft, piece)
  for (const child of piece.children) index(child, into)
}

/** Gives a field the size that it will have, so that lengths computed before it are right. */
function resize(piece: Piece): void {
  const { start, end } = piece.draft
  let octets: Uint8Array = new Uint8Array(end - start)
  for (const { operator, mask } of piece.damages) if (changesSize(operator)) octets = damaging(operator, octets, mask)
  if (octets.length !== piece.octets.length) piece.octets = octets
}

const damaging = (operator: Operator, octets: Uint8Array, mask: number | undefined): Uint8Array =>
  (mask === undefined ? applyOperator(operator, octets) : damageBits(operator, octets, mask)) ?? octets

/** Fields of a piece, those of its groups among them, by name. */
function scopeOf(piece: Piece): Scope {
  const spans = new Map<string, { start: number; end: number; piece: Piece }>()
  const place = (parent: Piece, from: number): number => {
    let at = from
    for (const child of parent.children) {
      const start = at
      at = child.draft.kind === 'group' && child.children.length > 0 ? place(child, at) : at + flatten(child).length
      spans.set(child.draft.name, { start, end: at, piece: child })
    }
    return at
  }
  place(piece, 0)
  return {
    octets: flatten(piece),
    start: (field) => spans.get(field)?.start ?? 0,
    end: (field) => spans.get(field)?.end ?? 0,
    count: (field) => spans.get(field)?.piece.children.reduce((total, child) => total + child.copies, 0) ?? 0,
  }
}
