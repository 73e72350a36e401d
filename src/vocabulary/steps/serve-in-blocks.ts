// One APDU there and its answer back in general block transfer, for words.
import { readApdu } from '../../client/association.ts'
import type { Disturbance } from '../../client/block-disturbance.ts'
import type { Carried } from '../../client/carrier.ts'
import { exchangedInBlocks } from '../../client/general-block-transfer.ts'
import { newLedger } from '../../client/ledger.ts'
import type { Irregularity } from '../../client/service-outcome.ts'
import { apduOctets } from '../../client/services.ts'
import type { BrokenRule, Outcome } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { carriedOutcome } from '../outcomes/carried.ts'
import type { Doing } from './word.ts'

/** `octets`: of the request in each block, at most. */
export interface Windows extends Disturbance {
  readonly window: number
  readonly octets?: number
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
  let came = 0
  const taken = (heard: Carried): Apdu | undefined => {
    carried = heard
    if (heard.is === 'other') bench.answered(connection, heard.heard)
    if (heard.is !== 'apdu') return undefined
    // The frames are judged with the whole.
    broken.push(...carriedOutcome(heard, question, newLedger(), waitMs).broken)
    const answer = readApdu(heard.apdu)
    if (answer?.is === 'general-block-transfer') came += 1
    return answer
  }
  const assembled = await exchangedInBlocks(
    {
      ask: async (block) => taken(await connection.carrier.exchange(apduOctets(block), patience, ledger)),
      async tell(block) {
        const heard = await connection.carrier.tell(apduOctets(block), patience, ledger)
        if (heard) taken(heard)
        return heard === undefined
      },
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
    const undisturbed = assembled.undisturbed ? { undisturbed: true } : {}
    return {
      outcome: {
        ...outcome,
        names: { ...outcome.names, assembled: true, ...undisturbed },
        broken: [...broken, ...outcome.broken],
      },
      answer: readApdu(assembled.apdu),
      blocks,
      irregular,
    }
  }
  const last = carriedOutcome(carried, { ...question, apdu: octets }, ledger, waitMs)
  const unended = carried.is === 'silent' && came > 0
  const outcome = unended ? { ...last, text: `${last.text}, after ${came} blocks of which none is the last` } : last
  return { outcome, answer: assembled.is === 'other' ? assembled.answer : undefined, blocks: 0, irregular }
}
