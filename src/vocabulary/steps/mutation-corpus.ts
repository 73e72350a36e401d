// What apdu.mutate begins with: right APDUs of the client's referencing.
import { apduOctets, getRequest, invokeIdAndPriority } from '../../client/services.ts'
import { attributeName, methodName, objectNamed, type Named } from '../../client/short-names/object-names.ts'
import { fromJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import type { VariableAccessSpecification } from '../../protocol/xdlms/short-names.ts'
import type {
  CosemAttributeDescriptor,
  CosemMethodDescriptor,
  InvokeIdAndPriority,
} from '../../protocol/xdlms/common.ts'
import { UNLISTED } from '../outgoing/short-names.ts'
import { attributeOf, methodOf } from './objects.ts'
import type { Doing } from './word.ts'

const INVOKE_ID = 1

/** The right APDUs: reading in several forms, and where they are given a write and a method. */
export function corpusOf(doing: Doing, attribute: CosemAttributeDescriptor): readonly Uint8Array[] | Refusal {
  const { args, connection } = doing
  const written = attributeOf(args['scratch'])
  const value = fromJson(data, args['value'] ?? null)
  const method = methodOf(args['method'])
  const said = isRecord(args['method']) ? args['method']['parameter'] : undefined
  const parameter = said === undefined ? undefined : fromJson(data, said)
  const more: Written = {
    ...(written && value.ok ? { set: { attribute: written, value: value.value } } : {}),
    ...(method && parameter?.ok !== false ? { action: { method, parameter: parameter?.value } } : {}),
  }
  return connection.client.context === 'sn' ? byShortNames(doing, attribute, more) : byLogicalNames(attribute, more)
}

/** What is written and invoked, where it may be. */
interface Written {
  readonly set?: { readonly attribute: CosemAttributeDescriptor; readonly value: Data }
  readonly action?: { readonly method: CosemMethodDescriptor; readonly parameter: Data | undefined }
}

const SELECTION = {
  'access-selector': 1,
  'access-parameters': { is: 'structure', value: [{ is: 'unsigned', value: 0 }] },
} as const

function byLogicalNames(attribute: CosemAttributeDescriptor, { set, action }: Written): readonly Uint8Array[] {
  const descriptor = { 'cosem-attribute-descriptor': attribute }
  const id = { 'invoke-id-and-priority': invokeIdAndPriority(INVOKE_ID) }
  const all: readonly Apdu[] = [
    getRequest(INVOKE_ID, attribute),
    { is: 'get-request-normal', value: { ...id, ...descriptor, 'access-selection': SELECTION } },
    { is: 'get-request-with-list', value: { ...id, 'attribute-descriptor-list': [descriptor, descriptor] } },
    {
      is: 'access-request',
      value: {
        'long-invoke-id-and-priority': {
          priority: true,
          'service-class': true,
          'processing-option': false,
          'self-descriptive': false,
          reserved: 0,
          'long-invoke-id': INVOKE_ID,
        },
        'date-time': new Uint8Array(0),
        'access-request-specification': [{ is: 'access-request-get', value: descriptor }],
        'access-request-list-of-data': [{ is: 'null-data' }],
      },
    },
    ...(set ? [setOf(id, set.attribute, set.value)] : []),
    ...(action ? [actionOf(id, action.method, action.parameter)] : []),
  ]
  return all.map(apduOctets)
}

type Id = { readonly 'invoke-id-and-priority': InvokeIdAndPriority }

const setOf = (id: Id, attribute: CosemAttributeDescriptor, value: Data): Apdu => ({
  is: 'set-request-normal',
  value: { ...id, 'cosem-attribute-descriptor': attribute, value },
})

const actionOf = (id: Id, method: CosemMethodDescriptor, parameter: Data | undefined): Apdu => ({
  is: 'action-request-normal',
  value: {
    ...id,
    'cosem-method-descriptor': method,
    ...(parameter === undefined ? {} : { 'method-invocation-parameters': parameter }),
  },
})

/** Where the object list does not have the object nothing can be asked of it. */
const missing = ({ 'class-id': classId, 'instance-id': name }: Named): Refusal => ({
  refusal: `${classId}:${name} has no short name`,
  advice: UNLISTED,
})

const listed = ({ bench, connection }: Doing, named: Named) =>
  objectNamed(bench.learned.namesOf(connection).known() ?? [], named)

const readOf = (...variables: readonly VariableAccessSpecification[]): Apdu => ({
  is: 'read-request',
  value: { 'variable-access-specification': variables },
})

const writeOf = (name: number, value: Data): Apdu => ({
  is: 'write-request',
  value: { 'variable-access-specification': [{ is: 'variable-name', value: name }], 'list-of-data': [value] },
})

function byShortNames(
  doing: Doing,
  attribute: CosemAttributeDescriptor,
  { set, action }: Written,
): readonly Uint8Array[] | Refusal {
  const object = listed(doing, attribute)
  if (object === undefined) return missing(attribute)
  const name = attributeName(object, attribute['attribute-id'])
  const variable = { is: 'variable-name', value: name } as const
  const { 'access-selector': selector, 'access-parameters': parameter } = SELECTION
  const written = set && listed(doing, set.attribute)
  const holder = action && listed(doing, action.method)
  const method = holder && methodName(holder, action.method['method-id'])
  return [
    readOf(variable),
    readOf({ is: 'parameterized-access', value: { 'variable-name': name, selector, parameter } }),
    readOf(variable, variable),
    ...(written ? [writeOf(attributeName(written, set.attribute['attribute-id']), set.value)] : []),
    ...(method === undefined ? [] : [writeOf(method, action?.parameter ?? { is: 'null-data' })]),
  ].map(apduOctets)
}

/** What is asked between them: the attribute, as ever. */
export function probeOf(doing: Doing, attribute: CosemAttributeDescriptor): Apdu | Refusal {
  const { connection } = doing
  if (connection.client.context === 'ln') return getRequest(connection.nextInvokeId(), attribute)
  const object = listed(doing, attribute)
  if (object === undefined) return missing(attribute)
  return readOf({ is: 'variable-name', value: attributeName(object, attribute['attribute-id']) })
}
