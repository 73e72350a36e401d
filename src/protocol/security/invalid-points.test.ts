import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { COORDINATE, isPoint, keyPairOf, type Curve } from './curves.ts'
import { INVALID_POINTS, invalidPoint } from './invalid-points.ts'

const CURVES: readonly Curve[] = ['P-256', 'P-384']

describe('public keys that are none', () => {
  for (const curve of CURVES) {
    const right = keyPairOf(curve, new Uint8Array(COORDINATE[curve]).fill(7)).publicKey
    for (const is of INVALID_POINTS)
      it(`${is} is no point of ${curve}`, () => {
        expect(isPoint(curve, right)).to.equal(true)
        expect(isPoint(curve, invalidPoint(is, curve, right))).to.equal(false)
      })
  }

  it('the prime stands for x = 0, whose y is on the curve', () => {
    const right = keyPairOf('P-256', new Uint8Array(32).fill(7)).publicKey
    const invalid = invalidPoint('prime', 'P-256', right)
    expect(hex(invalid)).to.match(/^FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF/)
    expect(isPoint('P-256', Uint8Array.from([...new Uint8Array(32), ...invalid.subarray(32)]))).to.equal(true)
  })

  it('the other curve has a point of its own', () => {
    const right = keyPairOf('P-256', new Uint8Array(32).fill(7)).publicKey
    expect(isPoint('P-384', invalidPoint('other-curve', 'P-256', right))).to.equal(true)
    expect(invalidPoint('too-short', 'P-256', right)).to.have.length(63)
    expect(invalidPoint('too-long', 'P-256', right)).to.have.length(65)
  })
})
