import { expect } from 'chai'
import { readHex, situationOf } from '../situation.ts'

const PROFILE = '7:1.0.99.1.0.255:2'
/** Its clock is in the second column. */
const DAILY = '7:1.0.99.2.0.255:2'
const reader = situationOf('reference', 'reader')

const CLOCK = '02041200080906000001' + '0000FF0F02120000'
const ENERGY = '02041200030906010001' + '0800FF0F02120000'
const STATUS = '02041200010906000060' + '0A01FF0F02120000'
const UNKNOWN = '02041200030906010001' + '0800FF0F03120000'
/** 1 January 2026, local time; CET unless another deviation is given. */
const at = (time: string, deviation = 'FFC4', day = '07EA0101', status = '00'): string =>
  `090C${day}FF${time}${deviation}${status}`
const range = (from: string, to: string, columns = '0100', restricting = CLOCK): string =>
  `0204${restricting}${from}${to}${columns}`
const entry = (from: number, to: number, fromColumn = 1, toColumn = 0): string =>
  `020406${wide(from, 8)}06${wide(to, 8)}12${wide(fromColumn, 4)}12${wide(toColumn, 4)}`
const wide = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').toUpperCase()

/** Times of the rows of an answer with a clock column: what stands behind the date. */
const times = (answer: string): readonly string[] => answer.match(/(?<=090C07E[9A]\w{4}0\d)\w{4}(?=0000FFC400)/g) ?? []
const EMPTY = '000100'

describe('selective access to a buffer', () => {
  it('there are 2000 rows from the beginning, one each quarter of an hour', () => {
    expect(readHex(reader, '7:1.0.99.1.0.255:7')).to.equal('0006000007D0')
    expect(readHex(reader, PROFILE)).to.match(/^00018207D00206/)
    // The last row is that of the time at which the world began: 01:00 in local time.
    expect(readHex(reader, PROFILE, 2, entry(2000, 2000, 1, 3))).to.equal(
      '000101' + '0203' + '090C07EA01010401000000FFC400' + '1100' + '060012D687',
    )
  })
  it('L3: limits equal to the times of rows are included', () => {
    expect(times(readHex(reader, PROFILE, 1, range(at('00000000'), at('01000000'))))).to.deep.equal([
      '0000',
      '000F',
      '001E',
      '002D',
      '0100',
    ])
    expect(times(readHex(reader, PROFILE, 1, range(at('00000001'), at('002CFFFF'))))).to.deep.equal(['000F', '001E'])
  })
  const ranges: readonly (readonly [string, string, readonly string[] | string])[] = [
    ['L1 between two rows', range(at('00010000'), at('000E0000')), EMPTY],
    ['L1 in the future', range(at('01000000', 'FFC4', '07EB0101'), at('02000000', 'FFC4', '07EB0101')), EMPTY],
    ['L2 reversed', range(at('01000000'), at('00000000')), EMPTY],
    ['L10 UTC', range(at('171E0000', '0000', '07E90C1F'), at('172D0000', '0000', '07E90C1F')), ['001E', '002D']],
    ['L10 no deviation', range(at('001E0000', '8000'), at('002D0000', '8000')), ['001E', '002D']],
    ['L10 no status, no hundredths', range(at('001E00FF', 'FFC4', '07EA0101', 'FF'), at('002D00FF')), ['001E', '002D']],
    ['L10 hours not specified', range(at('FFFFFFFF'), at('FFFFFFFF')), ['0000', '000F', '001E', '002D', '0100']],
    ['L10 date-time', range(`19${at('002D0000').slice(4)}`, at('01000000')), ['002D', '0100']],
    ['no begin', range(at('FFFFFFFF', '8000', 'FFFFFFFF'), at('00000000', 'FFC4', '07E80101')), EMPTY],
    ['a limit that is no time', range('0600000000', at('01000000')), '010C'],
    ['a limit that is no date', range(at('00000000', 'FFC4', '07EA0D01'), at('01000000')), '010C'],
    ['eleven octets', range('090B07EA0101FF00000000FFC4', at('01000000')), '010C'],
    ['three fields', `0203${CLOCK}${at('00000000')}${at('01000000')}`, '010C'],
    ['columns that are none', range(at('00000000'), at('01000000'), '01010F00'), '010C'],
    ['an object that is not captured', range(at('00000000'), at('01000000'), '0100', UNKNOWN), '0104'],
    ['no parameters', '00', '010C'],
  ]
  for (const [what, parameters, expected] of ranges) {
    it(`range, ${what}`, () => {
      const answer = readHex(reader, PROFILE, 1, parameters)
      expect(typeof expected === 'string' ? answer : times(answer)).to.deep.equal(expected)
    })
  }
  it('L4, L5: these columns, in the order in which they are asked for; an unknown one is an error', () => {
    const limits = [at('002D0000'), at('002D0000')] as const
    expect(readHex(reader, PROFILE, 1, range(...limits, `0101${STATUS}`))).to.equal('000101' + '0201' + '1100')
    expect(readHex(reader, PROFILE, 1, range(...limits, `0102${ENERGY}${CLOCK}`))).to.match(
      /^0001010202060012D6\w\w090C07EA010104002D0000FFC400$/,
    )
    expect(readHex(reader, PROFILE, 1, range(...limits, `0102${CLOCK}${UNKNOWN}`))).to.equal('0104')
  })
  it('by a column that is no clock, and by a clock that is not the first column', () => {
    const energies = [...readHex(reader, PROFILE, 2, entry(1996, 0, 3, 3)).matchAll(/020106(\w{8})/g)].map(([, v]) => v)
    const [first = '', second = '', third = ''] = energies
    expect(readHex(reader, PROFILE, 1, range(`06${second}`, `06${third}`, `0101${ENERGY}`, ENERGY))).to.equal(
      `000102020106${second}020106${third}`,
    )
    expect(first < second && second < third).to.equal(true)
    expect(readHex(reader, PROFILE, 1, range('1101', '1101', '0100', ENERGY))).to.equal('010C')
    expect(times(readHex(reader, DAILY, 1, range(at('00000000'), at('00000000'))))).to.deep.equal(['0000'])
  })

  const entries: readonly (readonly [string, string, readonly string[] | string])[] = [
    ['the last two', entry(1999, 2000), ['002D', '0100']],
    ['L7 to 0 is the last', entry(1999, 0), ['002D', '0100']],
    ['to beyond the end', entry(2000, 9999), ['0100']],
    ['one', entry(1998, 1998), ['001E']],
    ['L2 reversed', entry(5, 2), EMPTY],
    ['L6 from 0', entry(0, 2), '010D'],
    ['L8 from beyond the end', entry(2001, 0), EMPTY],
    ['the largest numbers', entry(0xffffffff, 0xffffffff, 1, 0xffff), EMPTY],
    ['column 0 as from', entry(2000, 0, 0, 1), '010D'],
    ['from a column beyond the last', entry(2000, 0, 7, 0), '010D'],
    ['columns reversed', entry(2000, 0, 2, 1), '010D'],
  ]
  for (const [what, parameters, expected] of entries) {
    it(`entry, ${what}`, () => {
      const answer = readHex(reader, PROFILE, 2, parameters)
      expect(typeof expected === 'string' ? answer : times(answer)).to.deep.equal(expected)
    })
  }
  it('entry: columns from and to; other types', () => {
    expect(readHex(reader, PROFILE, 2, entry(2000, 0, 2, 2))).to.equal('00010102011100')
    expect(readHex(reader, PROFILE, 2, entry(2000, 0, 6, 0))).to.match(/^0001010201060000153\w$/)
    expect(readHex(reader, PROFILE, 2, '020411011101120001120000')).to.equal('010C')
  })
  it('L11, X13: an unknown selector, an attribute without selectors', () => {
    expect(readHex(reader, PROFILE, 3)).to.equal('01FA')
    expect(readHex(reader, '7:1.0.99.1.0.255:3', 2, entry(1, 1))).to.equal('0103')
    expect(readHex(reader, '3:1.0.1.8.0.255:2', 1, entry(1, 1))).to.equal('0103')
  })
})

describe('selective access to object_list', () => {
  const LIST = '15:0.0.40.0.0.255:2'
  const count = (answer: string): number => Number.parseInt(answer.slice(4, 6), 16)
  it('L12: without rights, by class, by id', () => {
    expect(readHex(reader, LIST, 1)).to.match(/^0001\w\w020312000F1101090600002800/)
    expect(count(readHex(reader, LIST, 1))).to.equal(count(readHex(reader, LIST)))
    expect(readHex(reader, LIST, 2, '0101120008')).to.match(/^000101020412000811000906000001/)
    expect(readHex(reader, LIST, 2, '0100')).to.equal(EMPTY)
    expect(
      readHex(reader, LIST, 3, '010202021200080906000001' + '0000FF' + '02021200010906000001' + '0000FF'),
    ).to.match(/^0001010204120008/)
    expect(readHex(reader, LIST, 4, '02021200080906000001' + '0000FF')).to.match(/^0001010204120008/)
    expect(readHex(reader, LIST, 4, '00')).to.equal('010C')
    expect(readHex(reader, LIST, 5)).to.equal('01FA')
  })
  it('lists the selectors of a buffer', () => {
    expect(readHex(reader, LIST)).to.contain(
      '090601006301' + '00FF' + '020201080203' + '0F01160100' + '02030F021601' + '01020F010F02',
    )
  })
})
