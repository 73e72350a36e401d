// Layers of protection around data (IEC 62056-6-2, Data protection): laid on from the first to the last, and taken off the other way round.
import { hex } from '../../../codec/value.ts'
import {
  foundData,
  headerForms,
  isAuthenticated,
  isEncrypted,
  protectionHeader,
} from '../../../protocol/security/protected-data.ts'
import type { ProtectionLayer } from '../../../protocol/security/protection-parameters.ts'
import type { Protection } from '../../../protocol/security/protection.ts'
import type { Situation } from '../classes.ts'
import { receivedCounter, sentCounter } from '../security-state.ts'
import { keyFor, keyOf, type Parties } from './parties.ts'

interface Using {
  readonly key: Uint8Array
  readonly title: Uint8Array
  readonly counter: number
}

function protectionOf(
  { authentication, state }: Parties,
  { type, header }: ProtectionLayer,
  { key, title, counter }: Using,
): Protection {
  const [whole] = headerForms(header)
  return {
    control: {
      compression: false,
      'broadcast-key-set': false,
      encryption: isEncrypted(type),
      authentication: isAuthenticated(type),
      'security-suite-id': state.suite,
    },
    invocationCounter: counter,
    originator: title,
    keys: { encryption: key, authentication },
    ...(whole === undefined ? {} : { header: whole }),
  }
}

/** What is given, and the layers around it: with the titles of both, and the transaction of the request. Undefined: a key is not there. */
export function layered(
  { store, rules: { dataProtection: rules } }: Situation,
  parties: Parties,
  asked: readonly ProtectionLayer[],
  plain: Uint8Array,
): { readonly layers: readonly ProtectionLayer[]; readonly content: Uint8Array } | undefined {
  const layers: ProtectionLayer[] = []
  let content = plain
  for (const each of rules.applied(asked)) {
    const header = protectionHeader(each.header['transaction-id'], parties.server, parties.client)
    const made = keyFor(parties, { ...each, header })
    if (made === undefined) return undefined
    const key = rules.givenUnder(made.keyInfo, { named: made.key, unicast: parties.unicast })
    const counter = (store.counter(sentCounter(key)) ?? -1) + 1
    store.keepCounter(sentCounter(key), counter)
    const layer = { ...each, header, keyInfo: made.keyInfo }
    content = rules.protect(protectionOf(parties, layer, { key, title: parties.server, counter }), content)
    layers.push(layer)
  }
  return { layers, content }
}

/** What came, without its layers; undefined: it is not from this client, was changed, or came before. */
export function bare(
  situation: Situation,
  parties: Parties,
  layers: readonly ProtectionLayer[],
  content: Uint8Array,
): Uint8Array | undefined {
  const { store } = situation
  const used = new Map<string, number[]>()
  let octets = content
  for (const [at, layer] of [...layers.entries()].reverse()) {
    const taken = without(situation, parties, layer, { octets, isInner: at < layers.length - 1 })
    const { counter = 0, octets: beneath } = taken ?? {}
    const before = used.get(taken?.name ?? '') ?? []
    if (taken === undefined || beneath === undefined) return undefined
    if (counter <= (store.counter(taken.name) ?? -1) || before.includes(counter)) return undefined
    used.set(taken.name, [...before, counter])
    octets = beneath
  }
  for (const [name, counters] of used) store.keepCounter(name, Math.max(...counters))
  return octets
}

interface Covered {
  readonly octets: Uint8Array
  readonly isInner: boolean
}

/** `name`: of the counter that was used. */
function without(
  { rules: { dataProtection: rules } }: Situation,
  parties: Parties,
  layer: ProtectionLayer,
  { octets, isInner }: Covered,
): { readonly name: string; readonly counter: number; readonly octets: Uint8Array } | undefined {
  const found = foundData(octets)
  const named = keyOf(parties, layer)
  if (found === undefined || named === undefined) return undefined
  if (hex(layer.header['originator-system-title']) !== hex(parties.client)) return undefined
  const counter = found.invocationCounter
  for (const key of rules.takenUnder({ named, unicast: parties.unicast })) {
    const protection = protectionOf(parties, layer, { key, title: parties.client, counter })
    if (JSON.stringify(found.control) !== JSON.stringify(protection.control)) return undefined
    const plain = rules.unprotect(protection, found.octets, isInner)
    if (plain.ok) return { name: `data ${receivedCounter(key, parties.client)}`, counter, octets: plain.value }
  }
  return undefined
}
