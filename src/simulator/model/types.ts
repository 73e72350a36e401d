// Whether a value may take the place of another (ruling X10).
import { check } from '../../cosem/check.ts'
import type { InterfaceClass } from '../../cosem/classes.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { DataAccessResult } from '../../protocol/xdlms/common.ts'

/** A value that is to take the place of another. */
export interface Change {
  readonly before: Data
  readonly value: Data
  readonly of: InterfaceClass
  readonly attribute: number
}

/** Of the type that is there, and in the range of the class. */
export function checkChange({ before, value, of, attribute }: Change): DataAccessResult {
  const faults = check(value, of, attribute).filter(({ firm }) => firm)
  if (!isSameType(before, value) || faults.some(({ is }) => is === 'type' || is === 'size')) return 'type-unmatched'
  return faults.length === 0 ? 'success' : 'other-reason'
}

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
