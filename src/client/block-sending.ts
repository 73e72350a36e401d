// The blocks of a long request, each acknowledged before the next is sent.
import type { Apdu } from '../protocol/apdu.ts'
import type { Datablock } from '../protocol/block-transfer/datablock.ts'
import { broken, other, type Irregularity, type ServiceOutcome } from './service-outcome.ts'

/** What an answer to a block is. `final`: the service has come to its end. */
export type Acknowledgement<T> =
  | { readonly is: 'acknowledged'; readonly number: number }
  | { readonly is: 'final'; readonly outcome: ServiceOutcome<T>; readonly number?: number }
  | { readonly is: 'broken'; readonly breach: Irregularity }
  | { readonly is: 'other' }

export async function transmitted<T>(
  blocks: readonly Datablock[],
  send: (block: Datablock) => Promise<Apdu | undefined>,
  read: (answer: Apdu | undefined) => Promise<Acknowledgement<T>> | Acknowledgement<T>,
): Promise<ServiceOutcome<T>> {
  for (const block of blocks) {
    const { 'block-number': number, 'last-block': last } = block
    const transfer = { blocks: number, irregular: [] }
    const answer = await read(await send(block))
    if (answer.is === 'other') return other(transfer)
    if (answer.is === 'broken') return broken(answer.breach, transfer)
    if (answer.is === 'final') return ended(answer, number, last)
    if (answer.number !== number) return broken(unlike(number, answer.number), transfer)
    if (last)
      return broken(
        { rule: 'block-form', expected: 'the result of the service', found: 'an acknowledgement' },
        transfer,
      )
  }
  return other()
}

/** The result comes behind the last block; a refusal may come before. */
function ended<T>(
  { outcome, number }: Acknowledgement<T> & { readonly is: 'final' },
  sent: number,
  last: boolean,
): ServiceOutcome<T> {
  if (outcome.is === 'impossible' || outcome.is === 'unlisted') return outcome
  const transfer = { blocks: sent + outcome.transfer.blocks, irregular: outcome.transfer.irregular }
  if (outcome.is !== 'done') return { ...outcome, transfer }
  if (!last)
    return broken(
      { rule: 'block-form', expected: `an acknowledgement of block ${sent}`, found: 'the result of the service' },
      transfer,
    )
  if (number !== undefined && number !== sent) return broken(unlike(sent, number), transfer)
  return { ...outcome, transfer }
}

const unlike = (expected: number, found: number): Irregularity => ({
  rule: 'block-number',
  expected: `an acknowledgement of block ${expected}`,
  found: `block ${found}`,
})
