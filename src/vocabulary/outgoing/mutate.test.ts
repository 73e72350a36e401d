import { expect } from 'chai'
import { hex, unhex } from '../../codec/value.ts'
import { seededRandom } from '../../world/random.ts'
import { isHarmless } from './harmless.ts'
import { mutated } from './mutate.ts'

const octetsOf = (text: string): Uint8Array => unhex(text) ?? expect.fail(`not hex: ${text}`)
const GET = 'C001C100080000010000FF0300'
const SET = 'C101C100010000608001FF0200090411223344'
const ACTION = 'C301C100070100638000FF02010F00'
const CORPUS = [GET, SET, ACTION].map(octetsOf)

const sequence = (seed: number): readonly Uint8Array[] => {
  const random = seededRandom(seed)
  return Array.from({ length: 2000 }, () => mutated(octetsOf(GET), random))
}

describe('mutations', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(sequence(1).map(hex)).to.deep.equal(sequence(1).map(hex))
    expect(sequence(1).map(hex)).not.to.deep.equal(sequence(2).map(hex))
  })

  it('are never empty, seldom what they were, short and long, with all kinds of tag', () => {
    const all = sequence(1)
    const lengths = all.map(({ length }) => length)
    expect(Math.min(...lengths)).to.equal(1)
    expect(Math.max(...lengths)).to.be.within(600, 8000)
    expect(all.filter((octets) => hex(octets) === GET).length).to.be.lessThan(100)
    expect(new Set(all.map(([tag]) => tag)).size).to.be.greaterThan(50)
  })
})

describe('what is not sent', () => {
  for (const [octets, harmless, why] of [
    [GET, true, 'a GET'],
    ['C001C1000F0000280000FF0200', true, 'a GET of something else'],
    [SET, true, 'the SET of the corpus'],
    [SET.slice(0, 20), true, 'the beginning of it'],
    ['C1', true, 'no more than a tag'],
    [`${SET}00`, true, 'octets behind it'],
    ['C101C100010000608002FF0200090411223344', false, 'a SET of something else'],
    ['C101C10001000060800201', false, 'the beginning of one'],
    ['C102C100010000608001FF020001000000010100', false, 'a SET in blocks'],
    ['C1FFC100010000608001FF0200090411223344', false, 'a SET of a form that nobody knows'],
    [ACTION, true, 'the ACTION of the corpus'],
    ['C301C100070100638000FF0100', false, 'another method'],
    ['C301C100010000608001FF0200', false, 'a method where an attribute was meant'],
    ['6280', false, 'a release'],
    ['6036A109', false, 'an AARQ'],
    ['06010201C1', false, 'a write by short name'],
    ['E0C0000100000DC101', false, 'a block of something'],
    ['D9C00000010001010008', true, 'a cut ACCESS'],
    ['D9C00000010001010008 0000010000FF03 0100', true, 'an ACCESS that reads'],
    ['D9C00000010001020008 0000010000FF03 0100', false, 'an ACCESS that writes'],
    ['FF0001', true, 'nothing that there is'],
  ] as const)
    it(`${why}: ${harmless ? 'sent' : 'not sent'}`, () =>
      expect(isHarmless(octetsOf(octets.replaceAll(' ', '')), CORPUS)).to.equal(harmless))
})

describe('what is not sent with short names', () => {
  const SHORT = [
    '0501020310',
    '05010403100102011100',
    '0502020310020310',
    '060102040801090411223344',
    '0601020CA0010F00',
  ]
  for (const [octets, harmless, why] of [
    ['0501020310', true, 'the Read of the corpus'],
    ['05010203', true, 'the beginning of it'],
    ['05', true, 'no more than a tag'],
    ['0500', true, 'no variable'],
    ['0501020310FFFF', true, 'octets behind it'],
    ['0501020318', false, 'a Read of something else'],
    ['050104031001', true, 'with a parameter that is cut'],
    ['050104FA5801', false, 'with a parameter, of a method'],
    ['0502040310010203', false, 'a variable behind a parameter'],
    ['050202031002FA58', false, 'something else behind the first'],
    ['05010FFA58', false, 'of a form that nobody knows'],
    ['050106000001', false, 'a block of a Read'],
    ['05810102FA58', false, 'a count in several octets'],
    ['060102040801090411223344', true, 'the Write of the corpus'],
    ['060102031001090411223344', false, 'a Write of what was read'],
    ['0601020CA0010F00', true, 'the method of the corpus'],
    ['0601020CA8010F00', false, 'another method'],
    ['060107000001010909', false, 'a block of a Write'],
    ['160102040801090411223344', false, 'an unconfirmed Write'],
    [GET, true, 'a GET'],
    [SET, false, 'a SET'],
  ] as const)
    it(`${why}: ${harmless ? 'sent' : 'not sent'}`, () =>
      expect(isHarmless(octetsOf(octets), SHORT.map(octetsOf))).to.equal(harmless))
})
