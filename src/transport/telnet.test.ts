import { expect } from 'chai'
import { hex, unhex } from '../codec/value.ts'
import { createTelnetReader, escaped, subnegotiation, wish } from './telnet.ts'

const octets = (text: string) => unhex(text) ?? new Uint8Array()

/** Data joined, so that pieces do not matter. */
function read(pieces: readonly Uint8Array[]): string {
  const reader = createTelnetReader()
  const items = pieces.flatMap((piece) => reader(piece))
  return items
    .map((item) =>
      item.is === 'data'
        ? hex(item.octets)
        : `<${item.is} ${item.option}${item.is === 'sub' ? ' ' + hex(item.octets) : ''}>`,
    )
    .join('')
}

const table: readonly (readonly [string, string, string])[] = [
  ['data', '7EA0', '7EA0'],
  ['a doubled FF', '01FFFF02', '01FF02'],
  ['wishes between data', '01FFFB2C02FFFD00FFFC03FFFE03', '01<will 44>02<do 0><wont 3><dont 3>'],
  ['a subnegotiation with FF in it', 'FFFA2C650000FFFFFFF001', '<sub 44 650000FF>01'],
  ['commands that say nothing', '01FFF102FFF603', '010203'],
  ['an empty subnegotiation', 'FFFAFFF001', '01'],
]

describe('telnet', () => {
  for (const [what, sent, expected] of table) {
    it(`reads ${what}, in whatever pieces it comes`, () => {
      const all = octets(sent)
      expect(read([all])).to.equal(expected)
      expect(read([...all].map((octet) => Uint8Array.of(octet)))).to.equal(expected)
    })
  }

  it('writes what it reads', () => {
    expect(hex(escaped(octets('01FF02FF')))).to.equal('01FFFF02FFFF')
    expect(hex(wish('will', 44))).to.equal('FFFB2C')
    expect(hex(subnegotiation(44, octets('010000FF00')))).to.equal('FFFA2C010000FFFF00FFF0')
  })

  it('keeps no more of an endless subnegotiation than any needs', () => {
    const endless = new Uint8Array(100_000)
    endless.set([255, 250, 44])
    const shown = read([endless, octets('FFF041')])
    expect(shown).to.match(/^<sub 44 [0-9A-F]{2046}>41$/)
  })
})
