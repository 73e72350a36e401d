// What a meter gives through Data protection, without its layers: whatever of them is left open by the standard is tried (IEC 62056-6-2, Data protection).
import { contentKeyFrom } from '../../client/content-keys.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import { decode, encode, toJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { foundData, headerForms, isAuthenticated } from '../../protocol/security/protected-data.ts'
import {
  givenBy,
  isAlike,
  parametersIn,
  type CipheringLayer,
  type ProtectionLayer,
  type SignatureLayer,
} from '../../protocol/security/protection-parameters.ts'
import { unprotect } from '../../protocol/security/protection.ts'
import { checkSignedForms, signedForms } from '../../protocol/security/signed-data.ts'
import type { KeyedLayer } from './layers.ts'

export interface Given {
  /** The parameters that came with it. */
  readonly said: Data | undefined
  readonly content: Uint8Array
  readonly asked: readonly KeyedLayer[]
  /** As GET shows it; undefined: it cannot be read. */
  readonly shown: Data | undefined
}

/** So long that it does not come up among encrypted octets by chance. */
const LEAST_OCTETS = 4

/** What may be found in it. */
export const GIVEN = ['value', 'clear', 'other-key', 'fewer-layers', 'reversed', 'unverified', 'unopened'] as const

/**
 * `value`: what was in it. `clear`: it is encrypted no more than in words. `other-key`, `fewer-layers`: what GET shows is in it, under another key than the one that is named, or without the layer that authenticates or signs.
 * `reversed`: what was in it, signed when it was encrypted already. `unverified`: what GET shows is in it, with a signature that is right in no way that is known. `unopened`: nothing tells what it is.
 */
export function namesOf(security: SecurityContext, given: Given): Readonly<Record<string, Value>> {
  const { said, content, asked, shown } = given
  const plain = shown && encode(data, shown)
  const isHidden = givenBy(asked).encryption
  if (isHidden && plain && plain.length >= LEAST_OCTETS && hex(content).includes(hex(plain))) return { clear: true }
  const layers = parametersIn(said)
  if (layers === undefined) return { unopened: true }
  const opened = (some: readonly ProtectionLayer[], how: How = 'right'): Data | undefined =>
    openedBy({ security, asked, how }, some, content)
  const isShown = (value: Data | undefined): boolean =>
    plain !== undefined && value !== undefined && hex(encode(data, bare(value))) === hex(plain)
  const isAsAsked = layers.length === asked.length && layers.every((layer, at) => isAlike(layer, asked[at] ?? layer))
  const first = isAsAsked ? opened([...layers].reverse()) : undefined
  if (first !== undefined) return { value: toJson(bare(first)) }
  // nothing says for certain whether the first layer is the innermost or the outermost
  const last = isAsAsked ? opened(layers) : undefined
  if (last !== undefined) return givenBy(asked).signature ? { reversed: true } : { value: toJson(bare(last)) }
  const isOpened = (some: readonly ProtectionLayer[], how: How = 'right'): boolean =>
    isShown(opened([...some].reverse(), how)) || isShown(opened(some, how))
  if (lesser(layers, asked).some((some) => isOpened(some))) return { 'fewer-layers': true }
  if (isAsAsked && isOpened(layers, 'unsigned')) return { 'fewer-layers': true }
  if (isAsAsked && isOpened(layers, 'other-key')) return { 'other-key': true }
  if (isAsAsked && isOpened(layers, 'unverified')) return { unverified: true }
  return { unopened: true }
}

/** Fewer layers than were asked for, where they do not authenticate, or sign, and that was asked for; whether they encrypt shows by itself. */
function lesser(
  layers: readonly ProtectionLayer[],
  asked: readonly ProtectionLayer[],
): readonly (readonly ProtectionLayer[])[] {
  if (asked.length < 2) return []
  const fewer = layers.length < asked.length ? [layers] : layers.map((each) => [each])
  const wanted = givenBy(asked)
  return fewer.filter((some) => {
    const { authentication, signature } = givenBy(some)
    return (wanted.authentication && !authentication) || (wanted.signature && !signature)
  })
}

/** One attribute comes as it is, or as the only field of a structure. */
const bare = (value: Data): Data => {
  const [only, ...more] = value.is === 'structure' || value.is === 'array' ? value.value : []
  return only === undefined || more.length > 0 ? value : only
}

/** As it should be; under the unicast key and signed by the key for agreement, whatever is said; not signed, or by numbers that are no signature; signed by anything. */
type How = 'right' | 'other-key' | 'unsigned' | 'unverified'

interface Opening {
  readonly security: SecurityContext
  readonly asked: readonly KeyedLayer[]
  readonly how: How
}

/** The first layer is the outermost. */
function openedBy(opening: Opening, layers: readonly ProtectionLayer[], content: Uint8Array): Data | undefined {
  const plain = layers.reduce<readonly Uint8Array[]>(
    (all, layer) =>
      all.flatMap((octets) =>
        layer.is === 'signature' ? withoutSignature(opening, layer, octets) : deciphered(opening, layer, octets),
      ),
    [content],
  )
  for (const octets of plain) {
    const value = decode(data, octets)
    if (value.ok) return value.value
  }
  return undefined
}

/** What may have been signed. */
function withoutSignature(
  { security, how }: Opening,
  { header }: SignatureLayer,
  octets: Uint8Array,
): readonly Uint8Array[] {
  const { curve } = security.ring
  const { 'signing-key': signing, 'agreement-key': agreement } = security.material.serverKeys ?? {}
  const keys = [signing, how === 'other-key' ? agreement : undefined].flatMap((key) => key ?? [])
  const found = signedForms(curve, octets).filter((form) => {
    if (how === 'unverified') return true
    const checked = keys.map((key) => checkSignedForms(curve, key, header, form))
    return how === 'unsigned'
      ? checked.some((one) => !one.ok && one.failure !== 'wrong-signature')
      : checked.some(({ ok }) => ok)
  })
  const contents = found.map(({ content }) => content)
  return how === 'unsigned' ? [octets, ...contents] : contents
}

function deciphered(opening: Opening, layer: CipheringLayer, octets: Uint8Array): readonly Uint8Array[] {
  const { security } = opening
  const keys = security.ring.gmacKeys
  const encryption = opening.how === 'other-key' ? keys?.encryption : keyOf(opening, layer)
  const found = foundData(octets)
  if (keys === undefined || encryption === undefined || found === undefined) return []
  const { control, invocationCounter } = found
  if (control.authentication !== isAuthenticated(layer.type)) return []
  if (control['security-suite-id'] !== security.material.suite) return []
  const originator = layer.header['originator-system-title']
  for (const header of headerForms(layer.header)) {
    const plain = unprotect(
      { control, invocationCounter, originator, keys: { ...keys, encryption }, header },
      found.octets,
    )
    if (plain.ok) return [plain.value]
  }
  return []
}

/** The one that key_info of the answer means; a wrapped key that it does not bring is the one that was sent. */
function keyOf({ security, asked }: Opening, { keyInfo, header }: CipheringLayer): Uint8Array | undefined {
  switch (keyInfo.is) {
    case 'identified-key':
      return keyInfo.value['key-id'] === 'global-unicast-encryption-key'
        ? security.ring.gmacKeys?.encryption
        : undefined
    case 'wrapped-key':
      return keyInfo.value['key-ciphered-data'].length === 0
        ? asked.flatMap((layer) => (layer.is === 'ciphering' && layer.keyInfo.is === keyInfo.is ? [layer] : []))[0]
            ?.encryption
        : contentKeyFrom(keyInfo, header, security.content)
    case 'agreed-key':
      return contentKeyFrom(keyInfo, header, security.content)
    default:
      return keyInfo satisfies never
  }
}
