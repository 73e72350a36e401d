import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { checks } from './index.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2, 'data-index': 0 }
const STATUS = { 'class-id': 1, 'instance-id': '0.0.96.10.1.255', 'attribute-id': 2, 'data-index': 0 }
const ENERGY = { 'class-id': 3, 'instance-id': '1.0.1.8.0.255', 'attribute-id': 2, 'data-index': 0 }
const NULL: Value = { 'null-data': {} }
/** 15 January 2026, a Thursday, in Central Europe. */
const at = (hour: string, deviation = 'FFC400', weekday = '04'): Value => ({
  'octet-string': `07EA010F${weekday}${hour}000000${deviation}`,
})
const row = (status: Value, hour: string, energy: number): readonly Value[] => [
  status,
  at(hour),
  { 'double-long-unsigned': energy },
]
const OK: Value = { unsigned: 0 }
const A = row(OK, '01', 100)
const B = row(OK, '02', 107)
const C = row({ unsigned: 8 }, '03', 107)
const D = row(OK, '04', 120)

/** Rows 5 to 8 of a profile whose clock is in the second column. */
const of: Value = { columns: [STATUS, CLOCK, ENERGY], period: 3600, 'in-use': 8, first: 5, rows: [A, B, C, D] }
const cells = (rows: readonly (readonly Value[])[], ...columns: readonly number[]): readonly (readonly Value[])[] =>
  rows.map((each) => columns.map((column) => each[column] ?? NULL))
const range = (from: string, to: string, columns: readonly Value[] = []): Value => ({
  range: { from: at(from), to: at(to), columns },
})
const is = (name: string, rows: Value, asked: Value): Value | undefined =>
  checks[name]?.({ rows }, { of, ...(asked as object) })?.is

describe('rows-of', () => {
  const entry = (from: number, to: number, first = 1, last = 0): Value => ({
    entry: { from, to, columns: { from: first, to: last } },
  })
  const right: readonly (readonly [string, Value, Value])[] = [
    ['limits that are times of rows', [B, C], range('02', '03')],
    ['no row', [], range('05', '06')],
    ['reversed', [], range('03', '02')],
    ['two columns in the order asked for', cells([B], 2, 1), range('02', '02', [ENERGY, CLOCK])],
    ['one column', cells([B, C], 0), range('02', '03', [STATUS])],
    ['a column that there is not', cells([B], 1), range('02', '02', [CLOCK, { ...ENERGY, 'attribute-id': 3 }])],
    ['entries by their numbers', [B, C], entry(6, 7)],
    ['to 0', [C, D], entry(7, 0)],
    ['beyond the last', [], entry(9, 0)],
    ['columns by their numbers', cells([D], 1, 2), entry(8, 8, 2, 3)],
    [
      'null-data for the row before, and for a time one period later',
      [A, [NULL, NULL, { 'double-long-unsigned': 107 }]],
      entry(5, 6),
    ],
  ]
  for (const [what, rows, asked] of right)
    it(`passes ${what}`, () => {
      expect(is('rows-of', rows, asked)).to.equal('pass')
    })
  const wrong: readonly (readonly [string, Value, Value])[] = [
    ['a row too few', [B], range('02', '03')],
    ['a row too many', [A, B, C], range('02', '03')],
    ['another row', [B, D], range('02', '03')],
    ['another order', [C, B], range('02', '03')],
    ['all columns', [B], range('02', '02', [CLOCK])],
    ['another column', cells([B], 1), range('02', '02', [ENERGY])],
    ['null-data for another value', [B, [NULL, at('03'), NULL]], range('02', '03')],
    ['null-data in the first row', [[NULL, at('02'), { 'double-long-unsigned': 107 }]], range('02', '02')],
    ['another type', [[{ enum: 0 }, ...B.slice(1)]], range('02', '02')],
    ['one row where there is none', [A], range('05', '06')],
  ]
  for (const [what, rows, asked] of wrong)
    it(`fails ${what}`, () => {
      expect(is('rows-of', rows, asked)).to.equal('fails')
    })
  it('tells the row that differs', () => {
    expect(checks['rows-of']?.({ rows: [B] }, { of, ...(range('02', '03') as object) })).to.deep.equal({
      is: 'fails',
      expected:
        '2 rows, row 2: [{"unsigned":8},{"octet-string":"07EA010F0403000000FFC400"},{"double-long-unsigned":107}]',
      found: '1 rows, row 2: no row',
    })
  })
  it('remarks columns in the order of capture, and a column that is given once where it was asked for twice', () => {
    expect(is('rows-of', cells([B], 1, 2), range('02', '02', [ENERGY, CLOCK]))).to.equal('remark')
    expect(is('rows-of', cells([B], 1), range('02', '02', [CLOCK, CLOCK]))).to.equal('remark')
    expect(is('rows-of', cells([B], 1, 1), range('02', '02', [CLOCK, CLOCK]))).to.equal('pass')
  })
  it('passes a refusal only where that is said, and never what is neither', () => {
    const asked = { of, ...(range('02', '03') as object) }
    expect(checks['rows-of']?.({ refused: 'other-reason' }, asked)).to.include({ is: 'fails' })
    expect(checks['rows-of']?.({ refused: 'other-reason' }, { ...asked, or: 'refused' })).to.include({ is: 'pass' })
    for (const value of [null, {}, { rows: 3 }, { rows: [{ pigeon: 1 }] }, { rows: [[{ pigeon: 1 }]] }])
      expect(checks['rows-of']?.(value, { ...asked, or: 'refused' })).to.include({ is: 'fails' })
    expect(checks['rows-of']?.({ rows: [] }, { of: null })).to.include({ is: 'fails' })
    expect(checks['rows-of']?.({ rows: [] }, { of, range: { from: OK, to: OK } })).to.include({ is: 'fails' })
  })
})

describe('rows-within', () => {
  /** 02:00 to 03:00 CET, in UTC. */
  const utc = { range: { from: { time: at('02'), written: 'in-utc' }, to: { time: at('03'), written: 'in-utc' } } }
  it('passes rows by their times, and rows by the digits of the limits', () => {
    expect(is('rows-within', [B, C], utc)).to.equal('pass')
    expect(is('rows-within', [A, B], utc)).to.equal('pass')
    expect(is('rows-within', [], utc)).to.equal('pass')
  })
  it('fails a row that is neither, and one without a time', () => {
    expect(is('rows-within', [B, C, D], utc)).to.equal('fails')
    expect(is('rows-within', [[OK, NULL, OK]], utc)).to.equal('fails')
  })
})

describe('first-row-complete', () => {
  const second = { entry: { from: 6, to: 0 } }
  it('passes null-data behind the first row, and fails it there', () => {
    expect(is('first-row-complete', [B, [NULL, NULL, NULL]], second)).to.equal('pass')
    expect(is('first-row-complete', [[NULL, ...B.slice(1)], C], second)).to.equal('fails')
    expect(is('first-row-complete', [], second)).to.equal('pass')
  })
  it('passes what was never told', () => {
    const never = {
      ...(of as object),
      rows: [
        [NULL, at('01'), OK],
        [NULL, at('02'), OK],
      ],
    }
    expect(checks['first-row-complete']?.({ rows: [[NULL, at('02'), OK]] }, { of: never, ...second })).to.include({
      is: 'pass',
    })
  })
})

describe('lists-a-selector', () => {
  const list = (selectors: Value): Value => ({
    array: [
      {
        structure: [
          { 'long-unsigned': 7 },
          { unsigned: 1 },
          { 'octet-string': '0100630100FF' },
          { structure: [{ array: [{ structure: [{ integer: 2 }, { enum: 1 }, selectors] }] }, { array: [] }] },
        ],
      },
    ],
  })
  it('passes a list with one, and fails one without', () => {
    expect(checks['lists-a-selector']?.(list({ array: [{ integer: 1 }] }), undefined)).to.include({ is: 'pass' })
    expect(checks['lists-a-selector']?.(list(NULL), undefined)).to.include({ found: 'none among 1 objects' })
    expect(checks['lists-a-selector']?.(list(OK), undefined)).to.include({
      expected: 'an object_list or access_rights_list',
    })
    const short = (selector: Value): Value => ({
      array: [
        {
          structure: [
            { long: 256 },
            { array: [{ structure: [{ integer: 2 }, { enum: 1 }, selector] }] },
            { array: [] },
          ],
        },
      ],
    })
    expect(checks['lists-a-selector']?.(short({ array: [{ integer: 1 }] }), undefined)).to.include({ is: 'pass' })
    expect(checks['lists-a-selector']?.(short(NULL), undefined)).to.include({ found: 'none among 1 objects' })
    expect(checks['lists-a-selector']?.(null, undefined)).to.include({ is: 'fails' })
  })
})
