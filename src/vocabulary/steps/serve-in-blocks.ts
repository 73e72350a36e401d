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
import type { Manner } from '../../client/security-material.ts'
import { openApdu } from '../opened.ts'
import { carriedOutcome } from '../outcomes/carried.ts'
import { protectedOctets } from '../protecting.ts'
import type { Doing } from './word.ts'
import { hasCome, hasLeft, leaves } from '../passing.ts'
import { askedOn } from '../questions.ts'

/** `octets`: of the request in each block, at most; `mixed`: from that block on they are those of the same request, protected once more. */
export interface Windows extends Omit<Disturbance, 'mixed'> {
  readonly window: number
  readonly octets?: number
  readonly mixed?: number
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
  manner: Manner = {},
): Promise<ServedInBlocks | string> {
  await bench.drain(connection, ledger)
  const waitMs = Math.max(window.mostMs, bench.declared.timing.responseMs)
  const patience = bench.patience(Math.max(window.lateMs, 2 * waitMs))
  const whole = protectedOctets(connection, apdu, manner)
  if (!whole.ok) return whole.failure
  leaves(connection, whole.value)
  const { mixed: from, ...others } = windows
  const other = from === undefined ? undefined : protectedOctets(connection, apdu, manner)
  if (other?.ok === false) return other.failure
  if (other !== undefined) leaves(connection, other.value)
  const mixed = from === undefined || other === undefined ? {} : { mixed: { from, octets: other.value } }
  const question = askedOn(bench, connection, apduOctets(apdu), whole.value)
  // A block is no answer to the service, and is plain whatever is in it.
  const { apdu: _, protection: __, ...blockwise } = question
  const broken: BrokenRule[] = []
  let carried: Carried | undefined
  let came = 0
  const taken = (heard: Carried): Apdu | undefined => {
    carried = heard
    if (heard.is === 'other') bench.answered(connection, heard.heard)
    if (heard.is !== 'apdu') return undefined
    // The frames are judged with the whole.
    broken.push(...carriedOutcome(heard, blockwise, newLedger(), waitMs).broken)
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
    readApdu(whole.value) ?? apdu,
    {
      ...others,
      ...mixed,
      serverMaxReceivePduSize: connection.association?.negotiated?.['server-max-receive-pdu-size'] ?? 0,
    },
  )
  if (assembled.is === 'impossible') return assembled.why
  if (carried === undefined) return 'nothing was asked'
  const { irregular } = assembled
  if (assembled.is === 'whole' && carried.is === 'apdu') {
    const { limit: ___, ...unlimited } = question
    const { heard: ____, ...joined } = { ...carried, apdu: assembled.apdu }
    hasLeft(bench, connection, whole.value, carried.asked)
    hasCome(bench, connection, assembled.apdu, carried.end)
    const outcome = carriedOutcome(joined, unlimited, ledger, waitMs)
    const { inner } = openApdu(assembled.apdu, connection.security)
    const { blocks } = assembled
    const undisturbed = assembled.undisturbed ? { undisturbed: true } : {}
    return {
      outcome: {
        ...outcome,
        names: { ...outcome.names, assembled: true, ...undisturbed },
        broken: [...broken, ...outcome.broken],
      },
      answer: inner !== undefined && 'apdu' in inner ? inner.apdu : undefined,
      blocks,
      irregular,
    }
  }
  const last = carriedOutcome(carried, question, ledger, waitMs)
  const unended = carried.is === 'silent' && came > 0
  const outcome = unended ? { ...last, text: `${last.text}, after ${came} blocks of which none is the last` } : last
  return { outcome, answer: assembled.is === 'other' ? assembled.answer : undefined, blocks: 0, irregular }
}
