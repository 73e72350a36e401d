// What a meter gives through Data protection, without its layers: whatever of them is left open by the standard is tried (IEC 62056-6-2, Data protection).
import { contentKeyFrom } from '../../client/content-keys.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import { decode, encode, toJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import {
  foundData,
  headerForms,
  isAuthenticated,
  isEncrypted,
  type ProtectionType,
} from '../../protocol/security/protected-data.ts'
import { parametersIn, type ProtectionLayer } from '../../protocol/security/protection-parameters.ts'
import { unprotect } from '../../protocol/security/protection.ts'
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

/** `value`: what was in it. `clear`: it is encrypted no more than in words. `other-key`, `fewer-layers`: what GET shows is in it, under the unicast key in the place of the one that is named, or without the layer that authenticates. `unopened`: nothing tells what it is. */
export function namesOf(security: SecurityContext, given: Given): Readonly<Record<string, Value>> {
  const { said, content, asked, shown } = given
  const plain = shown && encode(data, shown)
  const isHidden = asked.some(({ type }) => isEncrypted(type))
  if (isHidden && plain && plain.length >= LEAST_OCTETS && hex(content).includes(hex(plain))) return { clear: true }
  const layers = parametersIn(said)
  if (layers === undefined) return { unopened: true }
  const opened = (some: readonly ProtectionLayer[], isUnicast = false): Data | undefined =>
    openedBy({ security, asked, isUnicast }, some, content)
  const isShown = (value: Data | undefined): boolean =>
    plain !== undefined && value !== undefined && hex(encode(data, bare(value))) === hex(plain)
  const kinds = asked.map(({ type }) => type)
  const isAsAsked = layers.length === kinds.length && layers.every(({ type }, at) => type === kinds[at])
  const value = isAsAsked ? opened(layers) : undefined
  if (value !== undefined) return { value: toJson(bare(value)) }
  if (asked.length > 1 && lesser(layers, kinds).some((some) => isShown(opened(some)))) return { 'fewer-layers': true }
  if (isAsAsked && isShown(opened(layers, true))) return { 'other-key': true }
  return { unopened: true }
}

/** Fewer layers than were asked for, where they do not authenticate and that was asked for; whether they encrypt shows by itself. */
function lesser(
  layers: readonly ProtectionLayer[],
  asked: readonly ProtectionType[],
): readonly (readonly ProtectionLayer[])[] {
  const fewer = layers.length < asked.length ? [layers] : layers.map((each) => [each])
  return asked.some(isAuthenticated) ? fewer.filter((some) => !some.some(({ type }) => isAuthenticated(type))) : []
}

/** One attribute comes as it is, or as the only field of a structure. */
const bare = (value: Data): Data => {
  const [only, ...more] = value.is === 'structure' || value.is === 'array' ? value.value : []
  return only === undefined || more.length > 0 ? value : only
}

interface Opening {
  readonly security: SecurityContext
  readonly asked: readonly KeyedLayer[]
  /** Every layer under the unicast key, whatever key_info says. */
  readonly isUnicast: boolean
}

/** Nothing says for certain whether the first layer is the innermost or the outermost. */
function openedBy(opening: Opening, layers: readonly ProtectionLayer[], content: Uint8Array): Data | undefined {
  for (const order of layers.length > 1 ? [[...layers].reverse(), layers] : [layers]) {
    const plain = order.reduce<Uint8Array | undefined>(
      (octets, each) => octets && without(opening, each, octets),
      content,
    )
    const value = plain && decode(data, plain)
    if (value?.ok) return value.value
  }
  return undefined
}

function without(opening: Opening, layer: ProtectionLayer, octets: Uint8Array): Uint8Array | undefined {
  const { security } = opening
  const keys = security.ring.gmacKeys
  const encryption = opening.isUnicast ? keys?.encryption : keyOf(opening, layer)
  const found = foundData(octets)
  if (keys === undefined || encryption === undefined || found === undefined) return undefined
  const { control, invocationCounter } = found
  if (control.authentication !== isAuthenticated(layer.type)) return undefined
  if (control['security-suite-id'] !== security.material.suite) return undefined
  const originator = layer.header['originator-system-title']
  for (const header of headerForms(layer.header)) {
    const plain = unprotect(
      { control, invocationCounter, originator, keys: { ...keys, encryption }, header },
      found.octets,
    )
    if (plain.ok) return plain.value
  }
  return undefined
}

/** The one that key_info of the answer means; a wrapped key that it does not bring is the one that was sent. */
function keyOf({ security, asked }: Opening, { keyInfo, header }: ProtectionLayer): Uint8Array | undefined {
  switch (keyInfo.is) {
    case 'identified-key':
      return keyInfo.value['key-id'] === 'global-unicast-encryption-key'
        ? security.ring.gmacKeys?.encryption
        : undefined
    case 'wrapped-key':
      return keyInfo.value['key-ciphered-data'].length === 0
        ? asked.find(({ keyInfo: { is } }) => is === 'wrapped-key')?.encryption
        : contentKeyFrom(keyInfo, header, security.content)
    case 'agreed-key':
      return contentKeyFrom(keyInfo, header, security.content)
    default:
      return keyInfo satisfies never
  }
}
