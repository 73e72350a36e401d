import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { lastRowMarked, loggedSince, stillHolds } from './rows-kept.ts'
import { rowsToldApart } from './rows-told-apart.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 2, 'data-index': 0 }
const STATUS = { 'class-id': 1, 'instance-id': '0.0.96.10.1.255', 'attribute-id': 2, 'data-index': 0 }
const EVENT = { 'class-id': 1, 'instance-id': '0.0.96.11.0.255', 'attribute-id': 2, 'data-index': 0 }

/** 25 October 2026, so many minutes past two o'clock. */
const time = (minute: number, deviation = 'FFC4'): Value => ({
  'octet-string': `07EA0A190702${minute.toString(16).padStart(2, '0').toUpperCase()}0000${deviation}00`,
})
const row = (minute: number, status = 0, deviation = 'FFC4'): readonly Value[] => [
  time(minute, deviation),
  { unsigned: status },
]
const reference = (rows: readonly (readonly Value[])[], column: Value = STATUS, inUse = rows.length): Value => ({
  'in-use': inUse,
  first: 1,
  period: 0,
  columns: [CLOCK, column],
  rows,
})

describe('still-holds', () => {
  const before = { of: reference([row(0), row(15)]) }
  it('passes the old rows and a new one, of the same time too', () => {
    expect(stillHolds(reference([row(0), row(15), row(15, 32)]), before)).to.deep.equal({ is: 'pass' })
  })
  it('fails where one has gone, and remarks that none came', () => {
    expect(stillHolds(reference([row(0), row(15, 32)]), before)).to.include({ is: 'fails' })
    expect(stillHolds(reference([row(0), row(15)]), before)).to.include({ is: 'remark' })
    expect(stillHolds({}, before)).to.include({ is: 'fails' })
  })
})

describe('last-row-marked', () => {
  it('wants a status that is not 0, and remarks that there is none', () => {
    expect(lastRowMarked(reference([row(0), row(15, 32)]))).to.deep.equal({ is: 'pass' })
    expect(lastRowMarked(reference([row(0, 32), row(15)]))).to.include({ is: 'fails' })
    expect(lastRowMarked(reference([row(0)], EVENT))).to.include({ is: 'remark' })
  })
})

describe('logged-since', () => {
  it('sees a new row, and in a log that is full another last one', () => {
    const before = { of: reference([row(0, 4)], EVENT, 100) }
    expect(loggedSince(reference([row(15, 5)], EVENT, 100), before)).to.deep.equal({ is: 'pass' })
    expect(loggedSince(reference([row(0, 4)], EVENT, 101), before)).to.deep.equal({ is: 'pass' })
    expect(loggedSince(reference([row(0, 4)], EVENT, 100), before)).to.include({ is: 'remark', clause: 'cosem.events' })
  })
})

describe('rows-told-apart', () => {
  const summer = row(0, 1, 'FF88')
  const winter = row(0, 2)
  const of = reference([summer, winter, row(15, 3)])
  const judged = (rows: readonly (readonly Value[])[], from: Value, to: Value): unknown =>
    rowsToldApart({ rows }, { of, range: { by: CLOCK, from: { time: from }, to: { time: to } } })

  it('passes both hours, and one of them alone, with rows of other days', () => {
    expect(judged([summer, winter], time(0, 'FF88'), time(0))).to.deep.equal({ is: 'pass' })
    expect(judged([row(0, 9), winter], time(0), time(0))).to.deep.equal({ is: 'pass' })
  })
  it('fails a row that is lost, and remarks one of the other hour', () => {
    expect(judged([summer], time(0, 'FF88'), time(0))).to.include({ is: 'fails' })
    expect(judged([summer, winter], time(0), time(0))).to.include({ is: 'remark', ruling: 'L10' })
  })
})
