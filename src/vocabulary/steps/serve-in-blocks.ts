// One APDU there and its answer back in general block transfer, for words.
import { readApdu } from '../../client/association.ts'
import type { Carried } from '../../client/carrier.ts'
import { exchangedInBlocks } from '../../client/general-block-transfer.ts'
import type { Irregularity } from '../../client/service-outcome.ts'
import { apduOctets } from '../../client/services.ts'
import type { BrokenRule, Outcome } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { apduOutcome } from '../outcomes/apdu.ts'
import { carriedOutcome } from '../outcomes/carried.ts'
import type { Doing } from './word.ts'

/** `lost`: which block of the meter is treated as lost, counted as they come. */
export interface Windows {
  readonly window: number
  readonly lost?: number
}

export interface ServedInBlocks {
  readonly outcome: Outcome
  readonly answer: Apdu | undefined
  readonly blocks: number
  readonly irregular: readonly Irregularity[]
}

/** Every block is judged as it comes, and the answer when it is whole; a string: why it cannot be asked. */
export async function serveInBlocks(
  { bench, connection, ledger, window }: Doing,
  apdu: Apdu,
  windows: Windows,
): Promise<ServedInBlocks | string> {
  await bench.drain(connection, ledger)
  const waitMs = Math.max(window.mostMs, bench.declared.timing.responseMs)
  const patience = bench.patience(Math.max(window.lateMs, 2 * waitMs))
  const question = bench.question(connection)
  const broken: BrokenRule[] = []
  let carried: Carried | undefined
  const taken = (came: Carried): Apdu | undefined => {
    carried = came
    if (came.is === 'other') bench.answered(connection, came.heard)
    if (came.is !== 'apdu') return undefined
    broken.push(...apduOutcome(came.apdu, question).broken)
    return readApdu(came.apdu)
  }
  const assembled = await exchangedInBlocks(
    {
      ask: async (block) => taken(await connection.carrier.exchange(apduOctets(block), patience, ledger)),
      more: async () => taken(await connection.carrier.next(patience, ledger)),
    },
    apdu,
    { ...windows, serverMaxReceivePduSize: connection.association?.negotiated?.['server-max-receive-pdu-size'] ?? 0 },
  )
  if (assembled.is === 'impossible') return assembled.why
  if (carried === undefined) return 'nothing was asked'
  const octets = apduOctets(apdu)
  const { irregular } = assembled
  if (assembled.is === 'whole' && carried.is === 'apdu') {
    const { limit: _, ...unlimited } = question
    const { heard: __, ...whole } = { ...carried, apdu: assembled.apdu }
    const outcome = carriedOutcome(whole, { ...unlimited, apdu: octets }, ledger, waitMs)
    const { blocks } = assembled
    return {
      outcome: { ...outcome, broken: [...broken, ...outcome.broken] },
      answer: readApdu(assembled.apdu),
      blocks,
      irregular,
    }
  }
  const outcome = carriedOutcome(carried, { ...question, apdu: octets }, ledger, waitMs)
  return { outcome, answer: assembled.is === 'other' ? assembled.answer : undefined, blocks: 0, irregular }
}
