import { applyOperator, type DamageFailure, type Operator } from './operator.ts'
import { bitField, damageBits } from './bit-damage.ts'
import { fail, hex, ok, type Result } from './value.ts'
import { find } from './find.ts'
import { flatten, nodesOf, type Piece, toPieces } from './piece.ts'
import { settle } from './settle.ts'
import type { Draft, Node, Recorder } from './tree.ts'

/** Path → what is done to the field it names. */
export type Damages = Readonly<Record<string, Operator>>

/** Where damage shows in the octets that are sent; `from` = `to` where octets are missing. */
export interface Mark {
  readonly path: string
  readonly from: number
  readonly to: number
  readonly operator: Operator
}

interface Plan {
  readonly path: string
  readonly operator: Operator
  readonly piece: Piece
  readonly mask: number | undefined
  readonly after: Piece | undefined
  readonly depth: number
}

/**
 * Damages a recorded message. Inner fields come before those around them. A derived field outside of a damaged one is
 * computed over the octets as sent; inside, it is carried over as it was.
 */
export function damage(
  recorder: Recorder,
  octets: Uint8Array,
  damages: Damages,
): Result<{ tree: Node; octets: Uint8Array; marks: readonly Mark[] }, DamageFailure> {
  const pieces = toPieces(recorder, octets)
  const planned = plan(recorder.root, pieces.of, damages)
  if (!planned.ok) return planned
  for (const step of planned.value) {
    const failure = apply(pieces.root, step)
    if (failure) return fail(failure)
  }
  settle(pieces.root)
  const idle = planned.value.find(({ piece }) => piece.damages.some((damage) => damage.idle))
  if (idle) return fail(changesNothing(idle.path, idle.operator))
  const { tree, marks } = nodesOf(pieces.root)
  return ok({
    tree,
    octets: flatten(pieces.root),
    marks: planned.value.map(({ path, operator, piece }) => {
      const { from, to } = marks.get(piece) ?? { from: 0, to: 0 }
      return { path, from, to, operator }
    }),
  })
}

function plan(root: Draft, of: ReadonlyMap<Node, Piece>, damages: Damages): Result<readonly Plan[], DamageFailure> {
  const plans: Plan[] = []
  for (const [path, operator] of Object.entries(damages)) {
    const found = find(root, path)
    if (!found.ok) return found
    const { draft, above, depth } = found.value
    const { mask } = draft
    const piece = of.get(mask === undefined ? draft : above)
    if (!piece) return fail({ is: 'no-such-field', path, expected: 'a field', found: path, candidates: [] })
    if (plans.some((other) => other.piece === piece && other.mask === mask))
      return fail({
        is: 'ambiguous',
        path,
        expected: 'one damage a field',
        found: 'two',
        candidates: [found.value.path],
      })
    const after = destination(root, of, path, operator)
    if (!after.ok) return after
    const misfit = checkFit(path, operator, piece, mask)
    if (misfit) return fail(misfit)
    plans.push({ path, operator, piece, mask, after: after.value, depth })
  }
  return ok(plans.sort((a, b) => b.depth - a.depth))
}

function destination(
  root: Draft,
  of: ReadonlyMap<Node, Piece>,
  path: string,
  operator: Operator,
): Result<Piece | undefined, DamageFailure> {
  if (typeof operator === 'string' || !('move-after' in operator)) return ok(undefined)
  const found = find(root, operator['move-after'])
  if (!found.ok) return found
  const piece = of.get(found.value.draft)
  if (piece) return ok(piece)
  return fail({
    is: 'does-not-fit',
    path,
    expected: 'a field of whole octets',
    found: operator['move-after'],
    candidates: [],
  })
}

function checkFit(path: string, operator: Operator, piece: Piece, mask: number | undefined): DamageFailure | undefined {
  const field = flatten(piece)
  if (mask !== undefined) return bitField(path, operator, mask)
  if (applyOperator(operator, field)) return undefined
  return {
    is: 'does-not-fit',
    path,
    expected: `an operator for ${field.length} octets`,
    found: JSON.stringify(operator),
    candidates: [],
  }
}

function apply(root: Piece, { path, operator, piece, mask, after }: Plan): DamageFailure | undefined {
  if (piece.derivation && !after) {
    piece.damages.push({ operator, mask, idle: false })
    return undefined
  }
  settle(root)
  piece.damaged ??= operator
  if (after) return move(root, path, operator, piece, after)
  const before = flatten(piece)
  const damaged = mask === undefined ? applyOperator(operator, before) : damageBits(operator, before, mask)
  if (!damaged || (hex(damaged) === hex(before) && operator !== 'repeat')) return changesNothing(path, operator)
  piece.octets = damaged
  piece.children = []
  piece.copies = operator === 'repeat' ? 2 : damaged.length === 0 ? 0 : 1
  return undefined
}

function move(root: Piece, path: string, operator: Operator, piece: Piece, after: Piece): DamageFailure | undefined {
  const before = hex(flatten(root))
  for (let above: Piece | undefined = after; above; above = above.parent)
    if (above === piece)
      return {
        is: 'does-not-fit',
        path,
        expected: 'a field outside of it',
        found: JSON.stringify(operator),
        candidates: [],
      }
  const siblings = piece.parent?.children
  const target = after.parent?.children
  if (!siblings || !target) return changesNothing(path, operator)
  siblings.splice(siblings.indexOf(piece), 1)
  target.splice(target.indexOf(after) + 1, 0, piece)
  piece.parent = after.parent
  return hex(flatten(root)) === before ? changesNothing(path, operator) : undefined
}

const changesNothing = (path: string, operator: Operator): DamageFailure => ({
  is: 'changes-nothing',
  path,
  expected: 'other octets',
  found: JSON.stringify(operator),
  candidates: [],
})
