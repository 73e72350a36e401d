import { expect } from 'chai'
import fc from 'fast-check'
import type { Value } from '../codec/value.ts'
import { canonical, canonicalHash } from './canonical.ts'

describe('canonical JSON', () => {
  it('is the same text however it was written (RFC 8785)', () => {
    expect(canonical({ b: [1, 'é"', null], a: { d: 1e21, c: -0 } })).to.equal(
      '{"a":{"c":0,"d":1e+21},"b":[1,"é\\"",null]}',
    )
    expect(canonicalHash({ a: 1, b: 2 })).to.equal(canonicalHash({ b: 2, a: 1 }))
    expect(canonicalHash({})).to.equal('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })

  it('says the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(JSON.parse(canonical(json as Value))).to.deep.equal(JSON.parse(JSON.stringify(json)))
      }),
    )
  })
})
