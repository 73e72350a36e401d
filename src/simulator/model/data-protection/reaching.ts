// The attributes and methods that Data protection (class 30) names in lists: reached with the rights of the client.
import { encode } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import type { ObjectDescription } from '../../description.ts'
import { findObject, visibleObjects } from '../access.ts'
import type { ReadAttribute } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import { elementsOf, nameOf, numberOf, structure } from '../data.ts'

/** Undefined: there is none that the client may reach. */
export function reached(
  situation: Situation,
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

/** One attribute as it is, several in a structure; undefined: one of them is out of reach. */
export function listedOctets(situation: Situation, list: readonly Data[], read: ReadAttribute): Uint8Array | undefined {
  const values: Data[] = []
  for (const element of list) {
    const there = reached(situation, 'read', element)
    const value = there && read(there.object, there.id, situation)
    if (value === undefined) return undefined
    values.push(value)
  }
  const [first = structure()] = values
  return encode(data, values.length === 1 ? first : structure(...values))
}

/** Undefined: nothing came that could be opened. Several attributes at once this meter does not take. */
export function writeListed(
  situation: Situation,
  list: Data | undefined,
  value: Data | undefined,
): 'success' | 'other-reason' | 'scope-of-access-violated' | 'type-unmatched' {
  const [element, ...more] = elementsOf(list) ?? []
  if (value === undefined || more.length > 0) return 'other-reason'
  const there = reached(situation, 'write', element)
  if (there === undefined) return 'scope-of-access-violated'
  const { store } = situation
  if (store.get(there.object, there.id)?.is !== value.is) return 'type-unmatched'
  store.set(there.object, there.id, value)
  return 'success'
}
