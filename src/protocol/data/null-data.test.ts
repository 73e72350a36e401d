import { expect } from 'chai'
import fc from 'fast-check'
import { decode, encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { data, type Data } from './data.ts'
import { withNullData, withoutNullData } from './null-data.ts'

const QUARTER = { column: 0, period: 900 }

/** The rows of a buffer, an array of structures, from octets. */
function rowsOf(octets: string): readonly Data[] {
  const decoded = decode(data, unhex(octets) ?? new Uint8Array())
  if (!decoded.ok || decoded.value.is !== 'array') throw new TypeError(`not an array: ${octets}`)
  return decoded.value.value
}
const octetsOf = (rows: readonly Data[]): string => hex(encode(data, { is: 'array', value: rows }))

const time = (text: string): string => `090C${text}`

describe('null-data in a profile buffer', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'stands for the value before, and the time before and a period',
      `0103 0203 ${time('07E80C1F02172D00FFFFC400')} 1105 0600000064 0203 00 00 0600000065 0203 00 1107 00`,
      `0103 0203 ${time('07E80C1F02172D00FFFFC400')} 1105 0600000064 0203 ${time('07E9010103000000FFFFC400')} 1105 0600000065
       0203 ${time('07E90101030 00F00FFFFC400')} 1107 0600000065`,
    ],
    ['in the first row stands for nothing', `0102 0202 00 1105 0202 00 00`, `0102 0202 00 1105 0202 00 1105`],
    [
      'after a day that no month has stands for none',
      `0102 0201 1907E80229FF0A0000FF800000 0201 00`,
      `0102 0201 1907E80229FF0A0000FF800000 0201 00`,
    ],
    [
      'follows leap days',
      `0102 0201 1907E8021DFF173B00FF8000FF 0201 00`,
      `0102 0201 1907E8021DFF173B00FF8000FF 0201 1907E80301FF000E00FF8000FF`,
    ],
    [
      'after a time without a minute stands for none',
      `0102 0201 ${time('07E8021DFF17FF00FF8000FF')} 0201 00`,
      `0102 0201 ${time('07E8021DFF17FF00FF8000FF')} 0201 00`,
    ],
    ['in rows of other widths stands for what there is', `0102 0201 1105 0202 1106 00`, `0102 0201 1105 0202 1106 00`],
  ]
  for (const [what, compressed, full] of rows)
    it(what, () => expect(octetsOf(withoutNullData(rowsOf(compressed), QUARTER))).to.equal(full.replaceAll(/\s/g, '')))

  it('is put where the next value is known', () => {
    const [, compressed, full] = rows[0] ?? ['', '', '']
    expect(octetsOf(withNullData(rowsOf(full), QUARTER))).to.equal(compressed.replaceAll(/\s/g, ''))
  })

  it('needs no clock', () =>
    expect(octetsOf(withoutNullData(rowsOf('0102 0201 1105 0201 00')))).to.equal('0102020111050201' + '1105'))

  it('of any rows without it leads back to them', () => {
    const cell = fc.oneof(
      fc.nat(3).map((value): Data => ({ is: 'unsigned', value })),
      fc.constantFrom('07E80101010C000000FF8880', '07E80101010C0F0000FF8880').map((text): Data => {
        return { is: 'octet-string', value: unhex(text) ?? new Uint8Array() }
      }),
    )
    const row = fc.array(cell, { maxLength: 3 }).map((value): Data => ({ is: 'structure', value }))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (full) => {
        expect(withoutNullData(withNullData(full, QUARTER), QUARTER)).to.deep.equal(full)
      }),
    )
  })
})
