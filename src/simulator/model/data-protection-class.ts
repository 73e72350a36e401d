// Class 30, Data protection: attributes and parameters of methods that are protected by themselves, in one layer or several (IEC 62056-6-2, Data protection).
import { decode } from '../../codec/codec.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData, parametersIn, type ProtectionLayer } from '../../protocol/security/protection-parameters.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { elementsOf, fieldsOf, octets, structure } from './data.ts'
import { bare, layered } from './data-protection/layers.ts'
import { partiesOf, type Parties } from './data-protection/parties.ts'
import { isEnough } from './data-protection/required.ts'
import { listedOctets, reached, writeListed } from './data-protection/reaching.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const ended = (result: Invoked['result']): Invoked => ({ result })

export function invokeDataProtection(invocation: Invocation): Invoked | undefined {
  const { method, parameters } = invocation
  const parties = partiesOf(invocation.situation)
  if (parties === undefined) return undefined
  if (method === GET_PROTECTED_ATTRIBUTES) {
    const [list, protection] = fieldsOf(parameters, 2) ?? []
    return getAttributes(invocation, parties, list, protection)
  }
  const [what, protection, content] = fieldsOf(parameters, 3) ?? []
  if (method !== SET_PROTECTED_ATTRIBUTES && method !== INVOKE_PROTECTED_METHOD) return undefined
  const layers = parametersIn(protection) ?? []
  if (!isEnough(invocation.situation, invocation.object, 'request', layers)) return ended('read-write-denied')
  const came = opened(invocation, parties, layers, content)
  return method === SET_PROTECTED_ATTRIBUTES
    ? ended(writeListed(invocation.situation, what, came))
    : invokeMethod(invocation, what, came)
}

function getAttributes(
  invocation: Invocation,
  parties: Parties,
  list: Data | undefined,
  said: Data | undefined,
): Invoked {
  const asked = parametersIn(said)
  const elements = elementsOf(list)
  if (asked === undefined || elements === undefined) return ended('other-reason')
  const { situation, object, read } = invocation
  if (!isEnough(situation, object, 'response', asked)) return ended('read-write-denied')
  const plain = listedOctets(situation, elements, read)
  if (plain === undefined) return ended('scope-of-access-violated')
  const given = layered(situation, parties, asked, plain)
  if (given === undefined) return ended('other-reason')
  return { result: 'success', returned: structure(parametersData(given.layers), octets(given.content)) }
}

/** The data that came protected; undefined: it is not from this client, was changed, or came before. */
function opened(
  { situation }: Invocation,
  parties: Parties,
  layers: readonly ProtectionLayer[],
  content: Data | undefined,
): Data | undefined {
  if (layers.length === 0 || content?.is !== 'octet-string') return undefined
  const plain = bare(situation, parties, layers, content.value)
  const value = plain && decode(data, plain)
  return value?.ok ? value.value : undefined
}

function invokeMethod(invocation: Invocation, method: Data | undefined, parameters: Data | undefined): Invoked {
  if (parameters === undefined) return ended('other-reason')
  const there = reached(invocation.situation, 'invoke', method)
  return there === undefined
    ? ended('scope-of-access-violated')
    : ended(invocation.perform(there.object, there.id, parameters))
}
