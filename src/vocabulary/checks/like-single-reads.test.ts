import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { likeSingleReads } from './like-single-reads.ts'

const n = (value: number): Value => ({ 'double-long-unsigned': value })

describe('like-single-reads', () => {
  it('passes what was read before or after', () => {
    for (const value of [n(5), n(7)])
      expect(likeSingleReads(value, { before: n(5), after: n(7) })).to.deep.equal({ is: 'pass' })
  })

  it('remarks a number that moves', () => {
    expect(likeSingleReads(n(6), { before: n(5), after: n(7) })).to.include({ is: 'remark', ruling: 'C16' })
    expect(
      likeSingleReads({ 'long64-unsigned': '9007199254740993' }, { before: { 'long64-unsigned': '9007199254740992' } }),
    ).to.include({ is: 'remark' })
  })

  it('fails another type, and anything else that is not the same', () => {
    for (const [value, before] of [
      [{ 'octet-string': '05' }, n(5)],
      [{ unsigned: 5 }, n(5)],
      [{ 'octet-string': '05' }, { 'octet-string': '06' }],
      [null, n(5)],
    ] as const)
      expect(likeSingleReads(value, { before, after: before }), JSON.stringify(value)).to.include({ is: 'fails' })
  })
})
