// Layers of protection around data (IEC 62056-6-2, Data protection): laid on from the first to the last, and taken off the other way round.
import { hex } from '../../../codec/value.ts'
import {
  foundData,
  headerForms,
  isAuthenticated,
  isEncrypted,
  protectionHeader,
} from '../../../protocol/security/protected-data.ts'
import type { CipheringLayer, ProtectionLayer } from '../../../protocol/security/protection-parameters.ts'
import type { Protection } from '../../../protocol/security/protection.ts'
import type { Situation } from '../classes.ts'
import { receivedCounter, sentCounter } from '../security-state.ts'
import { keyFor, keyOf, type Parties } from './parties.ts'
import type { DataProtectionRules } from './rules.ts'
import { signed, withoutSignature } from './signatures.ts'

interface Using {
  readonly key: Uint8Array
  readonly title: Uint8Array
  readonly counter: number
}

function protectionOf(
  { authentication, state }: Parties,
  { type, header }: CipheringLayer,
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
  situation: Situation,
  parties: Parties,
  asked: readonly ProtectionLayer[],
  plain: Uint8Array,
): { readonly layers: readonly ProtectionLayer[]; readonly content: Uint8Array } | undefined {
  const { dataProtection: rules } = situation.rules
  const layers: ProtectionLayer[] = []
  let content = plain
  for (const each of fromInside(rules, rules.applied(asked))) {
    const laid = laidOn(situation, parties, each, content)
    if (laid === undefined) return undefined
    content = laid.content
    layers.push(laid.layer)
  }
  return { layers: fromInside(rules, layers), content }
}

const fromInside = <Layer>({ isFirstInnermost }: DataProtectionRules, layers: readonly Layer[]): readonly Layer[] =>
  isFirstInnermost ? layers : [...layers].reverse()

function laidOn(
  { store, rules: { dataProtection: rules } }: Situation,
  parties: Parties,
  asked: ProtectionLayer,
  plain: Uint8Array,
): { readonly layer: ProtectionLayer; readonly content: Uint8Array } | undefined {
  const header = protectionHeader(asked.header['transaction-id'], parties.server, parties.client)
  if (asked.is === 'signature') {
    const content = signed(rules, parties, header, plain)
    return content && { layer: { ...asked, header }, content }
  }
  const made = keyFor(parties, { ...asked, header })
  if (made === undefined) return undefined
  const key = rules.givenUnder(made.keyInfo, { named: made.key, unicast: parties.unicast })
  const counter = (store.counter(sentCounter(key)) ?? -1) + 1
  store.keepCounter(sentCounter(key), counter)
  const layer: CipheringLayer = { ...asked, header, keyInfo: made.keyInfo }
  return { layer, content: rules.protect(protectionOf(parties, layer, { key, title: parties.server, counter }), plain) }
}

/** What came, without its layers; undefined: it is not from this client, was changed, or came before. */
export function bare(
  situation: Situation,
  parties: Parties,
  layers: readonly ProtectionLayer[],
  content: Uint8Array,
): Uint8Array | undefined {
  const { store, rules } = situation
  const used = new Map<string, number[]>()
  let octets = content
  for (const [at, layer] of [...fromInside(rules.dataProtection, layers).entries()].reverse()) {
    if (hex(layer.header['originator-system-title']) !== hex(parties.client)) return undefined
    const taken = without(situation, parties, layer, { octets, isInner: at < layers.length - 1 })
    if (taken === undefined) return undefined
    octets = taken.octets
    if (taken.counted === undefined) continue
    const { name, counter } = taken.counted
    const before = used.get(name) ?? []
    if (counter <= (store.counter(name) ?? -1) || before.includes(counter)) return undefined
    used.set(name, [...before, counter])
  }
  for (const [name, counters] of used) store.keepCounter(name, Math.max(...counters))
  return octets
}

interface Covered {
  readonly octets: Uint8Array
  readonly isInner: boolean
}

/** `counted`: what it came under, where that is a key with a counter. */
interface Taken {
  readonly octets: Uint8Array
  readonly counted?: { readonly name: string; readonly counter: number }
}

function without(
  { rules: { dataProtection: rules } }: Situation,
  parties: Parties,
  layer: ProtectionLayer,
  { octets, isInner }: Covered,
): Taken | undefined {
  if (layer.is === 'signature') {
    const content = withoutSignature(rules, parties, layer.header, octets)
    return content && { octets: content }
  }
  const found = foundData(octets)
  const named = keyOf(parties, layer)
  if (found === undefined || named === undefined) return undefined
  const counter = found.invocationCounter
  for (const key of rules.takenUnder({ named, unicast: parties.unicast })) {
    const protection = protectionOf(parties, layer, { key, title: parties.client, counter })
    if (JSON.stringify(found.control) !== JSON.stringify(protection.control)) return undefined
    const plain = rules.unprotect(protection, found.octets, isInner)
    if (plain.ok)
      return { octets: plain.value, counted: { name: `data ${receivedCounter(key, parties.client)}`, counter } }
  }
  return undefined
}
