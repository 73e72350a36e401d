// What one push carries: the attributes of push_object_list, each as it is when the push is sent.
import { encode } from '../../codec/codec.ts'
import type { Data } from '../../protocol/data/data.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { ObjectDescription } from '../description.ts'
import { findObject } from '../model/access.ts'
import { attributeOf } from '../model/attribute.ts'
import type { Situation } from '../model/classes.ts'
import { dateTime } from '../model/clock/clock.ts'
import { elementsOf, fieldsOf, nameOf, nothing, numberOf } from '../model/data.ts'
import type { DeliveryRules } from './rules.ts'

const PUSH_OBJECT_LIST = 2

/** The APDUs of a push: one, or the blocks of one. `count`: pushes so far. */
export function apdusOf(
  rules: DeliveryRules,
  object: ObjectDescription,
  situation: Situation,
  count: number,
): readonly Uint8Array[] {
  const list = elementsOf(situation.store.get(object, PUSH_OBJECT_LIST)) ?? []
  const apdu = rules.encode({
    'long-invoke-id-and-priority': {
      priority: false,
      'service-class': false,
      'processing-option': false,
      'self-descriptive': false,
      reserved: 0,
      'long-invoke-id': count & 0xffffff,
    },
    'date-time': dateTime(situation, situation.now),
    'notification-body': rules.body(list.map((element) => pushed(element, situation))),
  })
  const { blockOctets } = object.push ?? {}
  if (blockOctets === undefined) return [apdu]
  return rules.blocks(apdu, blockOctets).map((value) => encode(xdlms, { is: 'general-block-transfer', value }))
}

/** push_object_definition: class_id, logical_name, attribute_index, data_index. What is not there is null-data. */
function pushed(definition: Data, situation: Situation): Data {
  const fields = fieldsOf(definition, 4) ?? []
  const name = nameOf(fields[1])
  const index = numberOf(fields[2], 'integer')
  const at = numberOf(fields[3], 'long-unsigned') ?? 0
  const { description, association, rules } = situation
  const own = description.objects.filter(({ devices }) => devices.includes(association.device.key))
  const object = name === undefined ? undefined : findObject(own, name)
  if (object === undefined || index === undefined) return nothing
  const value = attributeOf(object, index, situation)
  const told = value && rules.attributeValue(object, index, value)
  return (at === 0 ? told : elementAt(told, at)) ?? nothing
}

/** data_index counts from 1. */
const elementAt = (value: Data | undefined, at: number): Data | undefined =>
  value?.is === 'structure' || value?.is === 'array' ? value.value[at - 1] : undefined
