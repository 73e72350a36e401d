import { expect } from 'chai'
import type { TrafficEvent } from '../engine/events.ts'
import { FAILED, traffic } from './fixture.ts'
import { apduJoiner, apduOf } from './messages.ts'

// Frames of four octets before the information and two behind it.
const part = (information: string, more: boolean, event: Partial<TrafficEvent> = {}): TrafficEvent =>
  traffic(FAILED, {
    direction: 'received',
    octets: `7EA00101${information}FFFF`,
    names: ['i'],
    information: { from: 4, to: 4 + information.length / 2 },
    ...(more ? { more: true } : {}),
    ...event,
  })
const rr = traffic(FAILED, { octets: '7EA00A', names: ['rr'] })
const apdus = (...events: readonly TrafficEvent[]): readonly (string | undefined)[] => {
  const join = apduJoiner()
  return events.map((event) => join(event).apdu)
}

describe('an APDU in segments', () => {
  const first = part('E6E700C401', true)
  const second = part('C100', true)
  const last = part('1105', false)
  const none = undefined
  const table: readonly (readonly [string, readonly TrafficEvent[], readonly (string | undefined)[]])[] = [
    [
      'is whole where it ends, acknowledgements between',
      [first, rr, second, rr, last],
      [none, none, none, none, 'C401C1001105'],
    ],
    ['in one frame stands there', [part('E6E700C401C1001105', false)], [none]],
    ['has a segment once, though it came again', [first, second, second, last], [none, none, none, 'C401C1001105']],
    ['keeps what is masked', [first, part('C1XX', true), last], [none, none, 'C401C1XX1105']],
    [
      'is forgotten when the link begins anew',
      [first, traffic(FAILED, { names: ['snrm'], octets: '7E' }), last],
      [none, none, none],
    ],
    [
      'is forgotten with its connection',
      [first, traffic(FAILED, { is: 'opened', octets: '' }), last],
      [none, none, none],
    ],
    [
      'is of one connection and direction',
      [first, part('1106', false, { direction: 'sent' }), last],
      [none, none, 'C4011105'],
    ],
    ['without LLC is none', [part('C401', true), last], [none, none]],
    [
      'has no part in a frame that was broken on its way',
      [first, part('EE', true, { marks: [{ path: 'hdlc.fcs', from: 5, to: 7, what: 'flip' }] }), last],
      [none, none, 'C4011105'],
    ],
  ]
  for (const [what, events, expected] of table) it(what, () => expect(apdus(...events)).to.deep.equal(expected))

  it('that never ends is not kept for ever', () => {
    const long = Array.from({ length: 5 }, (_, i) => part(`E6E700${'00'.repeat(0x100000)}${i}0`, true))
    expect(apdus(...long, last).at(-1)).to.equal(undefined)
  })
})

describe('the APDU of a unit', () => {
  const table: readonly (readonly [string, TrafficEvent, string | undefined])[] = [
    ['in a frame', part('E6E700C401C1001105', false), 'C401C1001105'],
    ['in a WPDU', traffic(FAILED, { is: 'wrapper', octets: '000100010010000401020304' }), '01020304'],
    ['that ended there', part('1105', false, { apdu: 'C401' }), 'C401'],
    ['not in a segment', part('E6E700C401', true), undefined],
    ['not in a frame of the link', rr, undefined],
    [
      'not where a check failed',
      part('E6E700C4', false, { failures: [{ layer: 'hdlc', at: 0, expected: '', found: '' }] }),
      undefined,
    ],
  ]
  for (const [what, event, apdu] of table) it(what, () => expect(apduOf(event)).to.equal(apdu))
})
