import { expect } from 'chai'
import { writtenOut } from './bodies.ts'

describe('bodies by name', () => {
  for (const [operator, written] of [
    [{ set: { 'nested-arrays': 3 } }, { set: '01010101010100' }],
    [{ set: { 'nested-structures': 2 } }, { set: '0201020100' }],
    [{ set: { zeros: 4 } }, { set: '00000000' }],
    [{ set: { zeros: 0 } }, { set: '' }],
    [{ set: '0102' }, { set: '0102' }],
    [{ keep: 3 }, { keep: 3 }],
    ['drop', 'drop'],
  ] as const)
    it(JSON.stringify(operator), () => expect(writtenOut(operator)).to.deep.equal(written))

  it('are left as they are where they are none, too long, or not counted: then no operator is made of them', () => {
    for (const body of [
      { ones: 3 },
      { zeros: -1 },
      { zeros: 1e9 },
      { zeros: '$n' },
      { zeros: 1, 'nested-arrays': 1 },
      {},
    ])
      expect(writtenOut({ set: body })).to.deep.equal({ set: body })
  })
})
