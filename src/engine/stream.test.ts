import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Event, TrafficEvent } from './events.ts'
import { createStream, type Masker } from './stream.ts'

const SECRET = new TextEncoder().encode('12345678')

const masker: Masker = {
  text: (text) => text.replaceAll('12345678', '…').replaceAll(hex(SECRET), '…'),
  ranges(octets) {
    const at = hex(octets).indexOf(hex(SECRET))
    return at < 0 ? [] : [{ from: at / 2, to: at / 2 + SECRET.length }]
  },
}

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

function written(events: readonly Event[]): readonly Event[] {
  const out: Event[] = []
  const stream = createStream(masker, [(event) => out.push(event)])
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
    expect(octetsOf(events)).to.deep.equal(['AAXXXXXXBB', '11', 'AAXXXXXXXXXXBB'])
    expect(events[2]).to.have.property('apdu', 'XX'.repeat(8))
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

  it('masks every text', () => {
    const [event] = written([{ event: 'note', kind: 'other', text: `password 12345678, ${hex(SECRET)}`, at: 0 }])
    expect(JSON.stringify(event)).not.to.contain('12345678').and.not.to.contain(hex(SECRET))
  })
})
