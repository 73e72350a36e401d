import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Event, ProtectionEvent, TrafficEvent } from './events.ts'
import { masker } from '../world/masker.ts'
import { createStream, type PartOf, type Stream } from './stream.ts'

const SECRET = new TextEncoder().encode('12345678')

/** A block: B0, its number, 01 for the last, octets. */
const partOf: PartOf = (_, [tag, number = 0, last]) =>
  tag === 0xb0 ? { of: 'blocks', number, last: last === 1, from: 3 } : undefined

const unit = (octets: string, more: Partial<TrafficEvent> = {}): TrafficEvent => ({
  event: 'traffic',
  connection: 'main',
  port: 'hdlc',
  direction: 'sent',
  at: 0,
  end: 1,
  is: 'hdlc',
  octets,
  names: ['i'],
  failures: [],
  marks: [],
  ...more,
})

function written(events: readonly Event[], first?: (stream: Stream) => void): readonly Event[] {
  const out: Event[] = []
  const stream = createStream(masker([SECRET]), [(event) => out.push(event)], partOf)
  first?.(stream)
  for (const event of events) stream.emit(event)
  stream.flush()
  return out
}

const octetsOf = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => (event.event === 'traffic' ? [event.octets] : []))

describe('the writer of the stream', () => {
  it('masks a secret in a unit', () => {
    expect(octetsOf(written([unit(`7E${hex(SECRET)}7E`)]))).to.deep.equal([`7E${'XX'.repeat(8)}7E`])
  })

  it('masks a secret that a segment border cuts, in the information of the units only', () => {
    const first = unit(`AA${hex(SECRET.subarray(0, 3))}BB`, { information: { from: 1, to: 4 }, more: true })
    const second = unit(`AA${hex(SECRET.subarray(3))}BB`, { information: { from: 1, to: 6 }, apdu: hex(SECRET) })
    const events = written([first, unit('11', { direction: 'received' }), second])
    expect(octetsOf(events)).to.deep.equal(['AAXXXXXXXX', '11', 'AAXXXXXXXXXXBB'])
    expect(events[2]).to.have.property('apdu', 'XX'.repeat(8))
  })

  it('masks a secret in a part of a message that is sent once more', () => {
    const part = (from: number, to: number, more: Partial<TrafficEvent> = { more: true }) =>
      unit(`AA${hex(SECRET.subarray(from, to))}BBBB`, { information: { from: 1, to: 1 + to - from }, ...more })
    const events = written([part(0, 4), part(4, 6), part(4, 6), part(6, 8, {})])
    expect(octetsOf(events)).to.deep.equal([
      'AAXXXXXXXXBBBB',
      ...['AAXXXXXXXX', 'AAXXXXXXXX', 'AAXXXXXXXX'], // the check sequence over two octets would tell them
    ])
  })

  describe('masks a secret that the border of a block cuts', () => {
    const block = (number: number, octets: string, last = false, more: Partial<TrafficEvent> = {}) =>
      unit(`B0${hex(Uint8Array.of(number))}0${last ? 1 : 0}${octets}`, { is: 'wrapper', ...more })
    const ack = unit('AC', { direction: 'received' })
    const note: Event = { event: 'note', kind: 'other', text: 'note', at: 0 }
    const dataOf = (events: readonly Event[]): readonly string[] =>
      octetsOf(events)
        .filter((octets) => octets.startsWith('B0'))
        .map((octets) => octets.slice(6))

    it('on both sides of it, with an answer between', () => {
      const events = written([block(1, '0031323334'), ack, block(2, '3536373800', true)])
      expect(octetsOf(events)).to.deep.equal(['B0010000XXXXXXXX', 'AC', 'B00201XXXXXXXX00'])
    })

    it('over many blocks of an octet each, whatever is told between them', () => {
      const blocks = [...SECRET].map((octet, at) => block(at + 1, hex(Uint8Array.of(octet)), at === 7))
      expect(dataOf(written(blocks.flatMap((each) => [each, ack])))).to.deep.equal(Array(8).fill('XX'))
      expect(dataOf(written(blocks.flatMap((each) => [each, ack, note])))).to.deep.equal(Array(8).fill('XX'))
    })

    it('in a block that comes twice, before the one in front of it, or under a wrong number', () => {
      const [first, second, third] = [block(1, '0031323334'), block(2, '3536'), block(3, '373800')]
      expect(dataOf(written([first, second, second, third]))).to.deep.equal(['00XXXXXXXX', 'XXXX', 'XXXX', 'XXXX00'])
      expect(dataOf(written([first, third, second]))).to.deep.equal(['00XXXXXXXX', 'XXXX00', 'XXXX'])
      expect(dataOf(written([first, note, third, note, second]))).to.deep.equal(['00XXXXXXXX', 'XXXX00', 'XXXX'])
      expect(dataOf(written([first, block(7, '35363738')]))).to.deep.equal(['00XXXXXXXX', 'XXXXXXXX'])
    })

    it('also when it is a key that came up in the run', () => {
      const key = 'F0E1D2C3B4A5968778695A4B3C2D1E0F'
      const kept = (events: readonly Event[]) =>
        dataOf(written(events, (stream) => stream.keepSecret(Uint8Array.from(Buffer.from(key, 'hex')))))
      const [front, middle, end] = [key.slice(0, 6), key.slice(6, 24), key.slice(24)]
      const blocks = [block(1, `00${front}`), block(2, middle), block(3, `${end}00`, true)]
      const hidden = [`00${'XX'.repeat(3)}`, 'XX'.repeat(9), `${'XX'.repeat(4)}00`]
      expect(kept(blocks)).to.deep.equal(hidden)
      expect(kept(blocks.flatMap((each) => [each, ack, note]))).to.deep.equal(hidden)
      expect(kept(blocks.slice(1)), 'the one in front was not seen').to.deep.equal(hidden.slice(1))
    })

    it('and its parts in what is said about them afterwards', () => {
      const said: Event = { event: 'note', kind: 'other', text: 'found 31323334, and 1234', at: 0 }
      const events = written([block(1, '31323334'), block(2, '35363738', true), said])
      expect(events.at(-1)).to.have.property('text', 'found [secret], and [secret]')
    })

    it('and nothing of what only begins like one', () => {
      expect(dataOf(written([block(1, '0031'), block(2, '33'), block(3, '31', true)]))).to.deep.equal([
        '0031',
        '33',
        '31',
      ])
      expect(dataOf(written([block(1, '0031'), ack, note, block(2, '33')]))).to.deep.equal(['00XX', '33'])
    })

    it('keeps blocks of two directions, and of two connections, apart', () => {
      const other = block(1, '35363738', true, { connection: 'other' })
      expect(dataOf(written([block(1, '31323334', true), other, block(1, '00')]))).to.have.property('1', '35363738')
    })
  })

  describe('masks beneath a protection', () => {
    const beneath = (apdu?: string): ProtectionEvent => ({
      event: 'protection',
      connection: 'main',
      port: 'hdlc',
      direction: 'sent',
      at: 1,
      client: 'ciphered',
      name: 'glo-set-request',
      securityControl: '30',
      invocationCounter: 1,
      title: '4D4D4D0000BC614E',
      key: 'global-unicast-encryption-key',
      verified: 'right',
      ...(apdu === undefined ? {} : { apdu }),
    })
    const apdusOf = (events: readonly Event[]) =>
      events.flatMap((event) => (event.event === 'protection' ? [event.apdu] : []))

    it('a secret', () => {
      expect(apdusOf(written([beneath(`00${hex(SECRET)}00`)]))).to.deep.equal([`00${'XX'.repeat(8)}00`])
    })

    it('and does not take digits of hex beside it for a password', () => {
      expect(apdusOf(written([beneath(`${hex(SECRET)}12345678`)]))).to.deep.equal([`${'XX'.repeat(8)}12345678`])
    })

    it('a secret that the border of a block cuts, and keeps the order', () => {
      const told = [
        ...[unit('C9AAAA'), beneath('B001000031323334'), unit('AC', { direction: 'received' })],
        ...[unit('C9BBBB'), beneath('B002013536373800')],
      ]
      const events = written(told)
      expect(events.map(({ event }) => event)).to.deep.equal(told.map(({ event }) => event))
      expect(apdusOf(events)).to.deep.equal(['B0010000XXXXXXXX', 'B00201XXXXXXXX00'])
      expect(octetsOf(events)).to.deep.equal(['C9AAAA', 'AC', 'C9BBBB'])
    })

    it('nothing where nothing could be had', () => expect(apdusOf(written([beneath()]))).to.deep.equal([undefined]))
  })

  it('keeps the order, also when the other side speaks between the parts', () => {
    const events = written([unit('01', { more: true }), unit('02', { direction: 'received' }), unit('03')])
    expect(octetsOf(events)).to.deep.equal(['01', '02', '03'])
  })

  it('masks the octets of a reason as octets: digits of hex are no characters of a password', () => {
    const reason = { text: 'wrong', octets: `0012345678${hex(SECRET)}` }
    const [event] = written([
      {
        event: 'verdict',
        instance: 'X@hdlc',
        verdict: 'FAILED',
        reason,
        remarks: [],
        clauses: [],
        severity: 'defect',
        durationMs: 0,
        rerun: '',
        final: true,
        at: 0,
      },
    ])
    expect(event).to.have.nested.property('reason.octets', `0012345678${'XX'.repeat(8)}`)
  })

  it('masks a key that came up in the run in all that is written afterwards, also in what is held back by then', () => {
    const out: Event[] = []
    const stream = createStream(masker([SECRET]), [(event) => out.push(event)], partOf)
    const key = 'F0E1D2C3B4A5968778695A4B3C2D1E0F'
    stream.emit({ ...unit(`7E${key.slice(0, 8)}7E`), more: true })
    stream.keepSecret(Uint8Array.from(Buffer.from(key, 'hex')))
    stream.emit(unit(`7E${key}7E`))
    stream.emit({ event: 'note', kind: 'other', text: `the key is ${key.toLowerCase()}`, at: 0 })
    stream.flush()
    expect(JSON.stringify(out)).not.to.match(new RegExp(key, 'i'))
    expect(octetsOf(out).at(-1)).to.equal(`7E${'XX'.repeat(16)}7E`)
    expect(out.at(-1)).to.include({ text: 'the key is [secret]' })
  })

  it('masks every text', () => {
    const [event] = written([{ event: 'note', kind: 'other', text: `password 12345678, ${hex(SECRET)}`, at: 0 }])
    expect(JSON.stringify(event)).not.to.contain('12345678').and.not.to.contain(hex(SECRET))
  })
})
