// Layers of protection as the tester asks for them and lays them on (IEC 62056-6-2, Data protection).
import { makeContentKey, type KeyInfoKind } from '../../client/content-keys.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import { encode, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, ok, type Result } from '../../codec/value.ts'
import { identifiedKey } from '../../protocol/security/content-key.ts'
import {
  headerForms,
  isAuthenticated,
  isEncrypted,
  protectedData,
  protectionHeader,
  type CipheringType,
} from '../../protocol/security/protected-data.ts'
import type { CipheringLayer, SignatureLayer } from '../../protocol/security/protection-parameters.ts'
import { signedData } from '../../protocol/security/signed-data.ts'
import type { SigningBy } from '../../protocol/security/signing-layer.ts'
import { wrongSignature, type WrongSignature } from '../../protocol/security/wrong-signatures.ts'

/** One layer that is wanted. */
export type Wanted =
  { readonly is: 'ciphering'; readonly type: CipheringType; readonly key: KeyInfoKind } | { readonly is: 'signature' }

/** With its key, and the counter under it. */
export interface KeyedCiphering extends CipheringLayer {
  readonly encryption: Uint8Array
  readonly invocationCounter: number
  /** Of the unicast key, taken for this layer alone: the one under which it may go in the place of its own. */
  readonly unicastCounter: number
}

export interface KeyedSignature extends SignatureLayer {
  readonly by: SigningBy
}

export type KeyedLayer = KeyedCiphering | KeyedSignature

/** Each layer has a transaction of its own. */
export function keyedLayers(
  security: SecurityContext,
  wanted: readonly Wanted[],
): Result<readonly KeyedLayer[], string> {
  const layers: KeyedLayer[] = []
  for (const each of wanted) {
    const layer = keyedLayer(security, each)
    if (!layer.ok) return layer
    layers.push(layer.value)
  }
  return ok(layers)
}

function keyedLayer(security: SecurityContext, wanted: Wanted): Result<KeyedLayer, string> {
  if (wanted.is === 'ciphering') return keyedCiphering(security, wanted)
  const by = security.signing()
  return by.ok ? ok({ is: 'signature', header: by.value.header, by: by.value }) : by
}

/** The counter of the unicast key makes the transaction; a new key begins at 0. */
function keyedCiphering(
  security: SecurityContext,
  { is, type, key: kind }: Extract<Wanted, { is: 'ciphering' }>,
): Result<KeyedCiphering, string> {
  const unicast = security.ring.key('global-unicast-encryption-key')
  const counter = security.nextCounter('global-unicast-encryption-key')
  if (!counter.ok) return counter
  if (unicast === undefined) return fail('the global-unicast-encryption-key is not known')
  const transaction = concat([new Uint8Array(4), encode(u32, counter.value)])
  const header = protectionHeader(transaction, security.material.title, security.serverTitle)
  if (kind === 'identified-key') {
    const keyInfo = identifiedKey('global-unicast-encryption-key')
    const invocationCounter = counter.value
    return ok({ is, type, header, keyInfo, encryption: unicast, invocationCounter, unicastCounter: invocationCounter })
  }
  const made = makeContentKey({ kind }, header, security.content)
  if (!made.ok) return made
  const { keyInfo, key: encryption } = made.value
  return ok({ is, type, header, keyInfo, encryption, invocationCounter: 0, unicastCounter: counter.value })
}

export const OTHER_KEYS = ['global-unicast-encryption-key', 'another'] as const

/** What is not right about the layers: a bit that is another in one of them, another key in the place of the one that is named, or of the client's own to sign with, or what is no signature. */
export interface LayerFault {
  readonly flipped?: 'innermost' | 'outermost'
  readonly under?: (typeof OTHER_KEYS)[number]
  readonly signature?: WrongSignature
}

/** Octets with the layers around them, from the first to the last. */
export function layered(
  security: SecurityContext,
  layers: readonly KeyedLayer[],
  plain: Uint8Array,
  fault: LayerFault = {},
): Result<Uint8Array, string> {
  const { flipped, under, signature } = fault
  if ((under === 'another' || signature !== undefined) && !layers.some(({ is }) => is === 'signature'))
    return fail('by: expected a layer that signs')
  const damaged = flipped === 'innermost' ? 0 : flipped === 'outermost' ? layers.length - 1 : undefined
  let content = plain
  for (const [at, layer] of layers.entries()) {
    const all = layer.is === 'signature' ? signed(layer, content, fault) : ciphered(security, layer, content, fault)
    if (!all.ok) return all
    content = at === damaged ? withBitFlipped(all.value, tagOctets(layer)) : all.value
  }
  return ok(content)
}

function ciphered(
  security: SecurityContext,
  { type, header, encryption, invocationCounter, unicastCounter }: KeyedCiphering,
  plain: Uint8Array,
  { under }: LayerFault,
): Result<Uint8Array, string> {
  const keys = security.ring.gmacKeys
  if (keys === undefined) return fail('the global-unicast-encryption-key or the authentication-key is not known')
  const [whole] = headerForms(header)
  const isUnderUnicast = under === 'global-unicast-encryption-key'
  const protection = {
    control: { ...security.control('none'), authentication: isAuthenticated(type), encryption: isEncrypted(type) },
    invocationCounter: isUnderUnicast ? unicastCounter : invocationCounter,
    originator: security.material.title,
    keys: { ...keys, encryption: isUnderUnicast ? keys.encryption : encryption },
    ...(whole === undefined ? {} : { header: whole }),
  }
  return ok(protectedData(protection, plain))
}

function signed(
  { by: { header, curve, key, pairOf, sign } }: KeyedSignature,
  plain: Uint8Array,
  { under, signature: wrong }: LayerFault,
): Result<Uint8Array, string> {
  const pair = pairOf(under === 'another' ? under : key)
  if (pair === undefined) return fail(`the ${key} is not known`)
  const all = signedData({ header, curve, pair, ...(sign ? { sign } : {}) }, plain)
  const right = all.subarray(plain.length)
  return ok(wrong === undefined ? all : concat([plain, wrongSignature(wrong, curve, right)]))
}

const TAG_OCTETS = 12

/** A signature has no tag: its own last bit is another. */
const tagOctets = (layer: KeyedLayer): number =>
  layer.is === 'ciphering' && isAuthenticated(layer.type) ? TAG_OCTETS : 0

/** The last bit before the tag. */
function withBitFlipped(all: Uint8Array, behind: number): Uint8Array {
  const at = all.length - behind - 1
  return all.with(at, (all[at] ?? 0) ^ 1)
}
