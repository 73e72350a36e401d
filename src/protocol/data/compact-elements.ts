import { decode, rest, type Codec, type DecodeFailure, type Source } from '../../codec/codec.ts'
import { SIMPLE_TYPES } from './simple-types.ts'
import type { CompactArray, TypeDescription } from './compact-array.ts'
import type { Data } from './data.ts'
import type { Result } from '../../codec/value.ts'

/** No compact-array a meter can send holds more; a description without octets of its own could hold any number. */
const MOST_VALUES = 100_000

/** The elements of a compact-array as Data, or where its contents do not fit its description. */
export function compactElements(compact: CompactArray): Result<readonly Data[], DecodeFailure> {
  return decode(elements(compact['contents-description']), compact['array-contents'])
}

function elements(description: TypeDescription): Codec<readonly Data[]> {
  return {
    shape: rest.shape,
    write() {
      throw new TypeError('elements are only read')
    },
    read(from) {
      const budget = { left: MOST_VALUES }
      const values: Data[] = []
      while (from.left > 0) {
        const { at } = from
        values.push(element(from, description, budget))
        if (from.at === at) from.fail('value', at, 'a description with octets', description.is)
      }
      return values
    },
  }
}

function element(from: Source, description: TypeDescription, budget: { left: number }): Data {
  if (--budget.left < 0) from.fail('count', from.at, `at most ${MOST_VALUES} values`, 'more')
  switch (description.is) {
    case 'structure':
      return { is: 'structure', value: description.value.map((field) => element(from, field, budget)) }
    case 'array': {
      const { 'number-of-elements': count, 'type-description': type } = description.value
      const values: Data[] = []
      for (let i = 0; i < count; i++) values.push(element(from, type, budget))
      return { is: 'array', value: values }
    }
    default: {
      // each simple type has the value that its codec reads
      const value = SIMPLE_TYPES[description.is].codec.read(from)
      return (value === undefined ? { is: description.is } : { is: description.is, value }) as Data
    }
  }
}
