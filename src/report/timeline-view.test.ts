import { expect } from 'chai'
import type { Reason, TrafficEvent } from '../engine/events.ts'
import { watchBlocks } from '../protocol/blocks-seen.ts'
import { explainApdu, explainUnit } from '../protocol/explain.ts'
import type { Explain } from './explain.ts'
import {
  DM,
  explain,
  FAILED,
  GLO_GET,
  instance,
  note,
  protection,
  RR_DAMAGED,
  step,
  traffic,
  verdict,
} from './fixture.ts'
import type { Moment } from './model.ts'
import { attemptViews, entriesOf } from './timeline-view.ts'

const real: Explain = { unit: explainUnit, apdu: explainApdu, blocks: watchBlocks }
const received = (part: Partial<TrafficEvent>): TrafficEvent => traffic(FAILED, { direction: 'received', ...part })
const moments: readonly Moment[] = [
  step(FAILED, { index: 0, at: 100 }),
  traffic(FAILED, { at: 101 }),
  received({ at: 102, octets: DM }),
  step(FAILED, { index: 1, at: 103 }),
  received({ at: 104, octets: RR_DAMAGED }),
  received({ at: 105, octets: DM }),
  received({ at: 106, is: 'closed', octets: '' }),
  step(FAILED, { block: 'finally', index: 1, at: 107 }),
  received({ at: 108, octets: DM }),
]
/** When the units that are shown open came, in milliseconds. */
const opened = (reason: Partial<Reason>): readonly number[] =>
  entriesOf(moments, 0, explain, { text: 'wrong', ...reason }).flatMap(({ unit, time }) =>
    unit?.open === true ? [Math.round(Number(time) * 1000)] : [],
  )

describe('a timeline', () => {
  const table: readonly (readonly [string, Partial<Reason>, readonly number[]])[] = [
    ['opens the unit with the octets of the reason, in its step', { block: 'steps', step: 0, octets: DM }, [102]],
    ['of another step, the one there', { block: 'steps', step: 1, octets: DM }, [105]],
    ['of another block, the one there', { block: 'finally', step: 1, octets: DM }, [108]],
    ['knows octets with blanks and in lower case', { block: 'steps', step: 1, octets: '7e a0 0a 00' }, [104]],
    ['opens the last unit with the field named', { block: 'steps', step: 1, field: 'hdlc.fcs' }, [105]],
    ['opens the last unit when octets came from several', { block: 'steps', step: 1, octets: 'C4' }, [105]],
    ['looks everywhere when the step is not in the stream', { block: 'prepare', step: 0, octets: DM }, [108]],
    ['opens none where the reason is silence', { block: 'steps', step: 0 }, []],
    ['opens none for a field that no unit has', { block: 'steps', step: 0, field: 'aare.result' }, []],
  ]
  for (const [name, reason, times] of table) it(name, () => expect(opened(reason)).to.deep.equal(times))

  it('counts time from the beginning of each attempt, and steps from 1', () => {
    const attempts = [1000, 3000].map((at) => ({
      begun: instance(FAILED, { at }),
      moments: [step(FAILED, { at: at + 1.5 }), note({ at: at + 2, text: 'again', kind: 'confirm' })],
      verdict: verdict(FAILED, { verdict: 'FAILED', reason: { text: 'silence' } }),
    }))
    const views = attemptViews(attempts, explain)
    expect(views.map(({ title, reason }) => [title, reason])).to.deep.equal([
      ['Attempt 1 of 2: FAILED', 'silence.'],
      ['Attempt 2 of 2: FAILED', 'silence.'],
    ])
    expect(views[1]?.entries.map(({ time }) => time)).to.deep.equal(['0.0015', '0.0020'])
    expect(views[1]?.entries[0]?.step?.place).to.equal('Step 1')
  })

  describe('of protected APDUs', () => {
    const answer = 'C401C1000600001391'
    const glo = (octets: string, part: Partial<TrafficEvent> = {}) => received({ is: 'wrapper', octets, ...part })
    const beneath = (apdu: string) => protection(FAILED, { direction: 'received', apdu })
    const told: readonly Moment[] = [
      step(FAILED),
      ...[glo('0001'), beneath('C401C10103'), glo('0002'), beneath(answer), glo('0003')],
    ]
    const openedIn = (reason: Partial<Reason>) =>
      entriesOf(told, 0, real, { text: 'wrong', block: 'steps', step: 0, ...reason }).flatMap(
        ({ unit, protection: under }, at) => (unit?.open === true || under?.open === true ? [at] : []),
      )
    for (const [name, reason, places] of [
      ['opens the APDU with the field named', { field: 'get-response-normal.data-access-result' }, [2]],
      ['opens the APDU with the octets of the reason', { octets: answer }, [4]],
      ['opens the unit, and the APDU beneath it', { octets: '0002', field: 'get-response-normal.result' }, [3, 4]],
      ['opens the last unit when octets came from several', { octets: 'FFFF' }, [5]],
    ] as const)
      it(name, () => expect(openedIn(reason)).to.deep.equal(places))

    it('says where there is none', () => {
      const { apdu: _, ...without } = protection(FAILED, { securityControl: '20', verified: 'unknown' })
      const [entry] = entriesOf([without], 0, real)
      expect(entry?.protection).to.include({ place: 'protected', view: null, check: 'no tag', open: false })
    })
  })

  it('says who ended a connection', () => {
    expect(entriesOf(moments, 0, explain)[6]?.happening?.text).to.equal('connection closed by the meter')
  })

  it('names the connection only where there are several', () => {
    const on = (...names: readonly string[]) =>
      entriesOf(
        names.map((name) => step(FAILED, { on: name })),
        0,
        explain,
      ).map((entry) => entry.step?.on)
    expect(on('main', 'main')).to.deep.equal(['', ''])
    expect(on('reader', 'manager')).to.deep.equal(['reader', 'manager'])
  })
})

describe('a timeline of block transfer', () => {
  const wpdu = (apdu: string, part: Partial<TrafficEvent> = {}): TrafficEvent => {
    const length = (apdu.length / 2).toString(16).padStart(4, '0')
    return traffic(FAILED, { is: 'wrapper', octets: `000100010010${length}${apdu}`, names: ['wpdu'], ...part })
  }
  const answer = (apdu: string): TrafficEvent => wpdu(apdu, { direction: 'received' })
  // A structure of a clock's time and a password, cut within the time.
  const blocks: readonly Moment[] = [
    wpdu('C001C100070100630100FF0200'),
    answer('C402C1000000000100080202090C07EA0B15'),
    wpdu('C002C100000001'),
    answer('C402C10100000002000F06131E0000FFC40009057365XXXXXX'),
  ]

  it('has the value once, behind the last block, dates readable and secrets masked', () => {
    const entries = entriesOf(blocks, 0, real)
    expect(entries.map(({ joined }) => joined?.title)).to.deep.equal([
      ...[undefined, undefined, undefined, undefined],
      'value of 2 blocks, 23 octets',
    ])
    const rows = entries.at(-1)?.joined?.rows ?? []
    expect(rows.map(({ name, meaning, octets }) => [name, meaning, octets])).to.deep.equal([
      ['value structure', '', ''],
      ['count', '', '02'],
      ['[1] octet-string', '2026-11-21 19:30:00.00 UTC+01:00', '07 EA 0B 15 06 13 1E 00 00 FF C4 00'],
      ['[2] octet-string', '', '73 65 XX XX XX'],
    ])
  })

  it('has it behind the last of blocks beneath a protection', () => {
    const beneath = (apdu: string, direction: TrafficEvent['direction'] = 'received'): Moment =>
      protection(FAILED, { direction, apdu })
    const told = blocks.flatMap((block) =>
      block.event === 'traffic'
        ? [wpdu(GLO_GET, { direction: block.direction }), beneath(block.octets.slice(16), block.direction)]
        : [],
    )
    const entries = entriesOf(told, 0, real)
    expect(entries.map((entry) => entry.joined?.title ?? entry.protection?.view?.names)).to.deep.equal([
      ...[undefined, 'get-request-normal', undefined, 'get-response-with-datablock'],
      ...[undefined, 'get-request-next', undefined, 'get-response-with-datablock'],
      'value of 2 blocks, 23 octets',
    ])
    expect(entries.at(-1)?.joined?.rows.at(-1)?.octets).to.equal('73 65 XX XX XX')
  })

  it('says what a request is about', () => {
    const [request] = entriesOf(blocks, 0, real)
    expect(request?.unit?.view.subject).to.equal('Profile generic 1.0.99.1.0.255, buffer')
  })

  it('names what ended in a segment', () => {
    const frame = (octets: string, to: number, more: object): TrafficEvent =>
      traffic(FAILED, { octets, names: ['i'], information: { from: 3, to }, ...more })
    const [, last] = entriesOf(
      [frame('7EA000E6E600C001C10008', 11, { more: true }), frame('7EA0000000010000FF0200', 11, {})],
      0,
      real,
    )
    expect(last?.unit?.view).to.include({ names: 'i › get-request-normal', subject: 'Clock 0.0.1.0.0.255, time' })
  })
})
