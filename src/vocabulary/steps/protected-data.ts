// What the words of Data protection share: their arguments, the layers that these ask for, and what is found in answers (IEC 62056-6-2, Data protection).
import type { SecurityContext } from '../../client/security-context.ts'
import { encode, fromJson } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { policyOf, type Policy } from '../../protocol/security/policy.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import { WRONG_SIGNATURES } from '../../protocol/security/wrong-signatures.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { namesOf, type Given } from '../data-protection/given.ts'
import { keyedLayers, layered, OTHER_KEYS, type KeyedLayer, type Wanted } from '../data-protection/layers.ts'
import { structure, type Named } from '../data-protection/objects.ts'
import { kindsIn, kindsOf, layersOf, measureIn } from '../data-protection/wanted.ts'
import type { Came } from '../evidence.ts'
import { dataOf } from './arguments.ts'
import { journalled, readAttribute } from './attribute-services.ts'
import { attributeOf, objectOf } from './objects.ts'
import { isRefusal, within, type Doing } from './word.ts'

const REQUIRED_PROTECTION = 6

const LAYERS = ['innermost', 'outermost'] as const
export const FLIP: Value = { enum: [...LAYERS] }
export const UNDER: Value = { enum: [...OTHER_KEYS] }
export const SIGNATURE: Value = { enum: [...WRONG_SIGNATURES] }
/** Further attributes, each with what is written to it. */
export const AND: Value = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['attribute', 'value'],
    properties: { attribute: { type: 'object' }, value: { type: 'object' } },
  },
}

const refused = (refusal: string): { readonly ok: false; readonly failure: Refusal } => fail({ refusal })

/** The object of Data protection that is meant. */
export function objectIn({ args }: Doing): Result<Named, Refusal> {
  const object = objectOf(args['object'])
  return object === undefined
    ? refused('object: expected an object of Data protection (class-id, instance-id)')
    : ok(object)
}

function attributeIn(value: Value | undefined): Result<CosemAttributeDescriptor, Refusal> {
  const attribute = attributeOf(value)
  return attribute === undefined
    ? refused('attribute: expected an attribute (class-id, instance-id, attribute-id)')
    : ok(attribute)
}

/** What a client that is declared with keys asks for, and what it is asked through. */
export interface Asked {
  readonly object: Named
  readonly security: SecurityContext
  readonly layers: readonly KeyedLayer[]
}

/** The layers that the arguments mean, each with its key. Else what there is to tell; `unrequired`: nothing is required. */
async function askedFor(doing: Doing, direction: keyof Policy): Promise<Result<Asked, Came | Refusal>> {
  const { connection } = doing
  const object = objectIn(doing)
  if (!object.ok) return object
  const { security, client } = connection
  if (!security?.ring.gmacKeys) return refused(`the client ${client.name} has no keys`)
  const wanted = await wantedIn(doing, object.value, direction)
  if (!wanted.ok) return wanted
  const layers = keyedLayers(security, wanted.value)
  return layers.ok ? ok({ object: object.value, security, layers: layers.value }) : refused(layers.failure)
}

async function wantedIn(
  doing: Doing,
  object: Named,
  direction: keyof Policy,
): Promise<Result<readonly Wanted[], Came | Refusal>> {
  const { by, key } = doing.args
  const measure = measureIn(by)
  if (measure === undefined) return ok(layersOf(kindsIn(by), key))
  const came = await readAttribute(within(doing), { attribute: { ...object, 'attribute-id': REQUIRED_PROTECTION } })
  const required = isRefusal(came) ? undefined : came.saves?.['number']
  if (isRefusal(came) || typeof required !== 'number') return fail(came)
  const kinds = kindsOf(measure, policyOf(1, required)[direction])
  return kinds ? ok(layersOf(kinds, key)) : fail({ outcome: { ...came.outcome, names: { unrequired: true } } })
}

/** What is to be read, and how. */
export interface Reading extends Asked {
  readonly attribute: CosemAttributeDescriptor
  /** As GET shows it. */
  readonly shown: Data | undefined
}

export async function readingOf(doing: Doing): Promise<Result<Reading, Came | Refusal>> {
  const attribute = attributeIn(doing.args['attribute'])
  if (!attribute.ok) return attribute
  const asked = await askedFor(doing, 'response')
  if (!asked.ok) return asked
  const came = await readAttribute(within(doing), { attribute: attribute.value })
  const value = isRefusal(came) ? undefined : came.saves?.['value']
  const read = value === undefined ? undefined : fromJson(data, value)
  return ok({ ...asked.value, attribute: attribute.value, shown: read?.ok ? read.value : undefined })
}

/** Contents, and the parameters that go with them. */
export interface Sealed {
  readonly object: Named
  readonly parameters: Data
  readonly content: Data
}

/** `flip`: the last bit before the tag, or of the signature, is another in one of the layers. `under`: the key that is used in the place of the one that is named, or `another` to sign with. `signature`: numbers that are none. */
export async function sealed(doing: Doing, content: Data): Promise<Result<Sealed, Came | Refusal>> {
  const { args } = doing
  const asked = await askedFor(doing, 'request')
  if (!asked.ok) return asked
  const { object, security, layers } = asked.value
  const flipped = LAYERS.find((each) => each === args['flip'])
  const under = OTHER_KEYS.find((each) => each === args['under'])
  const signature = WRONG_SIGNATURES.find((each) => each === args['signature'])
  const fault = { ...(flipped ? { flipped } : {}), ...(under ? { under } : {}), ...(signature ? { signature } : {}) }
  const all = layered(security, layers, encode(data, content), fault)
  if (!all.ok) return refused(all.failure)
  return ok({ object, parameters: parametersData(layers), content: { is: 'octet-string', value: all.value } })
}

/** What is to be written, and what becomes of it by protection. */
export interface Writing extends Sealed {
  readonly attributes: readonly CosemAttributeDescriptor[]
  /** One value as it is, several in a structure. */
  readonly plain: Data
}

/** The attributes are journalled. */
export async function writingOf(doing: Doing): Promise<Result<Writing, Came | Refusal>> {
  const { attribute: said, value, and } = doing.args
  const attributes: CosemAttributeDescriptor[] = []
  const values: Data[] = []
  const more = and !== undefined && isList(and) ? and.filter(isRecord) : []
  for (const each of [{ attribute: said, value }, ...more]) {
    const attribute = attributeIn(each['attribute'])
    if (!attribute.ok) return attribute
    const plain = dataOf('value', each['value'])
    if (!plain.ok) return refused(plain.failure)
    const unsafe = await journalled(doing, attribute.value)
    if (unsafe !== undefined) return fail(unsafe)
    attributes.push(attribute.value)
    values.push(plain.value)
  }
  const [only = structure()] = values
  const plain = values.length === 1 ? only : structure(...values)
  const made = await sealed(doing, plain)
  return made.ok ? ok({ ...made.value, attributes, plain }) : made
}

/** An answer, told by what is in its contents. */
export function toldBy(
  came: Came,
  { security, layers, shown }: Reading,
  found: Pick<Given, 'said'>,
  content?: Data,
): Came {
  const given = { ...found, asked: layers, shown }
  const names =
    content?.is === 'octet-string' ? namesOf(security, { ...given, content: content.value }) : { unopened: true }
  const { success: _success, value: _value, ...others } = came.outcome.names
  return { ...came, outcome: { ...came.outcome, names: { ...others, ...names } } }
}
