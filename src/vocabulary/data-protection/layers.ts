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
  type ProtectionType,
} from '../../protocol/security/protected-data.ts'
import type { ProtectionLayer } from '../../protocol/security/protection-parameters.ts'

/** One layer that is wanted. */
export interface Wanted {
  readonly type: ProtectionType
  readonly key: KeyInfoKind
}

/** With its key, and the counter under it. */
export interface KeyedLayer extends ProtectionLayer {
  readonly encryption: Uint8Array
  readonly invocationCounter: number
  /** Of the unicast key, taken for this layer alone: the one under which it may go in the place of its own. */
  readonly unicastCounter: number
}

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

/** The counter of the unicast key makes the transaction; a new key begins at 0. */
function keyedLayer(security: SecurityContext, { type, key: kind }: Wanted): Result<KeyedLayer, string> {
  const unicast = security.ring.key('global-unicast-encryption-key')
  const counter = security.nextCounter('global-unicast-encryption-key')
  if (!counter.ok) return counter
  if (unicast === undefined) return fail('the global-unicast-encryption-key is not known')
  const transaction = concat([new Uint8Array(4), encode(u32, counter.value)])
  const header = protectionHeader(transaction, security.material.title, security.serverTitle)
  if (kind === 'identified-key') {
    const keyInfo = identifiedKey('global-unicast-encryption-key')
    const invocationCounter = counter.value
    return ok({ type, header, keyInfo, encryption: unicast, invocationCounter, unicastCounter: invocationCounter })
  }
  const made = makeContentKey({ kind }, header, security.content)
  if (!made.ok) return made
  const { keyInfo, key: encryption } = made.value
  return ok({ type, header, keyInfo, encryption, invocationCounter: 0, unicastCounter: counter.value })
}

/** What is not right about the layers: a bit that is another in one of them, or the unicast key in the place of the one that is named. */
export interface LayerFault {
  readonly flipped?: 'innermost' | 'outermost'
  readonly isUnderUnicast?: boolean
}

/** Octets with the layers around them, from the first to the last. */
export function layered(
  security: SecurityContext,
  layers: readonly KeyedLayer[],
  plain: Uint8Array,
  { flipped, isUnderUnicast = false }: LayerFault = {},
): Result<Uint8Array, string> {
  const keys = security.ring.gmacKeys
  if (keys === undefined) return fail('the global-unicast-encryption-key or the authentication-key is not known')
  const damaged = flipped === 'innermost' ? 0 : flipped === 'outermost' ? layers.length - 1 : undefined
  return ok(
    layers.reduce((content, { type, header, encryption, invocationCounter, unicastCounter }, at) => {
      const [whole] = headerForms(header)
      const protection = {
        control: { ...security.control('none'), authentication: isAuthenticated(type), encryption: isEncrypted(type) },
        invocationCounter: isUnderUnicast ? unicastCounter : invocationCounter,
        originator: security.material.title,
        keys: { ...keys, encryption: isUnderUnicast ? keys.encryption : encryption },
        ...(whole === undefined ? {} : { header: whole }),
      }
      const all = protectedData(protection, content)
      return at === damaged ? withBitFlipped(all, isAuthenticated(type)) : all
    }, plain),
  )
}

const TAG_OCTETS = 12

/** The last bit before the tag. */
function withBitFlipped(all: Uint8Array, authenticated: boolean): Uint8Array {
  const at = all.length - (authenticated ? TAG_OCTETS : 0) - 1
  return all.with(at, (all[at] ?? 0) ^ 1)
}
