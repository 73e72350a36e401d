// What the meter keeps of a Security setup (class 64) over associations and power cycles: keys, policy, counters. It begins as described.
import { hex } from '../../codec/value.ts'
import type { AsymmetricKeyName, KeyName, SecuritySuite } from '../../protocol/security/key-names.ts'
import { secretOctets, type ClientKeyName, type MeterDescription } from '../description.ts'
import type { Store } from './store.ts'

export interface SecuritySetupState {
  readonly suite: SecuritySuite
  /** security_policy: a number from 0 to 3 in version 0, bits in version 1. */
  readonly policy: number
  readonly keys: Readonly<Partial<Record<KeyName, Uint8Array>>>
  /** Public keys of the client. */
  readonly clientKeys: Readonly<Partial<Record<ClientKeyName, Uint8Array>>>
  /** Private keys that wait for a certificate. */
  readonly generated?: Readonly<Partial<Record<AsymmetricKeyName, Uint8Array>>>
  /** In DER; absent: those that it came with. */
  readonly certificates?: readonly Uint8Array[]
}

/** Where a setup is described, and where it is kept. */
export interface SecurityPlace {
  readonly description: MeterDescription
  readonly store: Store
}

/** The setup as it is now; undefined: there is none of this logical name. */
export function securityOf({ description, store }: SecurityPlace, name: string): SecuritySetupState | undefined {
  const described = description.securitySetups?.[name]
  if (described === undefined) return undefined
  const { suite, policy, keys, clientKeys = {} } = described
  const octets = (name: string): Uint8Array => secretOctets(description, name)
  return store.setup(name) ?? { suite, policy, keys: each(keys, octets), clientKeys: each(clientKeys, octets) }
}

function each<Name extends string, From, To>(
  all: Readonly<Partial<Record<Name, From>>>,
  change: (from: From) => To,
): Readonly<Partial<Record<Name, To>>> {
  const changed: Partial<Record<Name, To>> = {}
  for (const name in all) {
    const from = all[name]
    if (from !== undefined) changed[name] = change(from)
  }
  return changed
}

/** Writes what has changed: all of it at once, so that nothing is left half-changed when the power fails. */
export function changeSecurity(
  place: SecurityPlace,
  name: string,
  change: Partial<SecuritySetupState>,
  outlivesPower = true,
): void {
  const { store } = place
  const before = securityOf(place, name)
  if (before === undefined) return
  const lasting = store.lasting(name)
  if (!outlivesPower) store.keepLasting(name, lasting ?? before)
  else if (lasting !== undefined) store.keepLasting(name, { ...lasting, ...change })
  store.keepSetup(name, { ...before, ...change })
}

/** Counters belong to a key itself: a new key begins anew, and an old one that comes back goes on. */
export const sentCounter = (key: Uint8Array): string => `sent ${hex(key)}`
export const receivedCounter = (key: Uint8Array, title: Uint8Array): string => `received ${hex(key)} ${hex(title)}`
/** The last one that came with a key, whoever sent it: what the invocation counter object of a setup tells. */
export const lastCounter = (key: Uint8Array): string => `last ${hex(key)}`
