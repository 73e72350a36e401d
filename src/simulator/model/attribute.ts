import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import { behaviours } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { onCourse } from './course.ts'
import { logicalName, octets } from './data.ts'

/** The value of an attribute: attribute 1 is the logical name, others are worked out or stored; undefined: there is none. */
export function attributeOf(object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  if (attribute === 1) return octets(logicalName(object['logical-name']))
  const worked = behaviours[object['class-id']]?.attribute?.(object, attribute, situation, attributeOf)
  return worked ?? onCourse(object, attribute, situation.store.get(object, attribute), situation.now)
}
