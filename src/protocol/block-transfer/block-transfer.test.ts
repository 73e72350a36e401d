import { expect } from 'chai'
import fc from 'fast-check'
import { apdu } from '../apdu.ts'
import { encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { assemble, NOTHING_ASSEMBLED, type Assembled } from './assemble.ts'
import { cut } from './cut.ts'
import type { Datablock } from './datablock.ts'
import { readResultsOf } from './raw-data.ts'
import { roomWithin } from './room.ts'
import { afterBlock, sendingOf, type Sent } from './send.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const blocksOf = (raw: Uint8Array, rooms: Parameters<typeof cut>[1]): readonly Datablock[] => {
  const blocks = cut(raw, rooms)
  if (!blocks.ok) throw new TypeError(JSON.stringify(blocks.failure))
  return blocks.value
}
const shown = (blocks: readonly Datablock[]) =>
  blocks.map((block) => [block['block-number'], block['last-block'], hex(block['raw-data'])])
const assembled = (blocks: readonly Datablock[], limit?: number): Assembled =>
  blocks.reduce<Assembled>(
    (before, block) => (before.is === 'more' ? assemble(before.assembly, block, limit) : before),
    {
      is: 'more',
      assembly: NOTHING_ASSEMBLED,
    },
  )
const block = (number: number, raw: string, last = false): Datablock => ({
  'last-block': last,
  'block-number': number,
  'raw-data': octets(raw),
})

describe('service-specific block transfer', () => {
  describe('cuts raw data', () => {
    const rows: readonly (readonly [string, number, number, readonly (readonly [number, boolean, string])[]])[] = [
      [
        '0102030405',
        2,
        2,
        [
          [1, false, '0102'],
          [2, false, '0304'],
          [3, true, '05'],
        ],
      ],
      [
        '01020304',
        2,
        2,
        [
          [1, false, '0102'],
          [2, true, '0304'],
        ],
      ],
      [
        '01020304',
        1,
        3,
        [
          [1, false, '01'],
          [2, true, '020304'],
        ],
      ],
      ['01', 2, 0, [[1, true, '01']]],
      ['', 2, 2, [[1, true, '']]],
    ]
    for (const [raw, first, others, expected] of rows)
      it(`${raw || 'nothing'} by ${first} and ${others}`, () =>
        expect(shown(blocksOf(octets(raw), { first, others }))).to.deep.equal(expected))

    it('not into nothing, nor into more blocks than there are numbers', () => {
      expect(cut(octets('0102'), { first: 0, others: 5 })).to.have.nested.property('failure.is', 'no-room')
      expect(cut(octets('0102'), { first: 1, others: -3 })).to.have.nested.property('failure.is', 'no-room')
      expect(cut(new Uint8Array(10), { first: 1, others: 1, most: 9 })).to.deep.equal({
        ok: false,
        failure: { is: 'too-many-blocks', expected: 'at most 9 blocks', found: '10' },
      })
    })
  })

  it('fills an APDU to its last octet, whatever the width of the length', () => {
    const written = (room: number): number =>
      encode(apdu, {
        is: 'get-response-with-datablock',
        value: {
          'invoke-id-and-priority': { priority: true, 'service-class': true, reserved: 0, 'invoke-id': 1 },
          result: {
            'last-block': false,
            'block-number': 1,
            result: { is: 'raw-data', value: new Uint8Array(room) },
          },
        },
      }).length
    // tag, choice, invoke-id, last-block, block-number, choice of the result
    const around = 9
    for (const maximum of [11, 64, 137, 138, 139, 140, 265, 266, 267, 268, 1024, 65535]) {
      const room = roomWithin(maximum, around)
      expect(written(room), `${maximum}`).to.be.at.most(maximum)
      expect(written(room + 1), `${maximum}`).to.be.above(maximum)
    }
    expect(roomWithin(9, around)).to.be.below(1)
    expect(roomWithin(0, around)).to.be.above(0xffffff)
  })

  describe('sends', () => {
    const blocks = blocksOf(octets('010203'), { first: 2, others: 2 })
    const got = (...numbers: readonly number[]): Sent =>
      numbers.reduce<Sent>(
        (before, number) => (before.is === 'block' ? afterBlock(before.sending, number) : before),
        afterBlock(sendingOf(blocks), 0),
      )
    it('the next block when the last is acknowledged, and none after the last', () => {
      expect(got()).to.deep.include({ is: 'block', block: blocks[0] })
      expect(got(1)).to.deep.include({ is: 'block', block: blocks[1] })
      expect(got(1, 2)).to.deep.equal({ is: 'done' })
    })
    for (const number of [0, 2, 3, 0xffffffff])
      it(`nothing after block 1 for ${number}`, () =>
        expect(got(number)).to.deep.equal({
          is: 'failed',
          failure: { is: 'block-number', expected: 1, found: number },
        }))
  })

  describe('assembles', () => {
    it('blocks in order', () => {
      const result = assembled([block(1, '0932010203'), block(2, '0405'), block(3, '', true)])
      expect(result).to.have.deep.property('raw', octets('09320102030405'))
      expect(result).to.have.nested.include({ 'assembly.blocks': 3, 'assembly.empty': 1 })
    })
    it('any octets that were cut', () =>
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 300 }),
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 40 }),
          (raw, first, others) => {
            expect(assembled(blocksOf(raw, { first, others }))).to.have.deep.property('raw', raw)
          },
        ),
      ))
    const wrong: readonly (readonly [string, readonly Datablock[], number, number])[] = [
      ['that begin with 0', [block(0, '01')], 1, 0],
      ['that begin with 2', [block(2, '01')], 1, 2],
      ['with a gap', [block(1, '01'), block(3, '02')], 2, 3],
      ['that come twice', [block(1, '01'), block(1, '01')], 2, 1],
      ['that go back', [block(1, '01'), block(2, '01'), block(1, '01')], 3, 1],
    ]
    for (const [what, blocks, expected, found] of wrong)
      it(`no blocks ${what}`, () =>
        expect(assembled(blocks)).to.deep.equal({ is: 'failed', failure: { is: 'block-number', expected, found } }))
    it('no more octets than its limit, and no endless row of empty blocks', () => {
      expect(assembled([block(1, '0102'), block(2, '0304')], 3)).to.deep.equal({
        is: 'failed',
        failure: { is: 'too-long', expected: 3, found: 4 },
      })
      const empty = Array.from({ length: 100 }, (_, i) => block(i + 1, ''))
      expect(assembled(empty)).to.have.nested.property('failure.is', 'no-data')
    })
    it('a hundred thousand blocks in good time', () => {
      const blocks = blocksOf(new Uint8Array(100_000), { first: 1, others: 1 })
      expect(assembled(blocks)).to.have.nested.property('raw.length', 100_000)
    })
  })

  describe('reads the results of a Read', () => {
    const seven = { is: 'data', value: { is: 'unsigned', value: 7 } }
    const denied = { is: 'data-access-error', value: 'read-write-denied' }
    it('with their count', () =>
      expect(readResultsOf(octets('020011070103'), 2)).to.deep.equal({
        ok: true,
        value: { results: [seven, denied], form: 'counted' },
      }))
    it('without it', () =>
      expect(readResultsOf(octets('0011070103'), 2)).to.deep.equal({
        ok: true,
        value: { results: [seven, denied], form: 'results' },
      }))
    it('the value alone, of one variable', () => {
      expect(readResultsOf(octets('1107'), 1)).to.deep.equal({ ok: true, value: { results: [seven], form: 'value' } })
      expect(readResultsOf(octets('1107'), 2)).to.deep.include({ ok: false })
    })
    it('and fails where neither fits', () =>
      expect(readResultsOf(octets('0200110701'), 2)).to.deep.include({ ok: false }))
  })
})
