// One APDU there and its answer back, for words.
import { apduOctets } from '../../client/services.ts'
import type { Carried } from '../../client/carrier.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { examineApdu } from '../apdu.ts'
import { carriedOutcome } from '../outcomes/carried.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Doing } from './word.ts'

export interface Served {
  readonly outcome: Outcome
  readonly carried: Carried
  /** The answer, where one could be read. */
  readonly answer: Apdu | undefined
}

/** Asks and takes the answer in. A port that is closed answers `closed`. */
export async function serve({ bench, connection, ledger, window }: Doing, apdu: Apdu): Promise<Served> {
  await bench.drain(connection, ledger)
  const octets = apduOctets(apdu)
  connection.asks(octets)
  const waitMs = Math.max(window.mostMs, bench.declared.timing.responseMs)
  const carried = await connection.carrier.exchange(octets, bench.patience(Math.max(window.lateMs, 2 * waitMs)), ledger)
  const outcome = carriedOutcome(carried, { ...bench.question(connection), apdu: octets }, ledger, waitMs)
  const read = carried.is === 'apdu' ? examineApdu(carried.apdu) : undefined
  const answer = read && 'apdu' in read ? read.apdu : undefined
  if (carried.is === 'apdu') bench.note(connection, carried.apdu)
  if (carried.is === 'other') bench.answered(connection, carried.heard)
  return { outcome, carried, answer }
}
