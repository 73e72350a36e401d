// The object list of the association that a connection has.
import { newLedger } from '../../client/ledger.ts'
import type { Listing, Outcome, Window } from '../../engine/vocabulary.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import { faultSeen } from '../evidence.ts'
import { conversed } from '../steps/conversation.ts'
import { isRefusal } from '../steps/word.ts'
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
  let read: Data | undefined
  const came = await conversed(
    doing,
    (services) => services.get({ attribute: OBJECT_LIST }),
    {},
    (value) => {
      read = value
      return { names: {} }
    },
  )
  const { ended } = connection.port
  if (ended?.is === 'fault') return { is: 'fault', fault: faultSeen(ended.fault) }
  if (isRefusal(came)) return { is: 'unlisted', expected: 'its value', found: came.refusal, noise: false }
  const { outcome } = came
  if (read === undefined) return notRead(outcome)
  const list = decodeObjectList(read)
  if (list.ok) return { is: 'listed', objects: list.value }
  const { path, expected, found } = list.failure
  return unlisted(outcome, `${path}: ${expected}`, found)
}

/** Where the meter answered, the rule that its answers break is why; a refusal and silence speak for themselves. */
function notRead(outcome: Outcome): Listing {
  const rule = 'refused' in outcome.names || outcome.noise ? undefined : outcome.broken.find(({ remark }) => !remark)
  return unlisted(outcome, rule?.expected ?? 'its value', rule?.found ?? outcome.text)
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
