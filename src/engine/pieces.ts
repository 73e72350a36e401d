// Pieces of something longer, as blocks carry them: a secret that a border cuts is found where both its sides have passed.
import type { Masker, Range } from './masking.ts'

/** Octets of one message, and how to hide some of them. */
export interface Piece {
  readonly octets: Uint8Array
  readonly hide: (range: Range) => void
}

/** Where a piece has its place. `last`: none follows it. */
export interface Place {
  readonly number: number
  readonly last: boolean
}

/** Numbers that are kept; a block that comes again or out of order is not further from its neighbours. */
const MOST_KEPT = 128
/** At the end of all pieces so many octets are no chance; fewer are left as they are, for nothing follows that could tell. */
const NO_CHANCE = 4

export class Pieces {
  readonly #kept = new Map<number, Piece>()
  #latest: Piece | undefined
  #due = 1
  /** What may be the beginning of a secret: so many octets at the end of these pieces. */
  #undecided: (() => void)[] = []

  /** More has to come before it is sure what is to be hidden. */
  get isUndecided(): boolean {
    return this.#undecided.length > 0
  }

  /** Parts of secrets that a border has cut, whole ones left out. */
  add(masker: Masker, { number, last }: Place, piece: Piece): readonly Uint8Array[] {
    if (masker.longest === 0) return []
    if (number <= 1) this.#kept.clear()
    const before = this.#before(number, masker.longest)
    const after = this.#after(number, masker.longest)
    const latest = this.#latest
    const run = [...before, piece, ...after]
    const hasFront = number - before.length <= 1 || joined(before).length >= masker.longest
    const runs = [run, ...(latest === undefined || before.includes(latest) ? [] : [[latest, piece]])]
    if (number !== this.#due) this.settle()
    this.#due = number + 1
    this.#undecided = []
    const cut = runs.flatMap((run) => hideWhole(masker, run))
    // Pieces in front of which one has not come may hold the end of a secret, or its middle.
    if (!hasFront) hideAcross(run, { from: 0, to: masker.ended(joined(run)) })
    for (const run of runs) {
      const begun = masker.begun(joined(run))
      if (begun > 0 && (!last || begun >= NO_CHANCE)) this.#undecided.push(() => hideEnd(run, begun))
    }
    if (last) this.settle()
    this.#keep(number, piece)
    return cut
  }

  /** Nothing is waited for: what may be the beginning of a secret is hidden. */
  settle(): void {
    for (const hide of this.#undecided) hide()
    this.#undecided = []
  }

  #keep(number: number, piece: Piece): void {
    this.#latest = piece
    this.#kept.delete(number)
    this.#kept.set(number, piece)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }

  #before(number: number, octets: number): readonly Piece[] {
    const found: Piece[] = []
    for (let at = number - 1, length = 0; length < octets; at--) {
      const piece = this.#kept.get(at)
      if (piece === undefined) break
      found.unshift(piece)
      length += piece.octets.length
    }
    return found
  }

  #after(number: number, octets: number): readonly Piece[] {
    const found: Piece[] = []
    for (let at = number + 1, length = 0; length < octets; at++) {
      const piece = this.#kept.get(at)
      if (piece === undefined) break
      found.push(piece)
      length += piece.octets.length
    }
    return found
  }
}

const joined = (run: readonly Piece[]): Uint8Array => Buffer.concat(run.map(({ octets }) => octets))

function hideWhole(masker: Masker, run: readonly Piece[]): readonly Uint8Array[] {
  return masker.ranges(joined(run)).flatMap((range) => {
    const parts = hideAcross(run, range)
    return parts.length > 1 ? parts : []
  })
}

function hideEnd(run: readonly Piece[], length: number): void {
  const to = run.reduce((sum, { octets }) => sum + octets.length, 0)
  hideAcross(run, { from: to - length, to })
}

/** What of it stood in each piece. */
function hideAcross(run: readonly Piece[], range: Range): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  let start = 0
  for (const { octets, hide } of run) {
    const from = Math.max(range.from - start, 0)
    const to = Math.min(range.to - start, octets.length)
    if (from < to) {
      hide({ from, to })
      parts.push(octets.subarray(from, to))
    }
    start += octets.length
  }
  return parts
}
