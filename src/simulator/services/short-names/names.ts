// What a short name stands for: an attribute or a method of an object of the logical device (IEC 62056-6-2 clause 4.1.3; ruling C19).
import { shortNamed, type ShortNamed } from '../../../cosem/short-names.ts'
import type { ObjectDescription } from '../../description.ts'
import { visibleObjects } from '../../model/access.ts'
import { classOf, type Situation } from '../../model/classes.ts'

/** An attribute or a method of an object. */
export interface Variable {
  readonly is: ShortNamed['is']
  readonly object: ObjectDescription
  /** attribute-id or method-id. */
  readonly id: number
}

/** Undefined: no object that the client sees has this name. */
export function variableNamed(situation: Situation, name: number): Variable | undefined {
  for (const object of visibleObjects(situation.description, situation.association)) {
    const found = memberOf(object, name, situation)
    if (found !== undefined)
      return { is: found.is, object, id: found.is === 'attribute' ? found.attribute.id : found.method.id }
  }
  return undefined
}

function memberOf(object: ObjectDescription, name: number, situation: Situation): ShortNamed | undefined {
  const { 'base-name': base } = object
  const interfaceClass = classOf(object, situation)
  return base === undefined || interfaceClass === undefined ? undefined : shortNamed(base, interfaceClass, name)
}
