// data-protection.get · set · invoke: attributes and parameters of methods protected by themselves, through an object of Data protection (class 30), in one layer or several (IEC 62056-6-2, Data protection).
import { KEY_INFOS } from '../../client/content-keys.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import { encode, fromJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { isList } from '../../protocol/json.ts'
import type { ProtectionType } from '../../protocol/security/protected-data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import { namesOf } from '../data-protection/given.ts'
import { keyedLayers, layered, type Wanted } from '../data-protection/layers.ts'
import { listOf, reference, structure, type Named } from '../data-protection/objects.ts'
import type { Came } from '../evidence.ts'
import { dataOf, invokedOf, invokeMethod, journalled, readAttribute } from './attribute.ts'
import { attributeOf, objectOf } from './objects.ts'
import { FIELDS, isRefusal, within, type Arguments, type Doing, type Word } from './word.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const KINDS: Readonly<Record<string, ProtectionType>> = { authenticated: 0, encrypted: 1, 'authenticated-encrypted': 2 }
const BOTH: ProtectionType = 2
const KIND: Value = { enum: Object.keys(KINDS) }
const BY: Value = { anyOf: [KIND, { type: 'array', items: KIND, minItems: 1 }] }
/** Of every layer. */
const KEY: Value = { enum: [...KEY_INFOS] }
const LAYERS = ['innermost', 'outermost'] as const
const FLIP: Value = { enum: [...LAYERS] }
const UNDER: Value = { enum: ['global-unicast-encryption-key'] }

/** `by`: one layer, or several, of which the first is the innermost; `key`: as key_info says it. */
export function layersWanted({ by, key: said }: Arguments): readonly Wanted[] {
  const key = KEY_INFOS.find((each) => each === said) ?? 'identified-key'
  const kinds = by === undefined ? [null] : isList(by) ? by : [by]
  return kinds.map((kind) => ({ type: (typeof kind === 'string' ? KINDS[kind] : undefined) ?? BOTH, key }))
}

const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })

const NO_OBJECT: Refusal = { refusal: 'object: expected an object of Data protection (class-id, instance-id)' }
const NO_ATTRIBUTE: Refusal = { refusal: 'attribute: expected an attribute (class-id, instance-id, attribute-id)' }

/** The client that is declared with keys. */
function holderOf({ connection }: Doing): Result<SecurityContext, string> {
  const { security, client } = connection
  return security?.ring.gmacKeys ? ok(security) : fail(`the client ${client.name} has no keys`)
}

const invoked = (doing: Doing, object: Named, id: number, parameter: Data): Promise<Came | Refusal> =>
  invokeMethod(doing, { method: { ...object, 'method-id': id }, parameter })

const get: Word = {
  says: 'read an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, by: BY, key: KEY },
  required: ['object', 'attribute'],
  outcomes: ['value', 'clear', 'other-key', 'fewer-layers', 'unopened', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const object = objectOf(doing.args['object'])
    const attribute = attributeOf(doing.args['attribute'])
    if (object === undefined) return NO_OBJECT
    if (attribute === undefined) return NO_ATTRIBUTE
    const security = holderOf(doing)
    if (!security.ok) return { refusal: security.failure }
    const asked = keyedLayers(security.value, layersWanted(doing.args))
    if (!asked.ok) return { refusal: asked.failure }
    const shown = await shownBy(doing, attribute)
    const parameter = structure(listOf(attribute), parametersData(asked.value))
    const came = await invoked(doing, object, GET_PROTECTED_ATTRIBUTES, parameter)
    if (isRefusal(came) || came.saves?.['value'] === undefined) return came
    const returned = fromJson(data, came.saves['value'])
    const [said, content] = returned.ok && returned.value.is === 'structure' ? returned.value.value : []
    const names =
      content?.is === 'octet-string'
        ? namesOf(security.value, { said, content: content.value, asked: asked.value, shown })
        : { unopened: true }
    const { success: _success, ...others } = came.outcome.names
    return { outcome: { ...came.outcome, names: { ...others, ...names } }, saves: came.saves }
  },
}

/** As GET shows it. */
async function shownBy(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Data | undefined> {
  const came = await readAttribute(within(doing), { attribute })
  const value = isRefusal(came) ? undefined : came.saves?.['value']
  const read = value === undefined ? undefined : fromJson(data, value)
  return read?.ok ? read.value : undefined
}

/** The parameters of an exchange, and contents that go with them. `flip`: the last bit before the tag is another in one of the layers. `under`: the key that is used in the place of the one that is named. */
function sealed(doing: Doing, content: Data): Result<readonly [Data, Data], string> {
  const { args } = doing
  const security = holderOf(doing)
  if (!security.ok) return security
  const layers = keyedLayers(security.value, layersWanted(args))
  if (!layers.ok) return layers
  const flipped = LAYERS.find((each) => each === args['flip'])
  const fault = { ...(flipped ? { flipped } : {}), isUnderUnicast: args['under'] !== undefined }
  const all = layered(security.value, layers.value, encode(data, content), fault)
  return all.ok ? ok([parametersData(layers.value), octets(all.value)]) : all
}

const set: Word = {
  says: 'write an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, value: FIELDS, by: BY, key: KEY, flip: FLIP, under: UNDER },
  required: ['object', 'attribute', 'value'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const object = objectOf(doing.args['object'])
    const attribute = attributeOf(doing.args['attribute'])
    const value = dataOf('value', doing.args['value'])
    if (object === undefined) return NO_OBJECT
    if (attribute === undefined) return NO_ATTRIBUTE
    if (!value.ok) return { refusal: value.failure }
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const content = sealed(doing, value.value)
    if (!content.ok) return { refusal: content.failure }
    return invoked(doing, object, SET_PROTECTED_ATTRIBUTES, structure(listOf(attribute), ...content.value))
  },
}

const invoke: Word = {
  says: 'invoke a method through Data protection',
  properties: { object: FIELDS, method: FIELDS, parameter: FIELDS, by: BY, key: KEY, flip: FLIP },
  required: ['object', 'method'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const object = objectOf(doing.args['object'])
    const method = invokedOf(doing.args)
    if (object === undefined) return NO_OBJECT
    if (!method.ok) return { refusal: method.failure }
    const content = sealed(doing, method.value.parameter ?? { is: 'null-data' })
    if (!content.ok) return { refusal: content.failure }
    const named = structure(...reference(method.value.method, method.value.method['method-id']))
    return invoked(doing, object, INVOKE_PROTECTED_METHOD, structure(named, ...content.value))
  },
}

export const dataProtectionWords: Readonly<Record<string, Word>> = {
  'data-protection.get': get,
  'data-protection.set': set,
  'data-protection.invoke': invoke,
}
