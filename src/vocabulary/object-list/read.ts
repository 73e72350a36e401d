// The object list of the association that a connection has.
import { newLedger } from '../../client/ledger.ts'
import type { Result } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { Listing, Outcome, Refusal, Window } from '../../engine/vocabulary.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import { faultSeen, type Came } from '../evidence.ts'
import { conversed } from '../steps/conversation.ts'
import { isRefusal } from '../steps/word.ts'
import { decodeShortNameList } from './decode-sn.ts'
import { decodeObjectList, type NoList } from './decode.ts'

/** Each client finds its own association under this name (IEC 62056-6-2, Association LN and Association SN). */
const OWN = '0.0.40.0.0.255'
const OBJECT_LIST = { 'class-id': 15, 'instance-id': OWN, 'attribute-id': 2 }
const SHORT_NAME_LIST = { 'class-id': 12, 'instance-id': OWN, 'attribute-id': 2 }
const ACCESS_RIGHTS_LIST = { 'class-id': 12, 'instance-id': OWN, 'attribute-id': 3 }

export async function readObjectList(bench: Bench, connection: Connection): Promise<Listing> {
  if (connection.client.context === 'ln')
    return listing(connection, await value(bench, connection, OBJECT_LIST), decodeObjectList)
  const list = await value(bench, connection, SHORT_NAME_LIST)
  if (list.data === undefined) return listing(connection, list, (data) => decodeShortNameList(data, undefined))
  const rights = await value(bench, connection, ACCESS_RIGHTS_LIST)
  const refused = !isRefusal(rights.came) && 'refused' in rights.came.outcome.names
  if (rights.data === undefined && !refused) return listing(connection, rights, decodeObjectList)
  return listing(connection, list, (data) => decodeShortNameList(data, rights.data))
}

interface Value {
  readonly came: Came | Refusal
  readonly data: Data | undefined
}

async function value(bench: Bench, connection: Connection, attribute: CosemAttributeDescriptor): Promise<Value> {
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
  let data: Data | undefined
  const came = await conversed(
    doing,
    (services) => services.get({ attribute }),
    {},
    (read) => {
      data = read
      return { names: {} }
    },
  )
  return { came, data }
}

function listing(
  { port: { ended } }: Connection,
  { came, data }: Value,
  decode: (data: Data) => Result<readonly ListedObject[], NoList>,
): Listing {
  if (ended?.is === 'fault') return { is: 'fault', fault: faultSeen(ended.fault) }
  if (isRefusal(came)) return { is: 'unlisted', expected: 'its value', found: came.refusal, noise: false }
  const { outcome } = came
  if (data === undefined) return notRead(outcome)
  const list = decode(data)
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
