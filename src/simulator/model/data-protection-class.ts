// Class 30, Data protection: attributes and parameters of methods that are protected by themselves, in one layer or several (IEC 62056-6-2, Data protection).
import { decode, encode } from '../../codec/codec.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData, parametersIn } from '../../protocol/security/protection-parameters.ts'
import type { ObjectDescription } from '../description.ts'
import { findObject, visibleObjects } from './access.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { elementsOf, fieldsOf, nameOf, numberOf, octets, structure } from './data.ts'
import { bare, layered } from './data-protection/layers.ts'
import { partiesOf, type Parties } from './data-protection/parties.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const refused = (result: Invoked['result']): Invoked => ({ result })

export function invokeDataProtection(invocation: Invocation): Invoked | undefined {
  const { method, parameters } = invocation
  const parties = partiesOf(invocation.situation)
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

function getAttributes(
  invocation: Invocation,
  parties: Parties,
  list: Data | undefined,
  said: Data | undefined,
): Invoked {
  const asked = parametersIn(said)
  const elements = elementsOf(list)
  if (asked === undefined || elements === undefined) return refused('other-reason')
  const { situation, read } = invocation
  const values: Data[] = []
  for (const element of elements) {
    const there = reached(invocation, 'read', element)
    const value = there && read(there.object, there.id, situation)
    if (value === undefined) return refused('scope-of-access-violated')
    values.push(value)
  }
  const [first = structure()] = values
  const plain = encode(data, values.length === 1 ? first : structure(...values))
  const given = layered(situation, parties, asked, plain)
  if (given === undefined) return refused('other-reason')
  return { result: 'success', returned: structure(parametersData(given.layers), octets(given.content)) }
}

/** The data that came protected; undefined: it is not from this client, was changed, or came before. */
function opened(
  { situation }: Invocation,
  parties: Parties,
  said: Data | undefined,
  content: Data | undefined,
): Data | undefined {
  const layers = parametersIn(said)
  if (layers === undefined || content?.is !== 'octet-string') return undefined
  const plain = bare(situation, parties, layers, content.value)
  const value = plain && decode(data, plain)
  return value?.ok ? value.value : undefined
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
