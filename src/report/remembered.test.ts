import { expect } from 'chai'
import { explain } from './fixture.ts'
import { explainedOnce, remembered } from './remembered.ts'

describe('what is remembered', () => {
  it('is made once', () => {
    let made = 0
    const ask = remembered<number>()
    expect([ask('a', () => ++made), ask('b', () => ++made), ask('a', () => ++made)]).to.deep.equal([1, 2, 1])
  })

  it('is no more than so much', () => {
    let made = 0
    const ask = remembered<number>(2)
    const asked = ['a', 'b', 'c', 'c', 'a'].map((key) => ask(key, () => ++made))
    expect(asked).to.deep.equal([1, 2, 3, 3, 4])
  })

  it('is one explanation for the same octets, as the same, in the same direction', () => {
    const once = explainedOnce(explain)
    const octets = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
    const first = once.unit(octets, 'hdlc', 'sent')
    expect(once.unit(octets.slice(), 'hdlc', 'sent')).to.equal(first)
    expect(once.unit(octets, 'hdlc', 'received')).to.not.equal(first)
    expect(once.unit(octets, 'octets', 'sent')).to.not.equal(first)
    expect(once.unit(octets.subarray(1), 'hdlc', 'sent')).to.not.equal(first)
    expect(once.apdu(octets, 'sent')).to.equal(once.apdu(octets, 'sent'))
  })
})
