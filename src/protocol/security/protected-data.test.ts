import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { octets } from '../vectors/texts.ts'
import { unprotect } from './protection.ts'
import { foundData, headerForms, protectedData, protectionHeader } from './protected-data.ts'
import { securityControlOf } from './security-control.ts'

const header = protectionHeader(octets('0000000000000007'), octets('5443530000000001'), octets('53494D0000BC614E'))
const keys = {
  encryption: octets('000102030405060708090A0B0C0D0E0F'),
  authentication: octets('D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF'),
}
const CONTENT = '0904AABBCCDD'

/** By an independent AES-GCM, with security control, authentication key and header in front of what is authenticated. */
const rows: readonly (readonly [string, string])[] = [
  ['31', '31000000072D88CFAAF22E3417C1DAF85CF93DEFA112FD'],
  ['11', '11000000070904AABBCCDD0C0428499A808D50A3346681'],
  ['21', '21000000072D88CFAAF22E'],
]

describe('data protected by itself', () => {
  for (const [control, protected_] of rows)
    it(`security control ${control}: protected, and opened again`, () => {
      const [whole] = headerForms(header)
      if (whole === undefined) return expect.fail()
      const [octet = 0] = octets(control)
      const protection = {
        control: securityControlOf(octet),
        invocationCounter: 7,
        originator: octets('5443530000000001'),
        keys,
        header: whole,
      }
      expect(hex(protectedData(protection, octets(CONTENT)))).to.equal(protected_)
      const found = foundData(octets(protected_))
      if (found === undefined) return expect.fail()
      expect(found).to.deep.include({ control: protection.control, invocationCounter: 7 })
      const plain = unprotect(protection, found.octets)
      expect(plain.ok && hex(plain.value)).to.equal(CONTENT)
    })

  it('the header is authenticated with date-time, without, or not at all', () =>
    expect(headerForms(header).map(hex)).to.deep.equal([
      '080000000000000007085443530000000001' + '0853494D0000BC614E' + '0000',
      '080000000000000007085443530000000001' + '0853494D0000BC614E' + '00',
      '',
    ]))

  it('is none where it is too short', () => expect(foundData(octets('31000000'))).to.equal(undefined))
})
