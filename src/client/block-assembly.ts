// The blocks of a long answer, asked for one after the other and put together within bounds (rulings B8, B9).
import { assemble, NOTHING_ASSEMBLED } from '../protocol/block-transfer/assemble.ts'
import type { BlockFailure, Datablock } from '../protocol/block-transfer/datablock.ts'
import {
  broken,
  done,
  other,
  refused,
  type Irregularity,
  type ServiceOutcome,
  type Transfer,
} from './service-outcome.ts'

/** What an answer in a transfer is. */
export type BlockAnswer =
  | { readonly is: 'block'; readonly block: Datablock }
  | { readonly is: 'refused'; readonly result: string | number }
  | { readonly is: 'broken'; readonly breach: Irregularity }
  | { readonly is: 'other' }

/** More than any attribute holds that a meter lets be read at once: a transfer that is longer does not end. */
const MOST_BLOCKS = 20_000
const MOST_OCTETS = 4 * 1024 * 1024

/** Takes blocks in from the first until the last. `next`: asks for the block behind the one with this number. */
export async function assembled(
  first: BlockAnswer,
  next: (received: number) => Promise<BlockAnswer>,
): Promise<ServiceOutcome<Uint8Array>> {
  let assembly = NOTHING_ASSEMBLED
  const soFar = (): Transfer => ({ blocks: assembly.blocks, irregular: assembly.empty === 0 ? [] : [EMPTY] })
  for (let answer = first; ; answer = await next(assembly.blocks)) {
    if (answer.is === 'other') return other(soFar())
    if (answer.is === 'refused') return refused(answer.result, soFar())
    if (answer.is === 'broken') return broken(answer.breach, soFar())
    const taken = assemble(assembly, answer.block, MOST_OCTETS)
    if (taken.is === 'failed') return broken(breachOf(taken.failure, assembly.blocks + 1), soFar())
    assembly = taken.assembly
    if (taken.is === 'whole') return done(taken.raw, soFar())
    if (assembly.blocks >= MOST_BLOCKS) return broken(endless(assembly.blocks, assembly.parts.octets), soFar())
  }
}

const EMPTY: Irregularity = {
  rule: 'block-contents',
  expected: 'octets in every block',
  found: 'a block without any',
  remark: true,
}

const endless = (blocks: number, octets: number): Irregularity => ({
  rule: 'block-transfer-ends',
  expected: `a last block within ${MOST_BLOCKS} blocks and ${MOST_OCTETS} octets`,
  found: `${blocks} blocks of ${octets} octets together, none of them the last`,
})

function breachOf({ is, expected, found }: BlockFailure, blocks: number): Irregularity {
  switch (is) {
    case 'block-number':
      return { rule: 'block-number', expected: `block ${expected}`, found: `block ${found}` }
    case 'too-long':
      return endless(blocks, found)
    case 'no-data':
      return { rule: 'block-transfer-ends', expected: 'a last block', found: `${found} blocks without octets` }
    default:
      return is satisfies never
  }
}
