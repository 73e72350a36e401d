import { expect } from 'chai'
import { policyOf } from '../../protocol/security/policy.ts'
import { kindsIn, kindsOf, layersOf } from './wanted.ts'

describe('layers that are wanted of Data protection', () => {
  /** Bits of requests, what they demand, and less than that. */
  const rows = [
    [0x04, ['authenticated'], ['encrypted']],
    [0x08, ['encrypted'], ['authenticated']],
    [0x0c, ['authenticated-encrypted'], ['authenticated']],
    [0x10, ['signed'], ['authenticated-encrypted']],
    [0x14, ['signed', 'authenticated'], ['authenticated']],
    [0x1c, ['signed', 'authenticated-encrypted'], ['authenticated-encrypted']],
  ] as const
  for (const [bits, enough, less] of rows)
    it(`required_protection ${bits}: what is enough, and what is less`, () => {
      for (const demand of [policyOf(1, bits).request, policyOf(1, bits << 3).response]) {
        expect(kindsOf('as-required', demand)).to.deep.equal(enough)
        expect(kindsOf('less-than-required', demand)).to.deep.equal(less)
      }
      expect(kindsOf('as-required', policyOf(1, bits).response)).to.equal(undefined)
    })

  it('one, several, or none that is said', () => {
    expect(kindsIn('encrypted')).to.deep.equal(['encrypted'])
    expect(kindsIn(['signed', 'encrypted'])).to.deep.equal(['signed', 'encrypted'])
    expect(kindsIn(undefined)).to.deep.equal(['authenticated-encrypted'])
    expect(layersOf(['signed', 'encrypted'], 'wrapped-key')).to.deep.equal([
      { is: 'signature' },
      { is: 'ciphering', type: 1, key: 'wrapped-key' },
    ])
  })
})
