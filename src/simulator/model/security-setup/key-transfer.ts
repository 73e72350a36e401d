// key_transfer: keys that come wrapped under the master key (IEC 62056-6-2, Security setup; RFC 3394; rulings Y24 to Y26).
import type { Data } from '../../../protocol/data/data.ts'
import type { KeyName } from '../../../protocol/security/key-names.ts'
import type { Invocation, Invoked } from '../behaviour.ts'
import { elementsOf, fieldsOf, numberOf } from '../data.ts'
import type { SecuritySetupRules, TransferredKey } from './rules.ts'
import { DONE, refused, type Setup } from './setup.ts'

export function transferKeys(setup: Setup, { parameters, situation }: Invocation): Invoked {
  const { securitySetup: rules } = situation.rules
  const list = elementsOf(parameters)?.map(readKey)
  if (list === undefined || list.includes(undefined)) return refused('type-unmatched')
  const keys = list.flatMap((each) => (each === undefined ? [] : [unwrapped(rules, setup, each)]))
  const stored = rules.stored(keys)
  const first = stored.slice(0, rules.atOnce(stored.length))
  const others = stored.slice(first.length)
  const lasts = rules.outlivesPower('transferred')
  keepKeys(setup, rules.wipes ? [...first, ...others.map(({ name }) => ({ name, key: EMPTY }))] : first, lasts)
  if (others.length > 0)
    situation.store.postpone(() => {
      keepKeys(setup, stored, lasts)
    })
  return rules.isTaken(keys) ? DONE : refused('other-reason')
}

const EMPTY = new Uint8Array(16)

/** Invocation counters belong to a key, so that a new one begins anew. */
export function keepKeys({ state, change }: Setup, keys: readonly TransferredKey[], outlivesPower: boolean): void {
  const taken: Partial<Record<KeyName, Uint8Array>> = {}
  for (const { name, key } of keys) if (name !== undefined && key !== undefined) taken[name] = key
  change({ keys: { ...state.keys, ...taken } }, outlivesPower)
}

interface WrappedKey {
  readonly id: number
  readonly octets: Uint8Array
}

/** key_id and key_wrapped. */
function readKey(element: Data): WrappedKey | undefined {
  const fields = fieldsOf(element, 2) ?? []
  const id = numberOf(fields[0], 'enum')
  const wrapped = fields[1]
  return id === undefined || wrapped?.is !== 'octet-string' ? undefined : { id, octets: wrapped.value }
}

function unwrapped(
  rules: SecuritySetupRules,
  { version, state: { suite, keys } }: Setup,
  { id, octets }: WrappedKey,
): TransferredKey {
  const masterKey = keys['master-key']
  const name = rules.keyName(id, version)
  const key = masterKey && rules.unwrap(masterKey, octets, keys, name)
  return {
    name,
    key: key !== undefined && rules.isLength(key.length, suite) ? key : undefined,
  }
}
