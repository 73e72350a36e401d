import { expect } from 'chai'
import { remembered, rememberedOf } from './remembered.ts'

describe('what is remembered', () => {
  it('is made once', () => {
    let made = 0
    const ask = remembered<number>()
    expect([ask('a', () => ++made), ask('b', () => ++made), ask('a', () => ++made)]).to.deep.equal([1, 2, 1])
  })

  it('is made once of a thing, and again of one that is like it', () => {
    let made = 0
    const ask = rememberedOf(() => ({ made: ++made }))
    const [one, other] = [{ a: 1 }, { a: 1 }]
    expect([ask(one), ask(one), ask(other)].map((each) => each.made)).to.deep.equal([1, 1, 2])
  })

  it('is no more than so much', () => {
    let made = 0
    const ask = remembered<number>(2)
    const asked = ['a', 'b', 'c', 'c', 'a'].map((key) => ask(key, () => ++made))
    expect(asked).to.deep.equal([1, 2, 3, 3, 4])
  })
})
