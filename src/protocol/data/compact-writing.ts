// Values → their types once, and what they hold without tags: what a Compact data object keeps apart (IEC 62056-6-2, class 62).
import { encode, type Codec } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import type { TypeDescription } from './compact-array.ts'
import type { Data } from './data.ts'
import { SIMPLE_TYPES } from './simple-types.ts'

/** Undefined: a compact-array has no description, nor has an array of elements that differ or of none. */
export function descriptionOf(value: Data): TypeDescription | undefined {
  switch (value.is) {
    case 'structure': {
      const fields = value.value.map(descriptionOf)
      const known = fields.filter((field) => field !== undefined)
      return known.length === fields.length ? { is: 'structure', value: known } : undefined
    }
    case 'array': {
      const [first] = value.value
      const type = first && descriptionOf(first)
      return type && { is: 'array', value: { 'number-of-elements': value.value.length, 'type-description': type } }
    }
    case 'compact-array':
      return undefined
    default:
      return { is: value.is }
  }
}

/** Without tags; structures and arrays without their counts too. */
export function contentsOf(value: Data): Uint8Array {
  switch (value.is) {
    case 'structure':
    case 'array':
      return concat(value.value.map(contentsOf))
    case 'compact-array':
      return new Uint8Array(0)
    default: {
      // each simple type has a value that its codec writes
      const codec: Codec<unknown> = SIMPLE_TYPES[value.is].codec
      return encode(codec, 'value' in value ? value.value : undefined)
    }
  }
}
