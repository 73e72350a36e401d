import { expect } from 'chai'
import { typedLike } from './typed-like.ts'

describe('typed-like', () => {
  it('passes other numbers, and arrays of another length', () => {
    expect(typedLike({ long: 5 }, { first: { long: 4 }, second: { long: -1 } })).to.deep.equal({ is: 'pass' })
    const of = (count: number) => ({ array: Array.from({ length: count }, () => ({ structure: [{ enum: count }] })) })
    expect(typedLike(of(1), { first: of(3) })).to.deep.equal({ is: 'pass' })
  })
  it('fails another type, however deep', () => {
    expect(typedLike({ long: 5 }, { first: { long: 4 }, second: { 'long-unsigned': 5 } })).to.include({
      is: 'fails',
      found: 'long',
    })
    const of = (tag: string) => ({ structure: [{ integer: 0 }, { [tag]: 30 }] })
    expect(typedLike(of('unsigned'), { first: of('enum') })).to.include({ found: 'structure {integer, unsigned}' })
  })
})
