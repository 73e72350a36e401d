// data-protection.get · set · invoke: attributes and parameters of methods protected by themselves, through an object of Data protection (class 30), with the global unicast key (IEC 62056-6-2, Data protection).
import type { SecurityContext } from '../../client/security-context.ts'
import { decode, encode, fromJson, toJson, u32 } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { fail, hex, ok, type Result, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import {
  foundData,
  headerForms,
  isAuthenticated,
  isEncrypted,
  parametersData,
  parametersIn,
  protectedData,
  protectionHeader,
  type ProtectionType,
} from '../../protocol/security/protected-data.ts'
import { unprotect, type Keys } from '../../protocol/security/protection.ts'
import type { Came } from '../evidence.ts'
import { dataOf, invokedOf, invokeMethod, journalled, readAttribute } from './attribute.ts'
import { attributeOf, objectOf } from './objects.ts'
import { FIELDS, isRefusal, textArg, within, type Doing, type Word } from './word.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const KINDS: Readonly<Record<string, ProtectionType>> = { authenticated: 0, encrypted: 1, 'authenticated-encrypted': 2 }
const BOTH: ProtectionType = 2
const BY: Value = { enum: Object.keys(KINDS) }

const kindOf = ({ args }: Doing): ProtectionType => KINDS[textArg(args, 'by') ?? ''] ?? BOTH

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })

interface Named {
  readonly 'class-id': number
  readonly 'instance-id': string
}

const reference = ({ 'class-id': classId, 'instance-id': name }: Named, id: number): readonly Data[] => [
  { is: 'long-unsigned', value: classId },
  octets(Uint8Array.from(name.split('.'), Number)),
  { is: 'integer', value: (id << 24) >> 24 },
]

const WHOLE: Data = { is: 'long-unsigned', value: 0 }
const NO_RESTRICTION = structure({ is: 'enum', value: 0 }, { is: 'null-data' })

const listOf = (attribute: Named & { readonly 'attribute-id': number }): Data => ({
  is: 'array',
  value: [structure(...reference(attribute, attribute['attribute-id']), WHOLE, NO_RESTRICTION)],
})

const NO_OBJECT: Refusal = { refusal: 'object: expected an object of Data protection (class-id, instance-id)' }
const NO_ATTRIBUTE: Refusal = { refusal: 'attribute: expected an attribute (class-id, instance-id, attribute-id)' }

/** The client that is declared with keys, and they. */
function holderOf({ connection }: Doing): Result<{ readonly security: SecurityContext; readonly keys: Keys }, string> {
  const { security, client } = connection
  const keys = security?.ring.gmacKeys
  return security && keys ? ok({ security, keys }) : fail(`the client ${client.name} has no keys`)
}

/** Parameters for an exchange, with the counter that makes its transaction. */
function begun(doing: Doing, { security }: { readonly security: SecurityContext }) {
  const counter = security.nextCounter('global-unicast-encryption-key')
  if (!counter.ok) return counter
  const transaction = concat([new Uint8Array(4), encode(u32, counter.value)])
  const header = protectionHeader(transaction, security.material.title, security.serverTitle)
  return ok({ counter: counter.value, type: kindOf(doing), header })
}

const controlOf = (security: SecurityContext, type: ProtectionType) => ({
  ...security.control('none'),
  authentication: isAuthenticated(type),
  encryption: isEncrypted(type),
})

const invoked = (doing: Doing, object: Named, id: number, parameter: Data): Promise<Came | Refusal> =>
  invokeMethod(doing, { method: { ...object, 'method-id': id }, parameter })

/** `value`: what was in it. `clear`: it is encrypted no more than in words. `unopened`: neither the tag nor the contents tell what it is. */
const get: Word = {
  says: 'read an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, by: BY },
  required: ['object', 'attribute'],
  outcomes: ['value', 'clear', 'unopened', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const object = objectOf(doing.args['object'])
    const attribute = attributeOf(doing.args['attribute'])
    if (object === undefined) return NO_OBJECT
    if (attribute === undefined) return NO_ATTRIBUTE
    const holder = holderOf(doing)
    if (!holder.ok) return { refusal: holder.failure }
    const parameters = begun(doing, holder.value)
    if (!parameters.ok) return { refusal: parameters.failure }
    const shown = isEncrypted(parameters.value.type) ? await shownBy(doing, attribute) : undefined
    const parameter = structure(listOf(attribute), parametersData(parameters.value))
    const came = await invoked(doing, object, GET_PROTECTED_ATTRIBUTES, parameter)
    if (isRefusal(came) || came.saves?.['value'] === undefined) return came
    const returned = fromJson(data, came.saves['value'])
    const names = returned.ok ? namesOf(returned.value, holder.value, parameters.value.type, shown) : { unopened: true }
    const { success: _success, ...others } = came.outcome.names
    return { outcome: { ...came.outcome, names: { ...others, ...names } }, saves: came.saves }
  },
}

/** As GET shows it: so long that it does not come up among encrypted octets by chance. */
const LEAST_OCTETS = 4

async function shownBy(
  doing: Doing,
  attribute: Named & { readonly 'attribute-id': number },
): Promise<string | undefined> {
  const came = await readAttribute(within(doing), { attribute })
  const value = isRefusal(came) ? undefined : came.saves?.['value']
  const read = value === undefined ? undefined : fromJson(data, value)
  const encoded = read?.ok ? encode(data, read.value) : new Uint8Array(0)
  return encoded.length < LEAST_OCTETS ? undefined : hex(encoded)
}

/** What get_protected_attributes returned: the parameters, and the protected attributes. */
function namesOf(
  returned: Data,
  { security, keys }: { readonly security: SecurityContext; readonly keys: Keys },
  asked: ProtectionType,
  shown: string | undefined,
): Readonly<Record<string, Value>> {
  const [said, content] = returned.is === 'structure' ? returned.value : []
  if (content?.is !== 'octet-string') return { unopened: true }
  if (shown !== undefined && hex(content.value).includes(shown)) return { clear: true }
  const parameters = parametersIn(said)
  const found = foundData(content.value)
  if (parameters === undefined || found === undefined || parameters.type !== asked) return { unopened: true }
  const originator = parameters.header['originator-system-title']
  for (const header of headerForms(parameters.header)) {
    const { control, invocationCounter } = found
    const plain = unprotect({ control, invocationCounter, originator, keys, header }, found.octets)
    const value = plain.ok && control.authentication === isAuthenticated(asked) ? decode(data, plain.value) : undefined
    if (value?.ok === true && security.material.suite === control['security-suite-id'])
      return { value: toJson(bare(value.value)) }
  }
  return { unopened: true }
}

/** One attribute comes as it is, or as the only field of a structure. */
const bare = (value: Data): Data => {
  const [only, ...more] = value.is === 'structure' || value.is === 'array' ? value.value : []
  return only === undefined || more.length > 0 ? value : only
}

/** The parameters of an exchange, and contents that go with them; `flip`: the last bit before the tag is another. */
function sealed(doing: Doing, content: Data): Result<readonly [Data, Data], string> {
  const holder = holderOf(doing)
  if (!holder.ok) return holder
  const { security, keys } = holder.value
  const parameters = begun(doing, holder.value)
  if (!parameters.ok) return parameters
  const { counter, type, header } = parameters.value
  const [whole] = headerForms(header)
  const all = protectedData(
    {
      control: controlOf(security, type),
      invocationCounter: counter,
      originator: security.material.title,
      keys,
      ...(whole === undefined ? {} : { header: whole }),
    },
    encode(data, content),
  )
  const at = isAuthenticated(type) ? all.length - TAG_OCTETS - 1 : all.length - 1
  const sent = doing.args['flip'] === true ? all.with(at, (all[at] ?? 0) ^ 1) : all
  return ok([parametersData(parameters.value), octets(sent)])
}

const TAG_OCTETS = 12

const set: Word = {
  says: 'write an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, value: FIELDS, by: BY, flip: { type: 'boolean' } },
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
  properties: { object: FIELDS, method: FIELDS, parameter: FIELDS, by: BY, flip: { type: 'boolean' } },
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
