// The blocks of a long answer, put together within bounds (rulings B8, B9).
import { broken, other, refused, type Irregularity, type ServiceOutcome, type Transfer } from './service-outcome.ts'

/** One block as it came. */
export interface Block {
  readonly last: boolean
  readonly number: number
  readonly octets: Uint8Array
}

/** What an answer in a transfer is. */
export type BlockAnswer =
  | ({ readonly is: 'block' } & Block)
  | { readonly is: 'refused'; readonly result: string | number }
  | { readonly is: 'broken'; readonly breach: Irregularity }
  | { readonly is: 'other' }

/** A transfer that is longer does not end. */
const MOST_BLOCKS = 100_000
const MOST_OCTETS = 16 * 1024 * 1024
/** A block without octets is remarked; so many in a row carry nothing at all. */
const MOST_EMPTY = 3

/** Takes blocks in from the first until the last. `next`: asks for the block behind the one with this number. */
export async function assembled(
  first: BlockAnswer,
  next: (received: number) => Promise<BlockAnswer>,
): Promise<ServiceOutcome<Uint8Array>> {
  const parts: Uint8Array[] = []
  const irregular: Irregularity[] = []
  let octets = 0
  let empty = 0
  const soFar = (): Transfer => ({ blocks: parts.length, irregular })
  for (let answer = first; ; answer = await next(parts.length)) {
    if (answer.is === 'other') return other(soFar())
    if (answer.is === 'refused') return refused(answer.result, soFar())
    if (answer.is === 'broken') return broken(answer.breach, soFar())
    const due = parts.length + 1
    if (answer.number !== due)
      return broken({ rule: 'block-number', expected: `block ${due}`, found: `block ${answer.number}` }, soFar())
    parts.push(answer.octets)
    octets += answer.octets.length
    if (octets > MOST_OCTETS) return broken(endless(`${octets} octets so far`), soFar())
    empty = answer.octets.length === 0 ? empty + 1 : 0
    if (empty === 1) irregular.push({ ...EMPTY, found: `block ${due} has none` })
    if (answer.last) return { is: 'done', value: joined(parts, octets), transfer: soFar() }
    if (empty >= MOST_EMPTY) return broken(endless(`${empty} blocks in a row without octets`), soFar())
    if (parts.length >= MOST_BLOCKS) return broken(endless(`${parts.length} blocks, none of them the last`), soFar())
  }
}

const EMPTY = { rule: 'block-contents', expected: 'octets in every block', remark: true } as const

const endless = (found: string): Irregularity => ({ rule: 'block-transfer-ends', expected: 'a last block', found })

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
