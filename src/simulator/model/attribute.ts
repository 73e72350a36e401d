import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import { interfaceClasses, type Situation } from './classes.ts'
import { logicalName, octets } from './data.ts'

export const findObject = (objects: readonly ObjectDescription[], name: string): ObjectDescription | undefined =>
  objects.find((object) => object['logical-name'] === name)

/** The value of an attribute: attribute 1 is the logical name, others are worked out or stored; undefined: there is none. */
export function attributeOf(object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  if (attribute === 1) return octets(logicalName(object['logical-name']))
  const worked = interfaceClasses[object['class-id']]?.attribute?.(object, attribute, situation)
  return worked ?? situation.store.get(object, attribute)
}
