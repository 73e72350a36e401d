// One APDU there and its answer back, for words.
import type { Manner } from '../../client/security-material.ts'
import { apduOctets } from '../../client/services.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { openApdu, type OpenedApdu } from '../opened.ts'
import { carriedOutcome } from '../outcomes/carried.ts'
import { protectedOctets } from '../protecting.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Doing } from './word.ts'
import { hasCome, hasLeft, leaves } from '../passing.ts'
import { askedOn } from '../questions.ts'

export interface Served {
  readonly outcome: Outcome
  /** The answer, opened, where one could be read. */
  readonly answer: Apdu | undefined
  /** The request as it was sent. */
  readonly sent?: Uint8Array
  readonly opened?: OpenedApdu
}

/** Asks, protected as the association has it, and takes the answer in. A port that is closed answers `closed`. */
export async function serve(
  { bench, connection, ledger, window }: Omit<Doing, 'args'>,
  apdu: Apdu,
  manner: Manner = {},
): Promise<Served> {
  await bench.drain(connection, ledger)
  const octets = protectedOctets(connection, apdu, manner)
  if (!octets.ok) return { outcome: unasked(octets.failure), answer: undefined }
  leaves(connection, octets.value)
  const waitMs = Math.max(window.mostMs, bench.declared.timing.responseMs)
  const question = askedOn(bench, connection, apduOctets(apdu), octets.value)
  const patience = bench.patience(Math.max(window.lateMs, 2 * waitMs))
  const carried = await connection.carrier.exchange(octets.value, patience, ledger)
  hasLeft(bench, connection, octets.value, carried.asked)
  const outcome = carriedOutcome(carried, question, ledger, waitMs)
  const opened = carried.is === 'apdu' ? openApdu(carried.apdu, connection.security) : undefined
  const read = opened?.inner
  const answer = read !== undefined && 'apdu' in read ? read.apdu : undefined
  if (carried.is === 'apdu') hasCome(bench, connection, carried.apdu, carried.end)
  if (carried.is === 'other') bench.answered(connection, carried.heard)
  return { outcome, answer, sent: octets.value, ...(opened ? { opened } : {}) }
}

/** Nothing was sent, for there is nothing to protect it with. */
export const unasked = (why: string): Outcome => ({
  names: {},
  broken: [],
  noise: false,
  text: `nothing that could be asked: ${why}`,
  advice: 'Look at the keys that the declaration names for this client, and whether the secrets have them.',
})
