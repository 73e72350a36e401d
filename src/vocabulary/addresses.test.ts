import { expect } from 'chai'
import { unhex } from '../codec/value.ts'
import { addressHex, modulo, reservedRoot, wrongFields } from './addresses.ts'

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const OWN = octetsOf('00020401')

describe('addresses', () => {
  describe("what is not said is the connection's own", () => {
    for (const [said, own, octets] of [
      [{}, '00020401', '00020401'],
      [{ upper: 145 }, '00020401', '02220401'],
      [{ lower: 17 }, '00020401', '00020023'],
      [{ upper: 16383, lower: 16383 }, '00020401', 'FEFEFEFF'],
      [{ upper: 1, lower: 17, octets: 2 }, '00020401', '0223'],
      [{ octets: 1 }, '00020401', '03'],
      [{ upper: 16 }, '03', '21'],
      [{ octets: 4, lower: 17 }, '03', '00020023'],
      [5, '0223', '0A23'],
      ['0102', '03', '0102'],
    ] as const)
      it(`${JSON.stringify(said)} for ${own}`, () => expect(addressHex(said, octetsOf(own))).to.equal(octets))
  })

  it('numbers of frames run modulo 8', () => {
    expect([0, 7, 8, 9, 16, -1].map(modulo)).to.deep.equal([0, 7, 0, 1, 0, 7])
    expect(modulo('8')).to.equal('8')
  })

  it('wrong addresses and numbers become what codecs want, other fields stay', () => {
    const own = { client: octetsOf('21'), server: OWN }
    expect(
      wrongFields(
        {
          'hdlc.destination-address': { upper: 145 },
          'hdlc.source-address': { upper: 17 },
          'i.n-s': 9,
          'rr.n-r': 8,
          'aarq.result': 8,
        },
        own,
      ),
    ).to.deep.equal({
      'hdlc.destination-address': '02220401',
      'hdlc.source-address': '23',
      'i.n-s': 1,
      'rr.n-r': 0,
      'aarq.result': 8,
    })
  })

  it('the reserved ones have the size of the meter', () => {
    expect(reservedRoot(4)).to.deep.equal({
      upper: { 'no-station': 0, 'all-station': 0x3fff },
      lower: { 'no-station': 0, calling: 0x3ffe, 'all-station': 0x3fff },
      address: { 'no-station': '00000001', 'all-station': 'FEFEFEFF' },
    })
    expect(reservedRoot(2)).to.deep.include({ address: { 'no-station': '0001', 'all-station': 'FEFF' } })
    expect(reservedRoot(1)).to.deep.include({ address: { 'no-station': '01', 'all-station': 'FF' } })
  })
})
