import { expect } from 'chai'
import { unhex } from '../codec/value.ts'
import { explainApdu } from '../protocol/explain.ts'
import { rowsOf } from './rows.ts'
import { subjectOf } from './subject.ts'

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
/** The rows of an APDU that mean something: name and meaning. */
function meant(apdu: string, masked: readonly number[] = []): readonly string[] {
  const octets = octetsOf(apdu)
  const hidden = Array.from(octets, (_, at) => masked.includes(at))
  return rowsOf(explainApdu(octets).tree, octets, hidden, new Map()).flatMap(({ name, meaning }) =>
    meaning === '' ? [] : [`${name}: ${meaning}`],
  )
}
const response = (data: string): string => `C401C100${data.replaceAll(' ', '')}`

describe('what fields mean', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'an attribute by class, logical name and number',
      'C001C100080000010000FF0200',
      ['class-id: Clock', 'instance-id: Clock', 'attribute-id: time'],
    ],
    [
      'an energy register',
      'C001C100030100010800FF0300',
      ['class-id: Register', 'instance-id: Active energy import (+A), total', 'attribute-id: scaler_unit'],
    ],
    [
      'a method',
      'C301C1000F0000280000FF0100',
      ['class-id: Association LN', 'instance-id: Current association', 'method-id: reply_to_HLS_authentication'],
    ],
    [
      'attribute 0',
      'C001C100010000600100FF0000',
      ['class-id: Data', 'instance-id: Device ID 1..10; E = 0 manufacturing number', 'attribute-id: all attributes'],
    ],
    ['a class that nobody knows', 'C001C1EEEE0200600100FF0200', []],
    [
      'a date-time in an octet-string',
      response('09 0C 07EA0B1506131E0000FFC400'),
      ['octet-string: 2026-11-21 19:30:00.00 UTC+01:00'],
    ],
    ['a date-time with wildcards', response('09 0C FFFF03FE0702000000800000'), ['octet-string: *-03-last 02:00:00.00']],
    ['a tagged date-time', response('19 07EA0B1506131E0000FFC400'), ['date-time: 2026-11-21 19:30:00.00 UTC+01:00']],
    ['a tagged date', response('1A 07EA0B1506'), ['date: 2026-11-21']],
    ['a tagged time', response('1B 131E00FF'), ['time: 19:30:00']],
    ['twelve octets that are no date', response('09 0C 07EA0D1506131E0000FFC400'), []],
    ['a logical name', response('09 06 0100010800FF'), ['octet-string: 1.0.1.8.0.255']],
    ['text', response('09 08 53494D3132333435'), ['octet-string: “SIM12345”']],
    ['a scaler and unit', response('02 02 0FFD 161E'), ['structure: times 10^-3, in Wh', '[2] enum: Wh']],
    ['a scaler of zero', response('02 02 0F00 1623'), ['structure: in V', '[2] enum: V']],
    ['a unit that is reserved', response('02 02 0F00 16C8'), []],
    [
      'a column of a profile',
      response('02 04 120008 09060000010000FF 0F02 120000'),
      ['[1] long-unsigned: Clock', '[2] octet-string: 0.0.1.0.0.255, Clock', '[3] integer: time'],
    ],
    [
      'an object of a list',
      response('02 04 120003 1100 09060100010800FF 02020100 0100'),
      ['[1] long-unsigned: Register', '[3] octet-string: 1.0.1.8.0.255, Active energy import (+A), total'],
    ],
    ['a short name', '05010228D0', []],
    ['a reserved short name', '050102FA08', ['variable-name: object_list of Association SN']],
  ]
  for (const [what, apdu, expected] of table) it(what, () => expect(meant(apdu)).to.deep.equal(expected))

  it('nothing of what is masked', () => {
    expect(meant(response('09 08 53494D3132333435'), [10])).to.deep.equal([])
    expect(subjectOf(explainApdu(octetsOf('C001C100080000010000FF0200')).tree, Array<boolean>(13).fill(true))).to.equal(
      '',
    )
  })

  const subjects: readonly (readonly [string, string])[] = [
    ['C001C100080000010000FF0200', 'Clock 0.0.1.0.0.255, time'],
    ['C001C100080000010000FF6300', 'Clock 0.0.1.0.0.255, attribute 99'],
    ['C301C1000F0000280000FF0100', 'Association LN 0.0.40.0.0.255, reply_to_HLS_authentication'],
    ['C001C1EEEE0000010000FF0200', 'class 61166 0.0.1.0.0.255, attribute 2'],
    ['C401C1000F01', ''],
  ]
  for (const [apdu, subject] of subjects)
    it(`about ${subject || 'no object'}`, () =>
      expect(subjectOf(explainApdu(octetsOf(apdu)).tree, [])).to.equal(subject))

  it('a type stands beside its element and has the value', () => {
    const octets = octetsOf(response('02 02 0FFD 161E'))
    const rows = rowsOf(explainApdu(octets).tree, octets, [], new Map())
    expect(rows.slice(-4).map(({ name, value, octets: hex }) => [name, value, hex])).to.deep.equal([
      ['[1] integer', '-3', 'FD'],
      ['tag', '', '0F'],
      ['[2] enum', '30', '1E'],
      ['tag', '', '16'],
    ])
  })
})
