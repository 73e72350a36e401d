// An APDU there and its answer back in general block transfer (IEC 62056-5-3 clause 9.4.6.13; rulings B10, B12).
import { encode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import { take, type Taken } from '../protocol/gbt/take.ts'
import { gbtRoomWithin, transferOf, withApdu, type Transfer } from '../protocol/gbt/transfer.ts'
import { turn } from '../protocol/gbt/turn.ts'
import type { Irregularity } from './service-outcome.ts'

export interface Windowed {
  /** Blocks that may come before they are acknowledged: 1 to 63. */
  readonly window: number
  /** The longest APDU that the meter takes; 0: any. */
  readonly serverMaxReceivePduSize: number
  /** Blocks of the meter that are treated as lost, counted as they come, from 1. */
  readonly lost?: number
}

/** How APDUs go: one there and the next one back, and one more that comes without a question. */
export interface Exchanging {
  readonly ask: (question: Apdu) => Promise<Apdu | undefined>
  readonly more: () => Promise<Apdu | undefined>
}

export type Assembled =
  | {
      readonly is: 'whole'
      readonly apdu: Uint8Array
      readonly blocks: number
      readonly irregular: readonly Irregularity[]
    }
  /** The meter answers in no blocks, or not at all. */
  | { readonly is: 'other'; readonly answer: Apdu | undefined; readonly irregular: readonly Irregularity[] }
  | { readonly is: 'broken'; readonly irregular: readonly Irregularity[] }
  | { readonly is: 'impossible'; readonly why: string }

/** A transfer that is longer does not end. */
const MOST_BLOCKS = 0xffff

export async function exchangedInBlocks(
  { ask, more }: Exchanging,
  question: Apdu,
  { window, serverMaxReceivePduSize, lost }: Windowed,
): Promise<Assembled> {
  const begun = withApdu(transferOf({ window, room: gbtRoomWithin(serverMaxReceivePduSize) }), encode(apdu, question))
  if (!begun.ok) return { is: 'impossible', why: `${begun.failure.is}: expected ${begun.failure.expected}` }
  let transfer = begun.value
  let came = 0
  let gap = false
  const irregular: Irregularity[] = []
  for (;;) {
    const turned = turn(oneByOne(transfer))
    transfer = turned.transfer
    gap = false
    const [block] = turned.blocks
    if (block === undefined) return { is: 'broken', irregular: [...irregular, STOPPED] }
    let answer = await ask({ is: 'general-block-transfer', value: block })
    for (;;) {
      if (answer?.is !== 'general-block-transfer') return { is: 'other', answer, irregular }
      if (++came > MOST_BLOCKS) return { is: 'broken', irregular: [...irregular, ENDLESS] }
      const { value } = answer
      const { streaming, 'last-block': last } = value['block-control']
      if (came === lost) {
        gap = true
        if (!streaming || last) break
        answer = await more()
        continue
      }
      const taken: Taken = take(transfer, value)
      const due = transfer.received + 1
      transfer = taken.transfer
      if (taken.order === 'out-of-order' && !gap)
        irregular.push({ rule: 'gbt-number', expected: `block ${due}`, found: `block ${value['block-number']}` })
      if (taken.is === 'whole') return { is: 'whole', apdu: taken.apdu, blocks: came, irregular }
      if (taken.is === 'failed' || taken.is === 'aborted')
        return { is: 'broken', irregular: [...irregular, breachOf(taken)] }
      if (taken.is !== 'more') break
      answer = await more()
    }
  }
}

/** One block in a turn: each is acknowledged before the next is sent. */
const oneByOne = (transfer: Transfer): Transfer => ({ ...transfer, peerWindow: Math.min(1, transfer.peerWindow) })

const STOPPED: Irregularity = {
  rule: 'gbt-goes-on',
  expected: 'a window of one block at least',
  found: 'a window of 0',
}
const ENDLESS: Irregularity = { rule: 'gbt-goes-on', expected: 'a last block', found: `${MOST_BLOCKS} blocks` }

function breachOf(taken: Extract<Taken, { readonly is: 'failed' | 'aborted' }>): Irregularity {
  if (taken.is === 'aborted')
    return { rule: 'gbt-goes-on', expected: 'the rest of the answer', found: 'the transfer given up' }
  const { is, expected, found } = taken.failure
  return { rule: 'gbt-goes-on', expected: `${WORDS[is]} ${expected}`, found: `${found}` }
}

const WORDS = {
  'acknowledged-unsent': 'an acknowledgement of at most block',
  'data-after-last': 'octets behind the last block:',
  'too-long': 'octets of the answer at most',
  'too-many-blocks': 'blocks at most',
  'no-room': 'octets in a block at least',
  'no-progress': 'turns that bring nothing at most',
} as const
