import { expect } from 'chai'
import { decode, encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { typeDescription } from './compact-array.ts'
import { contentsOf, descriptionOf } from './compact-writing.ts'
import { data } from './data.ts'

/** Data as hex → its description and what it holds, as hex. */
function apart(octets: string): readonly [string | undefined, string] {
  const value = decode(data, unhex(octets) ?? new Uint8Array(0))
  if (!value.ok) throw new RangeError(`${octets} is no Data`)
  const description = descriptionOf(value.value)
  return [description && hex(encode(typeDescription, description)), hex(contentsOf(value.value))]
}

describe('values without their types', () => {
  for (const [title, octets, description, contents] of [
    ['a number', '120102', '12', '0102'],
    ['octets, with their length', '0902AABB', '09', '02AABB'],
    ['bits, with their count', '040580', '04', '0580'],
    ['null-data', '00', '00', ''],
    ['a structure', '0202110112ABCD', '02021112', '01ABCD'],
    ['an array in a structure', '02020103110111021103161E', '02020100031116', '0102031E'],
    ['an empty array has no type', '0100', undefined, ''],
    ['nor has a structure of one', '02020100120001', undefined, '0001'],
  ] as const)
    it(title, () => {
      expect(apart(octets)).to.deep.equal([description, contents])
    })
})
