import { expect } from 'chai'
import fc from 'fast-check'
import { apdu } from '../apdu.ts'
import { decode, encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { vectors } from '../vectors/load.ts'
import type { GeneralBlockTransfer } from '../xdlms/general-block-transfer.ts'
import { startsExchange, take, type Taken } from './take.ts'
import { gbtRoomWithin, transferOf, withApdu, type GbtSettings, type Transfer } from './transfer.ts'
import { turn, unconfirmedBlocks } from './turn.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const written = (block: GeneralBlockTransfer): string =>
  hex(encode(apdu, { is: 'general-block-transfer', value: block }))
const read = (text: string): GeneralBlockTransfer => {
  const decoded = decode(apdu, octets(text))
  if (!decoded.ok || decoded.value.is !== 'general-block-transfer') throw new TypeError(text)
  return decoded.value.value
}
const vector = (id: string): string => vectors('gbt').find((each) => each.id === id)?.octets ?? ''
const having = (transfer: Transfer, own: Uint8Array): Transfer => {
  const given = withApdu(transfer, own)
  if (!given.ok) throw new TypeError(JSON.stringify(given.failure))
  return given.value
}
/** A block as short as can be: numbers, data, and what the control field says. */
const block = (
  number: number,
  acknowledged: number,
  data: string,
  { last = false, streaming = false, window = 1 } = {},
): GeneralBlockTransfer => ({
  'block-control': { 'last-block': last, streaming, window },
  'block-number': number,
  'block-number-ack': acknowledged,
  'block-data': octets(data),
})
const takeAll = (transfer: Transfer, blocks: readonly GeneralBlockTransfer[]): Taken =>
  blocks.reduce<Taken>((before, each) => take(before.transfer, each), { is: 'more', transfer, order: 'in-order' })

const REQUEST = octets('C0018100010000800000FF0200')
const RESPONSE = octets(
  `C40181000932${'0102030405060708091011121314151617181920212223242526272829303132333435363738394041424344454647484950'}`,
)
const CLIENT: GbtSettings = { window: 3, room: 20 }
const SERVER: GbtSettings = { window: 1, room: 20 }

/** A server that has got the request of the golden vectors and gives its answer. */
function answering(): { readonly transfer: Transfer; readonly blocks: readonly GeneralBlockTransfer[] } {
  const got = take(transferOf(SERVER), read(vector('gbt-req')))
  expect(got).to.deep.include({ is: 'whole', apdu: REQUEST })
  return turn(having(got.transfer, RESPONSE))
}

describe('general block transfer', () => {
  describe('as in the golden vectors', () => {
    it('a request in one block, which offers a window of 3', () => {
      const { blocks } = turn(having(transferOf(CLIENT), REQUEST))
      expect(blocks.map(written)).to.deep.equal([vector('gbt-req')])
    })
    it('an answer in three blocks, which stream', () => {
      const { blocks } = answering()
      expect(blocks.map(written)).to.deep.equal([vector('gbt-r1'), vector('gbt-r2'), vector('gbt-r3')])
    })
    it('put together by the client', () => {
      const { transfer } = turn(having(transferOf(CLIENT), REQUEST))
      const got = ['gbt-r1', 'gbt-r2', 'gbt-r3'].map((id) => read(vector(id)))
      expect(takeAll(transfer, got.slice(0, 2)).is).to.equal('more')
      expect(takeAll(transfer, got)).to.deep.include({ is: 'whole', apdu: RESPONSE })
    })
    it('a lost block asked for again by block-number-ack, and sent again with those after it', () => {
      const { transfer } = answering()
      const asked = take(transfer, read(vector('gbt-nack')))
      expect(asked.is).to.equal('turn')
      const [first, second, ...others] = turn(asked.transfer).blocks
      expect(first && written(first)).to.equal(vector('gbt-rtx2'))
      expect(second && written(second)).to.equal(vector('gbt-r3').replace('E08100030001', 'E08100030002'))
      expect(others).to.deep.equal([])
    })
    it('and asked for so by the client', () => {
      const { transfer } = turn(having(transferOf(CLIENT), REQUEST))
      const got = takeAll(transfer, [read(vector('gbt-r1')), read(vector('gbt-r3'))])
      expect(got).to.include({ is: 'turn', order: 'out-of-order' })
      const { blocks } = turn(got.transfer)
      // the own APDU is complete: last-block stays set
      expect(blocks.map(written)).to.deep.equal(['E0830002000100'])
      expect(turn(got.transfer).blocks, 'after a time-out').to.deep.equal(blocks)
    })
    it('window 1: each block is acknowledged', () => {
      const { blocks } = turn(having(transferOf(SERVER, false), RESPONSE))
      expect(blocks.map(written)).to.deep.equal([vector('gbt-w1')])
    })
    it('an abort', () => expect(take(answering().transfer, read(vector('gbt-abort'))).is).to.equal('aborted'))
  })

  it('fills an APDU to its last octet', () => {
    for (const maximum of [12, 64, 134, 135, 136, 262, 263, 264, 1024]) {
      const room = gbtRoomWithin(maximum)
      expect(written(block(1, 0, '00'.repeat(room))).length / 2, `${maximum}`).to.be.at.most(maximum)
      expect(written(block(1, 0, '00'.repeat(room + 1))).length / 2, `${maximum}`).to.be.above(maximum)
    }
  })

  describe('takes', () => {
    const fresh = transferOf(CLIENT)
    it('a block once, whatever comes again', () => {
      const got = takeAll(fresh, [
        block(1, 0, '01', { streaming: true }),
        block(1, 0, '01', { streaming: true }),
        block(2, 0, '02', { last: true }),
      ])
      expect(got).to.deep.include({ is: 'whole', apdu: octets('0102') })
    })
    it('what follows in order after a gap was filled', () => {
      const got = takeAll(fresh, [
        block(1, 0, '01'),
        block(3, 0, '03', { last: true }),
        block(2, 0, '02'),
        block(3, 0, '03', { last: true }),
      ])
      expect(got).to.deep.include({ is: 'whole', apdu: octets('010203') })
    })
    it('an end that says so although it streams', () =>
      expect(take(fresh, block(1, 0, '01', { last: true, streaming: true })).is).to.equal('whole'))
    it('blocks without data before the answer, and says that it goes on', () => {
      const sent = turn(having(fresh, octets('01'.repeat(50))))
      const got = take(sent.transfer, block(1, 1, '', { last: true, window: 5 }))
      expect(got).to.include({ is: 'turn', order: 'in-order' })
      expect(turn(got.transfer).blocks.map((each) => each['block-number'])).to.deep.equal([2, 3])
    })
    const wrong: readonly (readonly [string, Transfer, GeneralBlockTransfer, object])[] = [
      [
        'an acknowledgement of what was not sent',
        fresh,
        block(1, 1, '01'),
        { is: 'acknowledged-unsent', expected: 0, found: 1 },
      ],
      [
        'more octets than its limit',
        transferOf({ ...CLIENT, limit: 2 }),
        block(1, 0, '010203'),
        { is: 'too-long', expected: 2, found: 3 },
      ],
      [
        'data after the end',
        transferOf(CLIENT, false),
        block(1, 0, '01'),
        { is: 'data-after-last', expected: 0, found: 1 },
      ],
    ]
    for (const [what, transfer, given, failure] of wrong)
      it(`not ${what}`, () => expect(take(transfer, given)).to.deep.include({ is: 'failed', failure }))
    it('not the same for ever', () => {
      const again = Array.from({ length: 9 }, () => block(5, 0, '01'))
      expect(takeAll(fresh, again.slice(1)).is).to.equal('turn')
      expect(takeAll(fresh, again)).to.have.nested.property('failure.is', 'no-progress')
      const empty = Array.from({ length: 9 }, (_, i) => block(i + 1, 0, ''))
      expect(takeAll(fresh, empty)).to.have.nested.property('failure.is', 'no-progress')
      for (const own of [fresh, having(fresh, octets(''))]) {
        let taken = take(own, block(1, 0, '01'))
        for (let n = 1; n <= 9; n++) taken = take(turn(taken.transfer).transfer, block(n + 1, n, ''))
        expect(taken, 'acknowledgements of acknowledgements').to.have.nested.property('failure.is', 'no-progress')
      }
    })
  })

  describe('sends', () => {
    it('no more than the window of the other side', () => {
      const first = turn(having(transferOf(CLIENT), new Uint8Array(200)))
      expect(first.blocks.map((each) => each['block-control'])).to.deep.equal([
        { 'last-block': false, streaming: false, window: 3 },
      ])
      const acknowledged = take(first.transfer, block(1, 1, '', { window: 4 }))
      const second = turn(acknowledged.transfer)
      expect(second.blocks.map((each) => [each['block-number'], each['block-control'].streaming])).to.deep.equal([
        [2, true],
        [3, true],
        [4, true],
        [5, false],
      ])
    })
    it('nothing to a side that takes nothing', () => {
      const first = turn(having(transferOf(CLIENT), new Uint8Array(200)))
      expect(turn(take(first.transfer, block(1, 1, '', { window: 0 })).transfer).blocks).to.deep.equal([])
    })
    it('nothing more once the other side has all', () => {
      const { transfer } = answering()
      expect(take(transfer, block(2, 3, '', { last: true, window: 3 })).is).to.equal('done')
    })
    it('not what takes more numbers than there are, or has no room', () => {
      expect(withApdu(transferOf({ window: 1, room: 1 }), new Uint8Array(0x10000))).to.have.nested.property(
        'failure.is',
        'too-many-blocks',
      )
      expect(withApdu(transferOf({ window: 1, room: 0 }), REQUEST)).to.have.nested.property('failure.is', 'no-room')
    })
    it('to nobody who answers: all blocks at once', () =>
      expect(unconfirmedBlocks(octets('0102030405'), 2).map(written)).to.deep.equal(
        ['E0400001000002 0102', 'E0400002000002 0304', 'E0800003000001 05'].map((text) => text.replace(' ', '')),
      ))
  })

  it('knows the first block of an exchange', () => {
    expect(startsExchange(read(vector('gbt-req')))).to.equal(true)
    expect(startsExchange(read(vector('gbt-r1')))).to.equal(false)
    expect(startsExchange(read(vector('gbt-nack')))).to.equal(false)
  })

  it('brings any request and answer through a line that loses and repeats blocks', () => {
    const settings = fc.record({ window: fc.integer({ min: 1, max: 6 }), room: fc.integer({ min: 1, max: 30 }) })
    const some = fc.uint8Array({ minLength: 1, maxLength: 200 })
    const fates = fc.array(fc.constantFrom('arrives', 'lost', 'twice'), { maxLength: 40 })
    fc.assert(
      fc.property(settings, settings, some, some, fates, (of, other, request, response, luck) => {
        const fate = [...luck]
        const carried = (blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] =>
          blocks.flatMap((each) => {
            const what = fate.shift() ?? 'arrives'
            return what === 'lost' ? [] : what === 'twice' ? [each, each] : [each]
          })
        let client = having(transferOf(of), request)
        let server = transferOf(other)
        let asked: Uint8Array | undefined
        for (let turns = 0; turns < 2000; turns++) {
          const sent = turn(client)
          client = sent.transfer
          let answers = false
          for (const each of carried(sent.blocks)) {
            const taken = take(server, each)
            server = taken.transfer
            answers ||= taken.is === 'turn' || taken.is === 'whole'
            if (taken.is !== 'whole') continue
            asked = taken.apdu
            server = having(server, response)
          }
          // a line that stays silent makes the client repeat its turn
          const back = answers ? turn(server) : undefined
          if (back) server = back.transfer
          for (const each of carried(back?.blocks ?? [])) {
            const taken = take(client, each)
            client = taken.transfer
            if (taken.is !== 'whole') continue
            expect(asked).to.deep.equal(request)
            expect(taken.apdu).to.deep.equal(response)
            return
          }
        }
        throw new Error('the transfer does not end')
      }),
      { numRuns: 500 },
    )
  })

  it('takes any blocks and stays within its bounds', () => {
    const any = fc.record({
      'block-control': fc.record({ 'last-block': fc.boolean(), streaming: fc.boolean(), window: fc.nat(63) }),
      'block-number': fc.nat(6),
      'block-number-ack': fc.nat(4),
      'block-data': fc.uint8Array({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (blocks) => {
        let transfer = having(transferOf({ ...CLIENT, limit: 16 }), REQUEST)
        for (const each of blocks) {
          const taken = take(transfer, each)
          if (taken.is === 'turn') transfer = turn(taken.transfer).transfer
          else transfer = taken.transfer
          expect(transfer.parts.octets).to.be.at.most(16)
          expect(transfer.acknowledged).to.be.at.most(transfer.sent)
        }
      }),
    )
  })
})
