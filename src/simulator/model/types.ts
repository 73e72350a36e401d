// Whether a value is of the type of the one that it is to replace (ruling X10).
import type { Data } from '../../protocol/data/data.ts'

/** Structures field by field; the elements of an array by the first that is there, of which an empty one says nothing. */
export function isSameType(before: Data, value: Data): boolean {
  if (before.is === 'structure') {
    return (
      value.is === 'structure' &&
      value.value.length === before.value.length &&
      before.value.every((field, at) => areSame(field, value.value[at]))
    )
  }
  if (before.is === 'array') {
    const [first] = before.value
    return value.is === 'array' && (first === undefined || value.value.every((element) => isSameType(first, element)))
  }
  return value.is === before.is
}

const areSame = (before: Data, value: Data | undefined): boolean => value !== undefined && isSameType(before, value)
