// protection_buffer of Data protection (class 30): read, it is what protection_object_list names, protected as protection_parameters_get say; written, it is taken as protection_parameters_set say (IEC 62056-6-2, Data protection).
import { decode } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import { parametersData, parametersIn } from '../../../protocol/security/protection-parameters.ts'
import type { DataAccessResult } from '../../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../../description.ts'
import type { ReadAttribute, Writing } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { elementsOf, octets } from '../data.ts'
import { bare, layered } from './layers.ts'
import { partiesOf } from './parties.ts'
import { isEnough } from './required.ts'
import { listedOctets, writeListed } from './reaching.ts'

const PROTECTION_BUFFER = 2
const PROTECTION_OBJECT_LIST = 3
const PROTECTION_PARAMETERS_GET = 4
const PROTECTION_PARAMETERS_SET = 5

const listIn = (object: ObjectDescription, { store }: Situation): readonly Data[] =>
  elementsOf(store.get(object, PROTECTION_OBJECT_LIST)) ?? []

/** The parameters that the server has used stand in protection_parameters_get from then on. Undefined: the attribute is stored, or cannot be told. */
export function dataProtectionAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
  read: ReadAttribute,
): Data | undefined {
  const { store, rules } = situation
  const stored = store.get(object, attribute)
  const asked = parametersIn(store.get(object, PROTECTION_PARAMETERS_GET))
  const list = listIn(object, situation)
  if (attribute !== PROTECTION_BUFFER || asked === undefined || list.length === 0) return stored
  const parties = isEnough(situation, object, 'response', asked) ? partiesOf(situation) : undefined
  const plain = parties && listedOctets(situation, list, read)
  const given = plain && layered(situation, parties, asked, plain)
  if (plain === undefined || given === undefined) return stored
  store.set(object, PROTECTION_PARAMETERS_GET, parametersData(given.layers))
  return octets(rules.dataProtection.buffered(given.content, plain))
}

export function writeDataProtection({ object, attribute, value, situation }: Writing): DataAccessResult {
  const { store, rules } = situation
  if (attribute !== PROTECTION_BUFFER || value.is !== 'octet-string' || listIn(object, situation).length === 0) {
    store.set(object, attribute, value)
    return 'success'
  }
  const parties = partiesOf(situation)
  const layers = parametersIn(store.get(object, PROTECTION_PARAMETERS_SET))
  if (layers && !isEnough(situation, object, 'request', layers)) return 'read-write-denied'
  const opened = parties && layers && bare(situation, parties, layers, value.value)
  const plain = rules.dataProtection.unbuffered(opened, value.value)
  const content = plain && decode(data, plain)
  return writeListed(situation, store.get(object, PROTECTION_OBJECT_LIST), content?.ok ? content.value : undefined)
}
