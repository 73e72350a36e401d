// The object list of the association that a connection has.
import { newLedger } from '../../client/ledger.ts'
import { getRequest } from '../../client/services.ts'
import type { Listing, Outcome, Window } from '../../engine/vocabulary.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import { faultSeen } from '../evidence.ts'
import { serve } from '../steps/service.ts'
import { decodeObjectList } from './decode.ts'

/** Each client finds its own association under this name (IEC 62056-6-2, Association LN). */
const OBJECT_LIST = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 }

export async function readObjectList(bench: Bench, connection: Connection): Promise<Listing> {
  const { responseMs } = bench.declared.timing
  const window: Window = {
    leastMs: 0,
    mostMs: responseMs,
    lateMs: 2 * responseMs,
    collect: 'first',
    layer: 'apdu',
    asked: [],
  }
  const doing = { bench, connection, args: {}, window, ledger: newLedger() }
  const { outcome, answer } = await serve(doing, getRequest(connection.nextInvokeId(), OBJECT_LIST))
  const { ended } = connection.port
  if (ended?.is === 'fault') return { is: 'fault', fault: faultSeen(ended.fault) }
  if (answer?.is !== 'get-response-normal' || answer.value.result.is !== 'data')
    return unlisted(outcome, 'its value', outcome.text)
  const list = decodeObjectList(answer.value.result.value)
  if (list.ok) return { is: 'listed', objects: list.value }
  const { path, expected, found } = list.failure
  return unlisted(outcome, `${path}: ${expected}`, found)
}

/** Octets that are told, hex; the traffic has them all. */
const OCTETS_TOLD = 1024

const unlisted = ({ noise, octets }: Outcome, expected: string, found: string): Listing => ({
  is: 'unlisted',
  expected,
  found,
  noise,
  ...(octets === undefined ? {} : { octets: octets.slice(0, OCTETS_TOLD) }),
})
