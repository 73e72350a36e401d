import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import { seededRandom, systemRandom } from './random.ts'

describe('random', () => {
  it('says the same for the same seed and stream, and something else for another', () => {
    const draw = (seed: number, stream?: string) => hex(seededRandom(seed, stream).octets(16))
    expect(draw(1)).to.equal(draw(1))
    expect(draw(1)).not.to.equal(draw(2))
    expect(draw(1, 'A@hdlc')).to.equal(draw(1, 'A@hdlc'))
    expect(draw(1, 'A@hdlc')).not.to.equal(draw(1, 'A@wrapper'))
  })

  it('stays below the limit and reaches every number', () => {
    for (const random of [seededRandom(7), systemRandom()]) {
      const seen = new Set(Array.from({ length: 2000 }, () => random.below(10)))
      expect([...seen].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      expect(random.below(1)).to.equal(0)
      expect(random.octets(5)).to.have.length(5)
    }
    expect(() => seededRandom(1).below(0)).to.throw(RangeError)
  })

  it('is even enough to be believed', () => {
    const random = seededRandom(42)
    const counts = new Array<number>(256).fill(0)
    for (const octet of random.octets(256 * 400)) counts[octet] = (counts[octet] ?? 0) + 1
    const chiSquare = counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)
    expect(chiSquare).to.be.within(170, 350) // 255 degrees of freedom; the seed is fixed, so this never flickers
  })
})
