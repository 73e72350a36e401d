import { expect } from 'chai'
import { hex, unhex } from './value.ts'

describe('hex', () => {
  for (const [octets, text] of [
    [[], ''],
    [[0x00, 0x0a, 0xff], '000AFF'],
    [Array.from({ length: 64 }, () => 0xab), 'AB'.repeat(64)],
    [Array.from({ length: 65 }, () => 0xab), 'AB'.repeat(65)],
    [[...Array.from({ length: 100 }, () => 0), 0x7e], `${'00'.repeat(100)}7E`],
  ] as const)
    it(`of ${octets.length} octets`, () => {
      expect(hex(Uint8Array.from(octets))).to.equal(text)
      expect([...(unhex(text) ?? [])]).to.deep.equal([...octets])
    })

  it('of a part of a buffer, short and long, is of this part alone', () => {
    const whole = Uint8Array.from({ length: 256 }, (_, at) => at)
    expect(hex(whole.subarray(16, 18))).to.equal('1011')
    expect(hex(whole.subarray(16, 116)))
      .to.match(/^101112.*7273$/)
      .and.have.lengthOf(200)
  })
})
