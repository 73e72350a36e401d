import { expect } from 'chai'
import { fromJson, toJson } from '../codec/codec.ts'
import type { Value } from '../codec/value.ts'
import { data } from '../protocol/data/data.ts'
import { anotherValue } from './another-value.ts'

function another(value: Value): Value | undefined {
  const read = fromJson(data, value)
  const other = read.ok ? anotherValue(read.value) : undefined
  return other && toJson(other)
}

describe('another value', () => {
  const values: readonly (readonly [Value, Value])[] = [
    [{ boolean: true }, { boolean: false }],
    [{ 'double-long-unsigned': 5 }, { 'double-long-unsigned': 1005 }],
    [{ 'long-unsigned': 65000 }, { 'long-unsigned': 64000 }],
    [{ integer: 127 }, { integer: 126 }],
    [{ 'octet-string': '3132' }, { 'octet-string': '3133' }],
    [{ structure: [{ integer: -1 }, { enum: 30 }] }, { structure: [{ integer: 0 }, { enum: 30 }] }],
    [{ structure: [{ enum: 1 }, { unsigned: 0 }] }, { structure: [{ enum: 1 }, { unsigned: 16 }] }],
  ]
  for (const [value, other] of values)
    it(`of ${JSON.stringify(value)}`, () => {
      expect(another(value)).to.deep.equal(other)
    })
  it('there is none where it might not be legal', () => {
    for (const value of [{ enum: 1 }, { 'octet-string': '' }, { array: [] }, { 'null-data': {} }])
      expect(another(value)).to.equal(undefined)
  })
})
