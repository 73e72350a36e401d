// The way back of keys and HLS secrets: whichever the meter has now, it gets the old ones.
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { clientBy, type DeclaredClient } from '../declared.ts'
import type { Came } from '../evidence.ts'
import { putBackKeys, ringsToTry, type KeyChange, type KeySending, type Ring } from './key-journal.ts'
import { carryCounters, keyNow, sendKeys, TRANSFERRED } from './key-sending.ts'
import { sendSecret } from './secret-change.ts'
import { wrapped } from './key-wrapping.ts'
import { RESTORING } from './journal.ts'
import { notReached } from './link.ts'
import { isRefusal, within, type Doing } from './word.ts'

/** All that was changed of one object for one client, together: it opens with all of the right ones or not at all. */
export async function putBackChanges(
  doing: Doing,
  changes: readonly [KeyChange, ...KeyChange[]],
): Promise<Came | Refusal> {
  const { bench } = doing
  const [first] = changes
  const client = clientBy(bench.declared, first.client)
  if (client?.name !== first.client)
    return { refusal: `${first.object}: no client ${first.client} is declared any more` }
  const rings = ringsToTry(changes, bench.setup)
  const known = bench.changed.of(client)
  const why = await putBackKeys(first, rings, sendingFor(doing, client), known)
  if (why === undefined && rings.old !== undefined) bench.changed.forget(client, rings.old)
  const text = why ?? 'the old keys are valid'
  const outcome: Outcome = { names: why === undefined ? { success: true } : {}, broken: [], noise: false, text }
  return { outcome }
}

export function sendingFor(doing: Doing, client: DeclaredClient): KeySending {
  const { bench } = doing
  const leave = async (): Promise<void> => {
    const connection = bench.connections.get(RESTORING)
    if (connection) await bench.connections.drop(connection)
  }
  return {
    async opens({ device }, ring) {
      const unsafe = carryCounters(bench, client, ring)
      if (unsafe !== undefined) return { is: 'not-open', text: unsafe }
      bench.changed.keep(client, ring)
      const climbed = await bench.climb(RESTORING, { rung: 'association', client: client.name, device })
      if (climbed.is === 'up') return { is: 'open' }
      await leave()
      const { text, names } = notReached(climbed)
      return { is: 'not-open', text, answered: 'refused' in names }
    },
    async transferKeys(change, keys) {
      const connection = bench.connections.get(RESTORING)
      if (connection === undefined) return 'the association is gone'
      const came = await sent({ ...within(doing), connection }, client, change, keys)
      await leave()
      if (isRefusal(came)) return came.refusal
      return 'success' in came.outcome.names ? undefined : came.outcome.text
    },
  }
}

async function sent(doing: Doing, client: DeclaredClient, { object }: KeyChange, ring: Ring): Promise<Came | Refusal> {
  const secret = ring.get('hls-secret')
  if (secret !== undefined) return sendSecret(doing, secret)
  const masterKey = keyNow(doing.bench, client, 'master-key')
  if (masterKey === undefined) return { refusal: `the master-key of ${client.name} is not known` }
  const data = TRANSFERRED.flatMap((name) => {
    const key = ring.get(name)
    return key === undefined ? [] : [wrapped(masterKey, name, key).data]
  })
  const master = masterData(doing, client, masterKey, ring.get('master-key'))
  return sendKeys(doing, { client, object }, { data: [...data, ...master], ring })
}

/** Which master key the meter has shows where it takes a key: the old one itself, or, under the old one, another key as it is. */
function masterData({ bench }: Doing, client: DeclaredClient, now: Uint8Array, old: Uint8Array | undefined) {
  if (old === undefined) return []
  if (Buffer.compare(old, now) !== 0) return [wrapped(now, 'master-key', old).data]
  const name = client.security?.keys['global-broadcast-encryption-key'] === undefined ? UNICAST : BROADCAST
  const key = keyNow(bench, client, name)
  return key === undefined ? [] : [wrapped(now, name, key).data]
}

const UNICAST = 'global-unicast-encryption-key'
const BROADCAST = 'global-broadcast-encryption-key'
