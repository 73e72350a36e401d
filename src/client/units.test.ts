import { expect } from 'chai'
import { createReceiver, type Language } from './receiver.ts'
import { octetsOf } from './scene.ts'
import { receivedTraffic, sentTraffic } from './units.ts'

const sent = (language: Language, text: string) => sentTraffic(language, octetsOf(text), 1, 2, [])
function received(language: Language, text: string, from?: string) {
  const receiver = createReceiver(language, 50)
  const [heard] = receiver.push({ octets: octetsOf(text), firstEnd: 2, octetMs: 1 })
  if (heard === undefined) throw new TypeError(text)
  return receivedTraffic(from === undefined ? heard : { ...heard, from })
}

describe('units on the line', () => {
  for (const [language, text, is, names] of [
    ['hdlc', '7EA0070321930F017E', 'hdlc', ['snrm']],
    ['hdlc', '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E', 'hdlc', ['i', 'get-request']],
    ['hdlc', '7EA00703213F696E7E', 'hdlc', ['undefined']],
    ['hdlc', '7E7E', 'octets', []],
    ['hdlc', '00010203040506070809', 'octets', []],
    ['hdlc', '7EA007022092825300007E', 'hdlc', []],
    ['wrapper', '0001001000010003C00100', 'wrapper', ['wpdu', 'get-request']],
    ['wrapper', '0001001000010000', 'wrapper', ['wpdu']],
    ['wrapper', '00010010', 'octets', []],
    ['sign-on', '2F3F210D0A', 'sign-on', ['request']],
    ['sign-on', '41', 'octets', []],
    ['programming', '0142300371', 'sign-on', ['break']],
  ] as const)
    it(`${language} ${text}: ${is} ${names.join(', ')}`, () => {
      expect(sent(language, text)).to.deep.include({ direction: 'sent', is, names, at: 1, end: 2, octets: text })
    })

  it('says where the part of an APDU lies, and that more is to come', () => {
    expect(sent('hdlc', '7EA0190321326FD8E6E600C001C100080000010000FF0200601A7E')).to.deep.include({
      information: { from: 8, to: 24 },
    })
    const segment = sent('hdlc', '7EA81D2103749171E6E700C401C10009320102030405060708090A0BECFC7E')
    expect(segment).to.deep.include({ more: true, names: ['i'], information: { from: 8, to: 28 } })
    expect(sent('hdlc', '7EA0070321930F017E')).not.to.have.any.keys('more', 'information')
  })

  it('a segment behind the first has no name of an APDU', () => {
    expect(sent('hdlc', '7EA01C21037866FD202122232425262728292A2B2C2D2E2F30313291FD7E').names).to.deep.equal(['i'])
  })

  it('says who sent it, where that is known', () => {
    expect(received('wrapper', '0001000100100003D80101', 'meter:4059')).to.include({ remote: 'meter:4059' })
    expect(received('wrapper', '0001000100100003D80101')).not.to.have.property('remote')
  })

  it('names what is damaged as far as it could be read, with each check that failed', () => {
    const damaged = received('hdlc', '7EA0070321930F007E')
    expect(damaged).to.deep.include({ is: 'hdlc', names: ['snrm'] })
    expect(damaged.failures).to.deep.equal([{ layer: 'hdlc', at: 6, expected: '0F01', found: '0F00' }])
    expect(received('wrapper', '0002000100100003D80101')).to.deep.include({ is: 'wrapper', names: ['wpdu'] })
  })
})
