// The services with short names by APDU scripts: hex there, hex back.
import { expect } from 'chai'
import { AARQ, ALL_SHORT_NAMES, apduAnswers, get, MANAGEMENT, READER, withShortNames } from '../../dialogue.ts'

const MANAGER = 1
const answers = (...apdus: readonly string[]): readonly string[] => apduAnswers(MANAGER, apdus, [], 'sn')
const inside = (apdus: readonly string[], conformance = ALL_SHORT_NAMES, size = 'FFFF'): readonly string[] =>
  answers(withShortNames(MANAGEMENT, conformance, size), ...apdus).slice(1)

const read = (name: string): string => `050102${name}`
const SCRATCH = '0408'
const READ_SCRATCH = read(SCRATCH)
const WRITE_SCRATCH = `060102${SCRATCH}01090411223344`
const OLD = '0C01000904AABBCCDD'
const NEW = '0C0100090411223344'
const SERVICE_UNSUPPORTED = { read: '0E050302', write: '0E060302' }
const OTHER = { read: '0E050300', write: '0E060300' }
/** entries_in_use of the profile that counts, and its method capture. */
const COUNT = read('0C70')
const CAPTURE = '0CA0'

describe('an association with short names', () => {
  it('is accepted with its own context and vaa-name', () => {
    expect(answers(withShortNames(MANAGEMENT))).to.deep.equal([
      '6129A109060760857405080102A203020100A305A103020100BE10040E0800065F1F04001C1A200800FA00',
    ])
  })
  it('A2 is not that of logical names', () => {
    expect(answers(MANAGEMENT, READ_SCRATCH)).to.deep.equal([
      '6117A109060760857405080102A203020101A305A103020102',
      SERVICE_UNSUPPORTED.read,
    ])
    expect(apduAnswers(MANAGER, [withShortNames(MANAGEMENT)])).to.deep.equal([
      '6117A109060760857405080101A203020101A305A103020102',
    ])
  })
})

describe('services with short names', () => {
  it('X2 nothing in IDLE', () => {
    expect(answers(READ_SCRATCH, WRITE_SCRATCH)).to.deep.equal([SERVICE_UNSUPPORTED.read, SERVICE_UNSUPPORTED.write])
  })

  const reads: readonly (readonly [string, string, string])[] = [
    ['the name of the association', read('FA00'), '0C010009060000280000FF'],
    ['an attribute', read('0310'), '0C010010FFC4'],
    ['two, in the order in which they are asked for', '0502020408020310', '0C02000904AABBCCDD0010FFC4'],
    ['C19 a name that no object covers', read('0000'), '0C010104'],
    ['C19 a name between two attributes', read('0409'), '0C010104'],
    ['C19 a name behind the object', read('0410'), '0C010104'],
    ['one that is not covered among others', '0502020409020408', '0C020104000904AABBCCDD'],
    ['a method without its parameter', read(CAPTURE), '0C010103'],
    ['the objects of one class', '050104FA080112003F', '0C01000100'],
    [
      'the object of one class and name',
      '050104FA0802020212000809060000010000FF',
      '0C010001010204100300120008110009060000010000FF',
    ],
    ['X5 an unknown choice', '05010FFA00', OTHER.read],
    ['X5 cut short', '050102FA', OTHER.read],
    ['no variable', '0500', OTHER.read],
    ['what stands for a block of a Write', '050107000001', OTHER.read],
    ['X26 a service with logical names', get(8, '0.0.1.0.0.255', 3), 'D80102'],
  ]
  for (const [what, apdu, answer] of reads)
    it(`READ: ${what}`, () => {
      expect(inside([apdu, READ_SCRATCH])).to.deep.equal([answer, OLD])
    })

  it('WRITE: stored; a method is carried out', () => {
    expect(inside([WRITE_SCRATCH, READ_SCRATCH])).to.deep.equal(['0D0100', NEW])
    expect(inside([COUNT, `060102${CAPTURE}010F00`, COUNT])).to.deep.equal([
      '0C01000600000000',
      '0D0100',
      '0C01000600000001',
    ])
  })

  const refused: readonly (readonly [string, string, string])[] = [
    ['another type', `060102${SCRATCH}011105`, '0D01010C'],
    ['no right', '06010203C8010600000001', '0D010103'],
    ['C19 a name that no object covers', '060102041001090411223344', '0D010104'],
    ['X5 an unknown choice', '06010FFA000100', OTHER.write],
    ['X5 no values', `060102${SCRATCH}`, OTHER.write],
    ['fewer values than names', `060202${SCRATCH}02${SCRATCH}01090411223344`, OTHER.write],
  ]
  for (const [what, apdu, answer] of refused)
    it(`WRITE: ${what}: refused, and nothing is stored`, () => {
      expect(inside([apdu, READ_SCRATCH])).to.deep.equal([answer, OLD])
    })

  it('an unconfirmed Write is carried out without an answer', () => {
    expect(inside([`160102${SCRATCH}01090411223344`, READ_SCRATCH])).to.deep.equal(['', NEW])
    expect(inside([`160102${SCRATCH}011105`, READ_SCRATCH])).to.deep.equal(['', OLD])
  })

  it('X3 what was not negotiated is refused as a whole, without effect', () => {
    const plain = [
      `050202${SCRATCH}02${SCRATCH}`,
      '050104FA080112003F',
      WRITE_SCRATCH,
      `160102${SCRATCH}01090411223344`,
    ]
    expect(inside([...plain, READ_SCRATCH], '100000')).to.deep.equal([
      SERVICE_UNSUPPORTED.read,
      SERVICE_UNSUPPORTED.read,
      SERVICE_UNSUPPORTED.write,
      '',
      OLD,
    ])
  })

  it('X26 no Read in an association with logical names', () => {
    expect(apduAnswers(16, [AARQ, read('FA00')])[1]).to.equal('D80102')
    expect(apduAnswers(2, [READER, read('FA00')])[1]).to.equal('D80102')
  })
})

describe('blocks with short names', () => {
  const next = (number: string): string => `050105${number}`

  it('B13 a long answer: the list with its count, in blocks that the client can take', () => {
    // 0C 01 00 09 04 AA BB CC DD has nine octets; in twelve there is room for five of the list.
    expect(
      inside([`050302${SCRATCH}02${SCRATCH}020310`, next('0001'), next('0002'), next('0003')], ALL_SHORT_NAMES, '000C'),
    ).to.deep.equal([
      '0C01020000010503000904AA',
      '0C010200000205BBCCDD0009',
      '0C01020000030504AABBCCDD',
      '0C0102010004040010FFC4',
    ])
  })
  it('B13 another number, and no transfer at all', () => {
    const long = `050302${SCRATCH}02${SCRATCH}020310`
    expect(inside([long, next('0003'), next('0001')], ALL_SHORT_NAMES, '000C').slice(1)).to.deep.equal([
      '0C010113',
      '0C010110',
    ])
    expect(inside([next('0001')])).to.deep.equal(['0C010110'])
  })
  it('without the bit: an error', () => {
    expect(inside([`050202${SCRATCH}02${SCRATCH}`], '100220', '000C')).to.deep.equal(['0E050301'])
    expect(inside([read('FA08')], '100220', '0040')).to.deep.equal(['0C0101FA'])
  })
  it('a long Write: nothing is stored before the last block', () => {
    const first = '060107000001010909010204080109041122'
    const last = '0601070100020109023344'
    expect(inside([first, READ_SCRATCH])).to.deep.equal(['0D01020001', OLD])
    expect(inside([first, last, READ_SCRATCH])).to.deep.equal(['0D01020001', '0D0100', NEW])
  })
  it('a Write in blocks with another number stores nothing', () => {
    const first = '060107000001010909010204080109041122'
    expect(inside([first, '0601070100030109023344', READ_SCRATCH])).to.deep.equal(['0D01020001', '0D010113', OLD])
    expect(inside(['0601070100020109023344'])).to.deep.equal(['0D010112'])
  })
  it('a long Read: what is asked for comes in blocks', () => {
    expect(inside(['050106000001020102', '050106010002020408'])).to.deep.equal(['0C01030001', OLD])
  })
})
