// key_transfer (class 64) as a client sends it: keys wrapped under the master key, and from which moment the tester uses them (IEC 62056-6-2, Security setup; rulings Y24, Y25).
import type { Manner } from './conversation.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { counterName } from '../../protocol/security/counter-name.ts'
import { KEY_NAMES, type KeyName } from '../../protocol/security/key-names.ts'
import { KEY_ID, keyDataArray, type KeyData, type TransferredKey } from '../../protocol/security/security-setup.ts'
import type { Bench } from '../bench.ts'
import { declaredOctets } from '../changed-keys.ts'
import type { DeclaredClient } from '../declared.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod } from './attribute-services.ts'
import type { ChangedName, Ring } from './key-journal.ts'
import { isRefusal, type Doing } from './word.ts'

/** Keys that a case changes. */
export const TRANSFERRED = [
  'global-unicast-encryption-key',
  'global-broadcast-encryption-key',
  'authentication-key',
] as const satisfies readonly TransferredKey[]
export type Transferred = (typeof TRANSFERRED)[number]

const SECURITY_SETUP = 64
const KEY_TRANSFER = 2

/** The key of a client that is valid now; undefined: its secret is not known. */
export const keyNow = (bench: Bench, client: DeclaredClient, name: ChangedName): Uint8Array | undefined =>
  bench.changed.of(client).get(name) ?? declaredOctets(client, name, bench.setup)

/** Whose keys are transferred, into which object. */
export interface Whose {
  readonly client: DeclaredClient
  /** Logical name of the Security setup. */
  readonly object: string
}

/** What is sent, and `ring`: what is valid where it succeeds. */
export interface KeyList {
  readonly data: readonly KeyData[]
  readonly ring: Ring
}

/** Invokes key_transfer. */
export async function sendKeys(
  doing: Doing,
  { client, object }: Whose,
  { data, ring }: KeyList,
  manner: Manner = {},
): Promise<Came | Refusal> {
  const { bench, connection } = doing
  const method = { 'class-id': SECURITY_SETUP, 'instance-id': object, 'method-id': KEY_TRANSFER }
  const unsafe = carryCounters(bench, client, ring)
  if (unsafe !== undefined) return { refusal: unsafe }
  const isOwn = connection.client.name === client.name
  const keys = ringOfApdus(ring)
  if (isOwn) connection.security?.ring.expect(keys)
  const invoked = { method, parameter: keyDataArray(data) }
  const came = await invokeMethod(doing, invoked, { ...manner, recorded: true })
  if (isOwn) connection.security?.ring.expect(undefined)
  if (!isRefusal(came) && 'success' in came.outcome.names) {
    bench.changed.keep(client, ring)
    const title = connection.security?.serverTitle
    if (isOwn && title) for (const key of keys.values()) bench.watch.forget(title, key)
    if (isOwn && client.security?.newKeyFrom !== 'next-association') connection.security?.ring.renew(keys)
  }
  return came
}

const ringOfApdus = (ring: Ring): ReadonlyMap<KeyName, Uint8Array> =>
  new Map(
    KEY_NAMES.flatMap((name) => {
      const key = ring.get(name)
      return key === undefined ? [] : [[name, key] as const]
    }),
  )

/** The counter of a new key goes on where that of the old one is: it is right for a meter that begins anew, and for one that goes on (ruling Y25). */
export function carryCounters(bench: Bench, client: DeclaredClient, ring: Ring): string | undefined {
  const { security } = client
  const { counters } = bench.setup
  if (security === undefined) return undefined
  for (const [name, key] of ring) {
    const before = keyNow(bench, client, name)
    if (before === undefined || name === 'hls-secret' || name === 'master-key') continue
    const taken = counters.take(counterName(security.systemTitle, before))
    const raised = taken.ok ? counters.raise(counterName(security.systemTitle, key), taken.value + 1) : taken
    if (!raised.ok) return `${raised.failure.where}: ${raised.failure.detail}`
  }
  return undefined
}

export const keyIdOf = (name: TransferredKey): number => KEY_ID[name]
