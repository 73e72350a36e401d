// The side that has the blocks: a server with a long answer, a client with a long request.
import type { BlockFailure, Datablock } from './datablock.ts'

/** `sent`: the number of the last block that was sent; 0: none. */
export interface Sending {
  readonly blocks: readonly Datablock[]
  readonly sent: number
}

export const sendingOf = (blocks: readonly Datablock[]): Sending => ({ blocks, sent: 0 })

export type Sent =
  | { readonly is: 'block'; readonly block: Datablock; readonly sending: Sending }
  /** The other side has them all. */
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly failure: BlockFailure }

/** The other side has got block `acknowledged` (0: it asks for the first): the next. Any other number than the last sent ends the transfer. */
export function afterBlock({ blocks, sent }: Sending, acknowledged: number): Sent {
  if (acknowledged !== sent)
    return { is: 'failed', failure: { is: 'block-number', expected: sent, found: acknowledged } }
  const block = blocks[sent]
  return block === undefined ? { is: 'done' } : { is: 'block', block, sending: { blocks, sent: sent + 1 } }
}
