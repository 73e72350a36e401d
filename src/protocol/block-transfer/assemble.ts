// The side that gets the blocks.
import type { BlockFailure, Datablock } from './datablock.ts'
import { NO_PARTS, whole, withPart, type Parts } from './parts.ts'

/** Blocks so far. `empty` counts those without data: legal, but a remark (ruling B8). */
export interface Assembly {
  readonly parts: Parts
  readonly blocks: number
  readonly empty: number
}

export const NOTHING_ASSEMBLED: Assembly = { parts: NO_PARTS, blocks: 0, empty: 0 }

/** A peer whose blocks hold nothing must not go on for ever. */
const MOST_EMPTY = 16

export type Assembled =
  | { readonly is: 'more'; readonly assembly: Assembly }
  | { readonly is: 'whole'; readonly raw: Uint8Array; readonly assembly: Assembly }
  | { readonly is: 'failed'; readonly failure: BlockFailure }

/** Takes one block in. `limit` bounds what is kept: a peer that never ends must not fill the memory. */
export function assemble(assembly: Assembly, block: Datablock, limit = 0x400000): Assembled {
  const { 'block-number': found, 'raw-data': raw } = block
  const expected = assembly.blocks + 1
  if (found !== expected) return { is: 'failed', failure: { is: 'block-number', expected, found } }
  const parts = withPart(assembly.parts, raw)
  const empty = assembly.empty + (raw.length === 0 ? 1 : 0)
  if (parts.octets > limit) return { is: 'failed', failure: { is: 'too-long', expected: limit, found: parts.octets } }
  if (empty > MOST_EMPTY) return { is: 'failed', failure: { is: 'no-data', expected: MOST_EMPTY, found: empty } }
  const next = { parts, blocks: expected, empty }
  return block['last-block'] ? { is: 'whole', raw: whole(parts), assembly: next } : { is: 'more', assembly: next }
}
