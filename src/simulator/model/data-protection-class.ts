// Class 30, Data protection: attributes and parameters of methods that are protected by themselves, with the global unicast key of the client (IEC 62056-6-2, Data protection).
import { decode, encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import {
  foundData,
  headerForms,
  isAuthenticated,
  isEncrypted,
  parametersData,
  parametersIn,
  protectionHeader,
  type ProtectionParameters,
} from '../../protocol/security/protected-data.ts'
import type { Protection } from '../../protocol/security/protection.ts'
import type { SecurityControl } from '../../protocol/security/security-control.ts'
import type { ObjectDescription } from '../description.ts'
import { findObject, visibleObjects } from './access.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { elementsOf, fieldsOf, nameOf, numberOf, octets, structure } from './data.ts'
import { receivedCounter, securityOf, sentCounter } from './security-state.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const refused = (result: Invoked['result']): Invoked => ({ result })

export function invokeDataProtection(invocation: Invocation): Invoked | undefined {
  const { method, parameters } = invocation
  const parties = partiesOf(invocation)
  if (parties === undefined) return undefined
  if (method === GET_PROTECTED_ATTRIBUTES) {
    const [list, protection] = fieldsOf(parameters, 2) ?? []
    return getAttributes(invocation, parties, list, protection)
  }
  const [what, protection, content] = fieldsOf(parameters, 3) ?? []
  if (method === SET_PROTECTED_ATTRIBUTES)
    return setAttributes(invocation, what, opened(invocation, parties, protection, content))
  if (method !== INVOKE_PROTECTED_METHOD) return undefined
  return invokeMethod(invocation, what, opened(invocation, parties, protection, content))
}

/** Whose key protects, and between whom. */
interface Parties {
  readonly key: Uint8Array
  readonly authentication: Uint8Array
  readonly suite: SecurityControl['security-suite-id']
  readonly server: Uint8Array
  readonly client: Uint8Array
}

/** Undefined: the client has no keys, or no system title. */
function partiesOf({ situation }: Invocation): Parties | undefined {
  const { association, description } = situation
  const state = securityOf(situation, association.client.securitySetup ?? '')
  const { 'global-unicast-encryption-key': key, 'authentication-key': authentication } = state?.keys ?? {}
  const client = association.session?.client ?? association.clientTitle
  const server = description.systemTitle === undefined ? undefined : unhex(description.systemTitle)
  if (state === undefined || key === undefined || authentication === undefined) return undefined
  return client && server && { key, authentication, suite: state.suite, server, client }
}

/** An attribute of object_list; undefined: there is none that the client may reach. */
function reached(
  { situation }: Invocation,
  is: 'read' | 'write' | 'invoke',
  element: Data | undefined,
): { readonly object: ObjectDescription; readonly id: number } | undefined {
  const [classId, name, index] = element?.is === 'structure' ? element.value : []
  const { description, association, rules } = situation
  const object = findObject(visibleObjects(description, association), nameOf(name) ?? '')
  const id = numberOf(index, 'integer')
  if (object === undefined || id === undefined || object['class-id'] !== numberOf(classId, 'long-unsigned'))
    return undefined
  return rules.dataProtection.mayReach({ object, is, id }, situation) ? { object, id } : undefined
}

/** With the titles of both, and the transaction of the request. */
function getAttributes(
  invocation: Invocation,
  parties: Parties,
  list: Data | undefined,
  said: Data | undefined,
): Invoked {
  const parameters = parametersIn(said)
  const elements = elementsOf(list)
  if (parameters === undefined || elements === undefined) return refused('other-reason')
  const { situation, read } = invocation
  const values: Data[] = []
  for (const element of elements) {
    const there = reached(invocation, 'read', element)
    const value = there && read(there.object, there.id, situation)
    if (value === undefined) return refused('scope-of-access-violated')
    values.push(value)
  }
  const header = protectionHeader(parameters.header['transaction-id'], parties.server, parties.client)
  const counter = (situation.store.counter(sentCounter(parties.key)) ?? -1) + 1
  situation.store.keepCounter(sentCounter(parties.key), counter)
  const protection = protectionOf(parties, { ...parameters, header }, { title: parties.server, counter })
  const [first = structure()] = values
  const plain = encode(data, values.length === 1 ? first : structure(...values))
  const content = situation.rules.dataProtection.protect(protection, plain)
  return { result: 'success', returned: structure(parametersData({ ...parameters, header }), octets(content)) }
}

function protectionOf(
  { key, authentication, suite }: Parties,
  { type, header }: ProtectionParameters,
  { title, counter }: { readonly title: Uint8Array; readonly counter: number },
): Protection {
  const [whole] = headerForms(header)
  return {
    control: {
      compression: false,
      'broadcast-key-set': false,
      encryption: isEncrypted(type),
      authentication: isAuthenticated(type),
      'security-suite-id': suite,
    },
    invocationCounter: counter,
    originator: title,
    keys: { encryption: key, authentication },
    ...(whole === undefined ? {} : { header: whole }),
  }
}

/** The data that came protected; undefined: it is not from this client, was changed, or came before. */
function opened(
  { situation }: Invocation,
  parties: Parties,
  said: Data | undefined,
  content: Data | undefined,
): Data | undefined {
  const parameters = parametersIn(said)
  const found = content?.is === 'octet-string' ? foundData(content.value) : undefined
  if (parameters === undefined || found === undefined) return undefined
  const name = `data ${receivedCounter(parties.key, parties.client)}`
  const { store, rules } = situation
  const protection = protectionOf(parties, parameters, { title: parties.client, counter: found.invocationCounter })
  const isOwn = hex(parameters.header['originator-system-title']) === hex(parties.client)
  const isKind = JSON.stringify(found.control) === JSON.stringify(protection.control)
  if (!isOwn || !isKind || found.invocationCounter <= (store.counter(name) ?? -1)) return undefined
  const plain = rules.dataProtection.unprotect(protection, found.octets)
  const value = plain.ok ? decode(data, plain.value) : undefined
  if (value?.ok !== true) return undefined
  store.keepCounter(name, found.invocationCounter)
  return value.value
}

function setAttributes(invocation: Invocation, list: Data | undefined, value: Data | undefined): Invoked {
  const [element, ...more] = elementsOf(list) ?? []
  if (value === undefined || more.length > 0) return refused('other-reason')
  const there = reached(invocation, 'write', element)
  if (there === undefined) return refused('scope-of-access-violated')
  const { store } = invocation.situation
  if (store.get(there.object, there.id)?.is !== value.is) return refused('type-unmatched')
  store.set(there.object, there.id, value)
  return { result: 'success' }
}

function invokeMethod(invocation: Invocation, method: Data | undefined, parameters: Data | undefined): Invoked {
  if (parameters === undefined) return refused('other-reason')
  const there = reached(invocation, 'invoke', method)
  return there === undefined
    ? refused('scope-of-access-violated')
    : refused(invocation.perform(there.object, there.id, parameters))
}
