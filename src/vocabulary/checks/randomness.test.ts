import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { hex, type Value } from '../../codec/value.ts'
import { allDifferent, bitBalance, noConstantOctet, noLinearGenerator, noneAgain } from './randomness.ts'

const PASS = { is: 'pass' }
const digests = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => createHash('md5').update(`${i}`).digest('hex').toUpperCase())
const GOOD: Value = [...digests(64)]

/** x^16 + x^14 + x^13 + x^11 + 1, eight steps for each octet. */
function registered(samples: number): Value {
  let state = 1
  return Array.from({ length: samples }, () =>
    hex(
      Uint8Array.from({ length: 16 }, () => {
        for (let i = 0; i < 8; i++) state = (state >> 1) ^ (state & 1 ? 0xb400 : 0)
        return state & 0xff
      }),
    ),
  )
}

describe('checks of random octets', () => {
  it('pass what a hash gives', () => {
    for (const check of [allDifferent, noConstantOctet, bitBalance, noLinearGenerator])
      expect(check(GOOD)).to.deep.equal(PASS)
  })

  it('all-different fails what comes again', () => {
    expect(allDifferent(['AA', 'BB', 'AA'])).to.include({ is: 'fails', found: 'AA once more' })
  })

  it('none-again fails what has come before', () => {
    expect(noneAgain(['AA'], ['BB', 'AA'])).to.include({ is: 'fails', found: 'AA once more' })
    expect(noneAgain(['AA'], ['BB'])).to.deep.equal(PASS)
  })

  it('no-constant-octet remarks a position where all have the same', () => {
    const withLabel = digests(8).map((each) => `${each.slice(0, 4)}53${each.slice(6)}`)
    expect(noConstantOctet(withLabel)).to.include({ is: 'remark', ruling: 'Y5' })
    expect(noConstantOctet(withLabel.slice(1)), 'too few').to.deep.equal(PASS)
  })

  it('bit-balance remarks octets with more zeros than ones', () => {
    const ascii = digests(64).map((each) => hex(new TextEncoder().encode(each.slice(0, 16))))
    expect(bitBalance(ascii)).to.include({ is: 'remark' })
  })

  it('no-linear-generator remarks a shift register, and its length', () => {
    expect(noLinearGenerator(registered(16)))
      .to.have.property('text')
      .that.includes('a shift register of 16 bits')
    expect(noLinearGenerator(registered(2)), 'too short to say').to.deep.equal(PASS)
  })

  it('fail what is no sample', () => {
    for (const value of [null, [], ['XY'], [1]])
      for (const check of [allDifferent, bitBalance]) expect(check(value)).to.include({ is: 'fails' })
  })
})
