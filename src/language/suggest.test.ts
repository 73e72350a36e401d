import { expect } from 'chai'
import { didYouMean, distance, nearest } from './suggest.ts'

describe('suggestions', () => {
  it('count what is inserted, deleted, replaced and swapped', () => {
    const pairs: readonly (readonly [string, string, number])[] = [
      ['', '', 0],
      ['', 'abc', 3],
      ['send', 'sned', 1],
      ['expect', 'expct', 1],
      ['drop', 'dropp', 1],
      ['keep', 'kelp', 1],
      ['ab', 'cd', 2],
    ]
    for (const [a, b, far] of pairs) {
      expect(distance(a, b), `${a} ${b}`).to.equal(far)
      expect(distance(b, a), `${b} ${a}`).to.equal(far)
    }
  })

  it('give the nearest word, the first of equals', () => {
    expect(nearest('sned', ['do', 'send', 'wait'])).to.equal('send')
    expect(nearest('Send', ['send'])).to.equal('send')
    expect(nearest('cats', ['cast', 'cat'])).to.equal('cast')
  })

  it('give none that is too far away, nor the word itself', () => {
    expect(nearest('xyz', ['send', 'wait'])).to.equal(undefined)
    expect(nearest('rr', ['ua', 'dm'])).to.equal(undefined)
    expect(nearest('send', ['send'])).to.equal(undefined)
    expect(didYouMean('qqqqqqqq', ['send'])).to.deep.equal({})
  })
})
