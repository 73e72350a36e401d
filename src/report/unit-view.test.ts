import { expect } from 'chai'
import { DM, explain, FAILED, RR_DAMAGED, traffic } from './fixture.ts'
import { fieldAt, placed } from './fields.ts'
import { unitView } from './unit-view.ts'
import type { Explain, Field } from './explain.ts'

const leaf = (name: string, start: number, end: number): Field => ({ name, start, end, children: [] })
const tree: Field = {
  name: '',
  start: 0,
  end: 8,
  children: [
    {
      ...leaf('hdlc', 0, 8),
      children: [
        { ...leaf('control', 0, 1), children: [{ ...leaf('n-r', 0, 1), mask: 0xe0, value: 3 }] },
        {
          ...leaf('information', 1, 6),
          children: [{ ...leaf('get-response', 1, 6), children: [leaf('result', 5, 6)] }],
        },
        leaf('fcs', 6, 8),
      ],
    },
  ],
}
const given: Explain = {
  unit: () => ({ tree }),
  apdu: () => ({ tree: leaf('get-response', 0, 2) }),
  blocks: () => () => undefined,
}

describe('a field by its path', () => {
  const table = placed(tree)
  const paths: readonly (readonly [string, string | undefined])[] = [
    ['hdlc.control.n-r', 'hdlc.control.n-r'],
    ['hdlc.n-r', 'hdlc.control.n-r'],
    ['get-response.result', 'hdlc.information.get-response.result'],
    ['fcs', 'hdlc.fcs'],
    ['hdlc.n-s', undefined],
    ['control.result', undefined],
  ]
  for (const [path, found] of paths) {
    it(`${path}: ${found ?? 'none'}`, () => expect(fieldAt(table, path)?.path).to.equal(found))
  }
})

describe('a unit as it is shown', () => {
  const octets = '0011223344556677'
  const states = (...[event, wrong]: Parameters<typeof shown>) =>
    shown(event, wrong).rows.flatMap(({ name, state }) => (state === null ? [] : [[name, state]]))
  const shown = (event: Parameters<typeof traffic>[1], wrong?: string) =>
    unitView(traffic(FAILED, { octets, ...event }), given, wrong)

  it('marks the field that was damaged, and its octets', () => {
    const event = { marks: [{ path: 'hdlc.fcs', from: 6, to: 8, what: 'flip 0001' }] }
    expect(states(event)).to.deep.equal([['fcs', 'damaged']])
    expect(shown(event).runs).to.deep.equal([
      { hex: '00 11 22 33 44 55', state: null },
      { hex: '66 77', state: 'damaged' },
    ])
  })

  it('marks what lies in a damaged group that is no field of its own', () => {
    expect(states({ marks: [{ path: 'hdlc.after-format', from: 5, to: 8, what: 'drop' }] })).to.deep.equal([
      ['result', 'damaged'],
      ['fcs', 'damaged'],
    ])
  })

  it('shows where a field is missing', () => {
    const { runs, remarks } = shown({ marks: [{ path: 'hdlc.hcs', from: 1, to: 1, what: 'drop' }] })
    expect(runs.map(({ hex }) => hex)).to.deep.equal(['00', '‸', '11 22 33 44 55 66 77'])
    expect(remarks[0]?.text).to.equal('hdlc.hcs: drop (at octet 1)')
  })

  it('shows a field that is missing at the very end', () => {
    const { runs } = shown({ marks: [{ path: 'hdlc.closing-flag', from: 8, to: 8, what: 'drop' }] })
    expect(runs.map(({ hex }) => hex)).to.deep.equal(['00 11 22 33 44 55 66 77', '‸'])
  })

  it('marks the field that the verdict is about, a group of bits too', () => {
    expect(states({}, 'hdlc.n-r')).to.deep.equal([['n-r', 'wrong']])
    expect(shown({}, 'hdlc.n-r').runs[0]).to.deep.equal({ hex: '00', state: 'wrong' })
  })

  it('tells which check failed, at the innermost field of whole octets', () => {
    const failures = [{ layer: 'hdlc', at: 0, expected: '13', found: '00' }]
    expect(states({ failures })).to.deep.equal([['control', 'check']])
    expect(shown({ failures }).rows.find(({ name }) => name === 'control')?.note).to.equal('expected 13, found 00')
  })

  it('never shows what is masked', () => {
    const { rows, runs } = shown({ octets: '00112233445566XX' })
    expect(runs[0]?.hex).to.equal('00 11 22 33 44 55 66 XX')
    expect(rows.find(({ name }) => name === 'fcs')).to.include({ octets: '66 XX', value: 'masked' })
  })

  it('shows an APDU that came in several units where it ended', () => {
    expect(shown({ apdu: 'C401' }).apdu.map(({ name, octets: hex }) => [name, hex])).to.deep.equal([
      ['get-response', 'C4 01'],
    ])
  })

  it('cuts what is very long, and says so', () => {
    const { runs } = unitView(traffic(FAILED, { octets: 'AB'.repeat(70_000) }), explain)
    expect(runs.at(-1)?.hex).to.equal('… (68976 more octets)')
  })

  it('shows the same octets that passed', () => {
    for (const text of [DM, RR_DAMAGED]) {
      const { runs } = unitView(traffic(FAILED, { octets: text }), explain, 'control')
      expect(
        runs
          .map(({ hex }) => hex)
          .join('')
          .replace(/ /g, ''),
      ).to.equal(text)
    }
  })
})
