// An association is opened: AARQ and AARE, and where the mechanism is one of HLS the proofs of both sides (IEC 62056-5-3, Association establishment).
import { isHls, type ProofFault } from '../client/hls.ts'
import type { Ledger } from '../client/ledger.ts'
import { aarqFor, type Proposal } from '../client/services.ts'
import { fail, ok, type Result } from '../codec/value.ts'
import type { Outcome, Window } from '../engine/vocabulary.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { proofOn, replyToHls } from './handshake.ts'
import { serve, unasked } from './steps/service.ts'

export interface Opening {
  readonly bench: Bench
  readonly connection: Connection
  readonly window: Window
  readonly ledger: Ledger
}

/** What a client proposes, and how far it goes. */
export interface Proposed {
  readonly initiate: Partial<Proposal>
  /** A dedicated key is sent along. */
  readonly dedicated: boolean
}

/** AARQ → what came. A failure says which secret is not known. */
export async function propose(opening: Opening, { initiate, dedicated }: Proposed): Promise<Result<Outcome, string>> {
  const { bench, connection } = opening
  const credentials = bench.credentials(connection)
  if (credentials === undefined) return fail(`the secret of the client ${connection.client.name} is not known`)
  const dedicatedKey = dedicated ? bench.freshKey(connection) : undefined
  const aarq = aarqFor({ ...credentials, ...(dedicatedKey ? { dedicatedKey } : {}) }, initiate)
  const { outcome } = await serve(opening, { is: 'aarq', value: aarq })
  return ok(outcome)
}

/** The challenge of the meter waits for its answer. */
export const isPending = ({ association }: Connection): boolean => association?.pending !== undefined

/** Passes 3 and 4: reply_to_HLS_authentication → what came. */
export async function proveBoth(opening: Opening, fault: ProofFault = {}): Promise<Outcome> {
  const { bench, connection } = opening
  const proof = proofOn(bench, connection, fault)
  if (!proof.ok) return unasked(proof.failure)
  const { outcome } = await serve(opening, replyToHls(connection, proof.value))
  return outcome
}

/** AARQ to pass 4. The association is there when the connection has one that waits for nothing. */
export async function openedBy(opening: Opening, proposed: Proposed): Promise<Result<Outcome, string>> {
  const { connection } = opening
  const first = await propose(opening, proposed)
  if (!first.ok || connection.association === undefined || !isPending(connection)) return first
  if (!isHls(connection.client.mechanism)) return first
  const second = await proveBoth(opening)
  return ok({ ...second, broken: [...first.value.broken, ...second.broken] })
}
