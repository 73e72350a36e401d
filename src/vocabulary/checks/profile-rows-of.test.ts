import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { profileRowsOf } from './profile-rows-of.ts'

const column = (classId: number, name: string, attribute: number): Value => ({
  structure: [{ 'long-unsigned': classId }, { 'octet-string': name }, { integer: attribute }, { 'long-unsigned': 0 }],
})
const CLOCK = column(8, '0000010000FF', 2)
const STATUS = column(1, '0000600A01FF', 2)
const SCALER = column(3, '0100010800FF', 3)
const of = (columns: readonly Value[], sort = 1): Value => ({ columns: { array: columns }, period: 900, sort })

/** A row of so many minutes past midnight, UTC. */
const row = (minutes: number, ...others: readonly Value[]): Value => ({
  structure: [
    {
      'octet-string': `07EA010104${[Math.floor(minutes / 60), minutes % 60, 0, 0].map((part) => part.toString(16).padStart(2, '0')).join('')}000000`,
    },
    ...others,
  ],
})
const FINE: Value = { unsigned: 0 }
const MARKED: Value = { unsigned: 4 }
const rows = (...all: readonly Value[]): Value => ({ array: all })

describe('profile-rows-of', () => {
  it('passes rows with all columns, a period apart in either direction; null-data for what has not changed', () => {
    for (const value of [
      rows(),
      rows(row(15, FINE), row(30, FINE)),
      rows(row(30, FINE), row(15, FINE)),
      rows(row(15, FINE), row(22, MARKED), row(30, FINE)),
      rows(row(15, FINE), { structure: [{ 'null-data': {} }, { 'null-data': {} }] }),
    ])
      expect(profileRowsOf(value, of([CLOCK, STATUS])), JSON.stringify(value)).to.deep.equal({ is: 'pass' })
    expect(profileRowsOf(rows(row(15), row(16)), of([CLOCK], 3))).to.deep.equal({ is: 'pass' })
  })

  it('fails columns that are missing, of another type, and times in between that are not marked', () => {
    for (const [value, columns, found] of [
      [rows(row(15)), [CLOCK, STATUS], '1'],
      [rows({ structure: [{ unsigned: 5 }] }), [CLOCK], 'unsigned 5'],
      [rows(row(15, { unsigned: 5 })), [CLOCK, SCALER], 'unsigned 5'],
      [rows(row(15, FINE), row(22, FINE)), [CLOCK, STATUS], '420 s between rows 1 and 2'],
      [rows(FINE), [CLOCK], 'unsigned 0'],
      [{ unsigned: 0 }, [CLOCK], '{"unsigned":0}'],
      [rows(), [FINE], 'others'],
    ] as const)
      expect(profileRowsOf(value, of(columns)), JSON.stringify(value)).to.include({ is: 'fails', found })
  })

  it('remarks rows that are missing, and times in between where there is no status to mark them', () => {
    expect(profileRowsOf(rows(row(15, FINE), row(45, FINE)), of([CLOCK, STATUS]))).to.include({ is: 'remark' })
    expect(profileRowsOf(rows(row(15), row(22)), of([CLOCK]))).to.include({ is: 'remark' })
  })
})
