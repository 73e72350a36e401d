// The attributes and methods that Data protection (class 30) names in lists: reached with the rights of the client.
import { encode } from '../../../codec/codec.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import type { ObjectDescription } from '../../description.ts'
import { findObject, visibleObjects } from '../access.ts'
import type { ReadAttribute } from '../behaviour.ts'
import type { Situation } from '../classes.ts'
import type { WrittenAttribute } from './rules.ts'
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

/** All of them, or none. Undefined: nothing came that could be opened. */
export function writeListed(
  situation: Situation,
  list: Data | undefined,
  value: Data | undefined,
): 'success' | 'other-reason' | 'scope-of-access-violated' | 'type-unmatched' {
  const elements = elementsOf(list) ?? []
  const values = value && valuesFor(elements, value)
  if (values === undefined) return 'other-reason'
  const { store, rules } = situation
  const written: WrittenAttribute[] = []
  for (const [at, element] of elements.entries()) {
    const there = reached(situation, 'write', element)
    const each = values[at]
    if (there === undefined || each === undefined) return 'scope-of-access-violated'
    if (store.get(there.object, there.id)?.is !== each.is) return 'type-unmatched'
    written.push({ ...there, value: each })
  }
  for (const each of rules.dataProtection.written(written)) store.set(each.object, each.id, each.value)
  return 'success'
}

/** As they are read: one as it is, several in a structure. Undefined: they are not as many. */
function valuesFor(elements: readonly Data[], value: Data): readonly Data[] | undefined {
  if (elements.length === 1) return [value]
  const values = value.is === 'structure' ? value.value : []
  return values.length > 0 && values.length === elements.length ? values : undefined
}
