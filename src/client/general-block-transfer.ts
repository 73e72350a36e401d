// An APDU there and its answer back in general block transfer (IEC 62056-5-3 clause 9.4.6.13; rulings B10, B12).
import { encode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import { isAbort, take } from '../protocol/gbt/take.ts'
import { gbtRoomWithin, transferOf, withApdu, type GbtFailure } from '../protocol/gbt/transfer.ts'
import { turn } from '../protocol/gbt/turn.ts'
import type { GeneralBlockTransfer } from '../protocol/xdlms/general-block-transfer.ts'
import { Disturber, type Disturbance } from './block-disturbance.ts'
import { BlockWatch } from './block-watch.ts'
import type { Irregularity } from './service-outcome.ts'

export interface Windowed extends Disturbance {
  /** Blocks that may come before they are acknowledged: 1 to 63. */
  readonly window: number
  /** The longest APDU that the meter takes; 0: any. */
  readonly serverMaxReceivePduSize: number
  /** Octets of the request in each block, at most. */
  readonly octets?: number
}

/** How APDUs go: one there and the next one back, one that nothing answers, and one more that comes without a question. */
export interface Exchanging {
  readonly ask: (question: Apdu) => Promise<Apdu | undefined>
  /** Whether it went. */
  readonly tell: (block: Apdu) => Promise<boolean>
  readonly more: () => Promise<Apdu | undefined>
}

export type Assembled =
  | {
      readonly is: 'whole'
      readonly apdu: Uint8Array
      readonly blocks: number
      readonly irregular: readonly Irregularity[]
      /** What was to be done to blocks was not: there were none such. */
      readonly undisturbed: boolean
    }
  /** The meter answers in no blocks, gives up, or does not answer at all. */
  | { readonly is: 'other'; readonly answer: Apdu | undefined; readonly irregular: readonly Irregularity[] }
  | { readonly is: 'broken'; readonly irregular: readonly Irregularity[] }
  | { readonly is: 'impossible'; readonly why: string }

/** A transfer that is longer does not end: no more than with blocks of the service. */
const MOST_BLOCKS = 20_000

export async function exchangedInBlocks(
  exchanging: Exchanging,
  question: Apdu,
  { window, serverMaxReceivePduSize, octets = Infinity, ...disturbance }: Windowed,
): Promise<Assembled> {
  const room = Math.min(octets, gbtRoomWithin(serverMaxReceivePduSize))
  const begun = withApdu(transferOf({ window, room }), encode(apdu, question))
  if (!begun.ok) return { is: 'impossible', why: `${begun.failure.is}: expected ${begun.failure.expected}` }
  const watch = new BlockWatch(window)
  const disturber = new Disturber(disturbance)
  const broken = (breach: Irregularity): Assembled => ({ is: 'broken', irregular: [...watch.irregular, breach] })
  let transfer = begun.value
  for (let blocks = 0; ;) {
    const turned = turn(transfer)
    transfer = turned.transfer
    const sent = disturber.arranged(turned.blocks)
    if (sent.length === 0) return broken(STOPPED)
    watch.sent(sent, transfer.received)
    let answer = await asked(exchanging, sent)
    for (;;) {
      if (answer?.is !== 'general-block-transfer') return { is: 'other', answer, irregular: watch.irregular }
      if (++blocks > MOST_BLOCKS) return broken(ENDLESS)
      const { value } = answer
      if (isAbort(value)) return { is: 'other', answer, irregular: watch.irregular }
      const breach = watch.judge(value)
      if (breach) return broken(breach)
      if (!disturber.loses(value)) {
        const taken = take(transfer, value)
        transfer = taken.transfer
        if (taken.is === 'whole')
          return { is: 'whole', apdu: taken.apdu, blocks, irregular: watch.irregular, undisturbed: disturber.isLeft }
        if (taken.is === 'failed') return broken(breachOf(taken.failure))
      }
      if (endsTurn(value)) break
      answer = await exchanging.more()
    }
  }
}

/** A turn of the tester: all but the last of its blocks stream, and nothing answers them. */
async function asked({ ask, tell }: Exchanging, blocks: readonly GeneralBlockTransfer[]): Promise<Apdu | undefined> {
  let answer: Apdu | undefined
  for (const value of blocks) {
    const block: Apdu = { is: 'general-block-transfer', value }
    if (value['block-control'].streaming) {
      if (!(await tell(block))) return undefined
    } else answer = await ask(block)
  }
  return answer
}

const endsTurn = ({ 'block-control': { streaming, 'last-block': last } }: GeneralBlockTransfer): boolean =>
  !streaming || last

const STOPPED: Irregularity = {
  rule: 'gbt-goes-on',
  expected: 'a window of one block at least',
  found: 'a window of 0',
}
const ENDLESS: Irregularity = {
  rule: 'gbt-goes-on',
  expected: `a last block within ${MOST_BLOCKS} blocks`,
  found: 'none',
}

const breachOf = ({ is, expected, found }: GbtFailure): Irregularity => ({
  rule: 'gbt-goes-on',
  expected: `${WORDS[is]} ${expected}`,
  found: `${found}`,
})

const WORDS = {
  'acknowledged-unsent': 'an acknowledgement of at most block',
  'data-after-last': 'octets behind the last block:',
  'too-long': 'octets of the answer at most',
  'too-many-blocks': 'blocks at most',
  'no-room': 'octets in a block at least',
  'no-progress': 'turns that bring nothing at most',
} as const
