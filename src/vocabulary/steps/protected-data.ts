// What the words of Data protection share: their arguments, and the layers that these ask for (IEC 62056-6-2, Data protection).
import { KEY_INFOS } from '../../client/content-keys.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import { encode, fromJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isList } from '../../protocol/json.ts'
import type { ProtectionType } from '../../protocol/security/protected-data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { namesOf, type Given } from '../data-protection/given.ts'
import { keyedLayers, layered, type KeyedLayer, type Wanted } from '../data-protection/layers.ts'
import type { Named } from '../data-protection/objects.ts'
import type { Came } from '../evidence.ts'
import { readAttribute } from './attribute.ts'
import { attributeOf, objectOf } from './objects.ts'
import { isRefusal, within, type Arguments, type Doing } from './word.ts'

const KINDS: Readonly<Record<string, ProtectionType>> = { authenticated: 0, encrypted: 1, 'authenticated-encrypted': 2 }
const BOTH: ProtectionType = 2
const KIND: Value = { enum: Object.keys(KINDS) }
export const BY: Value = { anyOf: [KIND, { type: 'array', items: KIND, minItems: 1 }] }
/** Of every layer. */
export const KEY: Value = { enum: [...KEY_INFOS] }
const LAYERS = ['innermost', 'outermost'] as const
export const FLIP: Value = { enum: [...LAYERS] }
export const UNDER: Value = { enum: ['global-unicast-encryption-key'] }

/** `by`: one layer, or several, of which the first is the innermost; `key`: as key_info says it. */
function layersWanted({ by, key: said }: Arguments): readonly Wanted[] {
  const key = KEY_INFOS.find((each) => each === said) ?? 'identified-key'
  const kinds = by === undefined ? [null] : isList(by) ? by : [by]
  return kinds.map((kind) => ({ type: (typeof kind === 'string' ? KINDS[kind] : undefined) ?? BOTH, key }))
}

const NO_OBJECT: Refusal = { refusal: 'object: expected an object of Data protection (class-id, instance-id)' }
const NO_ATTRIBUTE: Refusal = {
  refusal: 'attribute: expected an attribute (class-id, instance-id, attribute-id)',
}

/** The object of Data protection that is meant. */
export function objectIn({ args }: Doing): Result<Named, Refusal> {
  const object = objectOf(args['object'])
  return object === undefined ? fail(NO_OBJECT) : ok(object)
}

/** The object that protects, and the attribute that is reached through it. */
export function reachedIn(
  doing: Doing,
): Result<{ readonly object: Named; readonly attribute: CosemAttributeDescriptor }, Refusal> {
  const object = objectIn(doing)
  if (!object.ok) return object
  const attribute = attributeOf(doing.args['attribute'])
  return attribute === undefined ? fail(NO_ATTRIBUTE) : ok({ object: object.value, attribute })
}

/** The client that is declared with keys. */
function holderOf({ connection }: Doing): Result<SecurityContext, string> {
  const { security, client } = connection
  return security?.ring.gmacKeys ? ok(security) : fail(`the client ${client.name} has no keys`)
}

/** The layers that the arguments ask for, each with its key. */
export function askedFor(
  doing: Doing,
): Result<{ readonly security: SecurityContext; readonly layers: readonly KeyedLayer[] }, string> {
  const security = holderOf(doing)
  if (!security.ok) return security
  const layers = keyedLayers(security.value, layersWanted(doing.args))
  return layers.ok ? ok({ security: security.value, layers: layers.value }) : layers
}

/** As GET shows it. */
export async function shownBy(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Data | undefined> {
  const came = await readAttribute(within(doing), { attribute })
  const value = isRefusal(came) ? undefined : came.saves?.['value']
  const read = value === undefined ? undefined : fromJson(data, value)
  return read?.ok ? read.value : undefined
}

/** Parameters, and contents that go with them. */
export interface Sealed {
  readonly parameters: Data
  readonly content: Data
}

/** The parameters of an exchange, and contents that go with them. `flip`: the last bit before the tag is another in one of the layers. `under`: the key that is used in the place of the one that is named. */
export function sealed(doing: Doing, content: Data): Result<Sealed, string> {
  const { args } = doing
  const asked = askedFor(doing)
  if (!asked.ok) return asked
  const { security, layers } = asked.value
  const flipped = LAYERS.find((each) => each === args['flip'])
  const fault = { ...(flipped ? { flipped } : {}), isUnderUnicast: args['under'] !== undefined }
  const all = layered(security, layers, encode(data, content), fault)
  return all.ok ? ok({ parameters: parametersData(layers), content: { is: 'octet-string', value: all.value } }) : all
}

/** An answer, told by what is in its contents. */
export function toldBy(
  came: Came,
  security: SecurityContext,
  content: Data | undefined,
  given: Omit<Given, 'content'>,
): Came {
  const names =
    content?.is === 'octet-string' ? namesOf(security, { ...given, content: content.value }) : { unopened: true }
  const { success: _success, value: _value, ...others } = came.outcome.names
  return { ...came, outcome: { ...came.outcome, names: { ...others, ...names } } }
}
