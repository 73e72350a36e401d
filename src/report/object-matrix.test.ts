import { expect } from 'chai'
import type { Event } from '../engine/events.ts'
import { caseViews } from './case-view.ts'
import * as fixture from './fixture.ts'
import { matrixViews, type MatrixView } from './object-matrix.ts'

const matrices = (...events: readonly Event[]): readonly MatrixView[] => {
  const model = fixture.run([fixture.header(), ...events, fixture.footer()])
  return matrixViews(model, caseViews(model))
}
const CLOCK = {
  'class-id': 8,
  version: 0,
  'instance-id': '0.0.1.0.0.255',
  attributes: [
    { 'attribute-id': 2, 'access-mode': 3, rights: ['read', 'write'] },
    { 'attribute-id': 9, 'access-mode': 0, rights: [] },
    { 'attribute-id': 3, 'access-mode': 4, rights: ['read', 'authenticated-request'] },
  ],
  methods: [{ 'method-id': 6, 'access-mode': 1, rights: ['invoke'] }],
}
const ENERGY = {
  'class-id': 3,
  version: 0,
  'instance-id': '1.0.1.8.0.255',
  attributes: [{ 'attribute-id': 1, 'access-mode': 1, rights: ['read'] }],
  methods: [],
}
const list = fixture.objectList({ client: 'reader', device: 'metering', objects: [CLOCK, ENERGY] })
/** A case about a row of the list, and what it came to. */
const about = (
  row: string,
  verdict: Parameters<typeof fixture.verdict>[1] = {},
  name = 'COSEM_X_Y/1',
): readonly Event[] => {
  const instance = `${name}[client=reader,device=metering,${row}]@hdlc`
  return [fixture.instance(instance), fixture.verdict(instance, verdict)]
}
const FAILED = { verdict: 'FAILED', reason: { text: 'wrong' } } as const
const cells = (...events: readonly Event[]): readonly string[] =>
  matrices(list, ...events).flatMap(({ rows }) =>
    rows.flatMap((row) => [...row.cells, ...row.methods].map((cell) => (cell ? `${cell.rights} ${cell.sign}` : ''))),
  )

describe('the objects of a client', () => {
  it('are rows, their attributes columns by number; what is not listed is empty', () => {
    const [matrix] = matrices(list)
    expect(matrix).to.include({ title: 'reader in metering', trouble: '', lead: '2 objects, 5 untested' })
    expect(matrix?.columns).to.deep.equal([1, 2, 3, 9])
    expect(matrix?.rows.map((row) => [row.name, row.class, row.meaning])).to.deep.equal([
      ['0.0.1.0.0.255', 'Clock (8, version 0)', 'Clock'],
      ['1.0.1.8.0.255', 'Register (3, version 0)', 'Active energy import (+A), total'],
    ])
    expect(cells()).to.deep.equal(['', 'rw ·', 'r+ ·', '- ·', 'x ·', 'r ·', '', '', ''])
  })

  const table: readonly (readonly [string, readonly Event[], number, string])[] = [
    ['a case that passed', about('attribute=8:0.0.1.0.0.255:2'), 1, 'rw ✓'],
    ['a case that failed', about('attribute=8:0.0.1.0.0.255:3', FAILED), 2, 'r+ ✗'],
    ['a remark', about('attribute=3:1.0.1.8.0.255:1', { remarks: [{ text: 'odd', severity: 'defect' }] }), 5, 'r !'],
    ['a method', about('method=8:0.0.1.0.0.255:6'), 4, 'x ✓'],
    [
      'of several cases the worst',
      [
        ...about('attribute=8:0.0.1.0.0.255:2'),
        ...about('attribute=8:0.0.1.0.0.255:2', FAILED, 'OTHER'),
        ...about('attribute=8:0.0.1.0.0.255:2', { verdict: 'INCONCLUSIVE', reason: { text: '' } }, 'THIRD'),
      ],
      1,
      'rw ✗',
    ],
    [
      'a case without a device',
      [
        fixture.instance('X[client=reader,attribute=8:0.0.1.0.0.255:2]@hdlc'),
        fixture.verdict('X[client=reader,attribute=8:0.0.1.0.0.255:2]@hdlc'),
      ],
      1,
      'rw ✓',
    ],
    [
      'not a case about another client',
      [fixture.instance('X[client=public,attribute=8:0.0.1.0.0.255:2]@hdlc')],
      1,
      'rw ·',
    ],
    ['not a case that only looks alike', about('attribute=8:0.0.1.0.0.255'), 1, 'rw ·'],
  ]
  for (const [what, events, at, cell] of table) it(`show ${what}`, () => expect(cells(...events)[at]).to.equal(cell))

  it('lead to their cases, and say in words what the signs mean', () => {
    const [matrix] = matrices(
      list,
      ...about('attribute=8:0.0.1.0.0.255:2'),
      ...about('attribute=8:0.0.1.0.0.255:2', FAILED, 'OTHER'),
    )
    expect(matrix?.rows[0]?.cells[1]).to.include({
      anchor: 'OTHER[client=reader,device=metering,attribute=8:0.0.1.0.0.255:2]@hdlc',
      words: 'attribute 2 time: read, write; FAILED (the worst of 2)',
    })
  })

  it('that are listed twice are told apart', () => {
    const twice = fixture.objectList({ client: 'reader', device: 'metering', objects: [ENERGY, ENERGY] })
    const [matrix] = matrices(
      twice,
      ...about('attribute=3:1.0.1.8.0.255:1'),
      ...about('attribute=3:1.0.1.8.0.255:1~2', FAILED),
    )
    expect(matrix?.rows.map((row) => row.cells[0]?.sign)).to.deep.equal(['✓', '✗'])
  })

  it('are shown once for each client and device, and a list that cannot be used says why', () => {
    const trouble = { text: 'the object list of reader cannot be used', found: 'null-data' }
    const broken = fixture.objectList({ client: 'reader', device: 'metering', objects: [], trouble })
    expect(matrices(broken, list).map(({ trouble }) => trouble)).to.deep.equal([''])
    expect(matrices(list, fixture.objectList({ client: 'public' }))).to.have.length(2)
    expect(matrices(broken)[0]).to.include({ lead: 'no list', trouble: `${trouble.text}; found null-data` })
  })
})
