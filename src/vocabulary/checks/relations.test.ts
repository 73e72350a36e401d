import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { demandRegisterOf } from './demand-register-of.ts'
import { notLaterThan } from './not-later-than.ts'
import { serverTitle } from './server-title.ts'
import { thresholdsOf } from './thresholds-of.ts'

/** 1 January 2026, so many minutes past noon. */
const at = (minute: number): Value => ({
  'octet-string': `07EA0101040C${minute.toString(16).padStart(2, '0').toUpperCase()}0000FFC400`,
})
const OPEN: Value = { 'octet-string': 'FFFFFFFFFFFFFFFFFF8000FF' }

describe('demand-register-of', () => {
  const of = (more: Readonly<Record<string, Value>> = {}): Value => ({
    current: { 'double-long-unsigned': 5 },
    last: { 'double-long-unsigned': 6 },
    period: 900,
    started: at(15),
    captured: at(15),
    clock: at(20),
    ...more,
  })
  it('passes a block, a sliding window, and what nothing was captured of', () => {
    expect(demandRegisterOf(1, of())).to.deep.equal({ is: 'pass' })
    expect(demandRegisterOf(3, of({ period: 300, started: at(10) }))).to.deep.equal({ is: 'pass' })
    expect(demandRegisterOf(1, of({ captured: OPEN, last: { 'null-data': {} } }))).to.deep.equal({ is: 'pass' })
  })
  it('fails no period at all', () => {
    expect(demandRegisterOf(0, of())).to.include({ is: 'fails', found: '0' })
  })
  it('remarks two types, a period of 0, and times that do not belong together', () => {
    expect(demandRegisterOf(1, of({ last: { long: 6 } }))).to.include({ is: 'remark', ruling: 'C8' })
    for (const [periods, more] of [
      [1, { period: 0 }],
      [1, { started: at(18) }],
      [3, { period: 60 }],
      [3, { period: 360, captured: at(19), started: at(0) }],
    ] as const)
      expect(demandRegisterOf(periods, of(more))).to.include({ is: 'remark', clause: 'cosem.demand-register' })
  })
})

describe('not-later-than', () => {
  it('remarks what is ahead of the clock, and passes what is no time', () => {
    expect(notLaterThan(at(30), { clock: at(29) })).to.include({ is: 'remark' })
    for (const value of [at(29), at(28), OPEN, { unsigned: 1 }])
      expect(notLaterThan(value, { clock: at(29) })).to.deep.equal({ is: 'pass' })
  })
})

describe('thresholds-of', () => {
  const of = (...types: readonly string[]): Value => ({ array: types.map((type) => ({ [type]: 1 })) })
  const actions = (count: number): Value => ({ array: Array.from({ length: count }, () => ({ structure: [] })) })
  const judged = (thresholds: Value, count: number, monitored: Value = { long: 5 }): unknown =>
    thresholdsOf(thresholds, { monitored, actions: actions(count) })

  it('passes thresholds of the type that is monitored, and none', () => {
    expect(judged(of('long', 'long'), 2)).to.deep.equal({ is: 'pass' })
    expect(judged(of(), 0)).to.deep.equal({ is: 'pass' })
  })
  it('fails mixed types, another kind of type, and another number of actions', () => {
    expect(judged(of('long', 'unsigned'), 2)).to.include({ is: 'fails', found: 'long, unsigned' })
    expect(judged(of('boolean'), 1)).to.include({ is: 'fails', found: 'boolean' })
    expect(judged(of('long'), 2)).to.include({ is: 'fails', found: '2' })
    expect(judged({ unsigned: 1 }, 1)).to.include({ is: 'fails' })
  })
  it('remarks another type of number', () => {
    expect(judged(of('double-long'), 1)).to.include({ is: 'remark', ruling: 'C8' })
  })
})

describe('server-title', () => {
  const TITLE: Value = { 'octet-string': '53494D0000BC614E' }
  const NAME: Value = { 'octet-string': '53494D30303030303132333435363738' }

  it('compares the title with that of the AARE, where there is one', () => {
    expect(serverTitle(TITLE, { responding: '53494d0000bc614e', name: NAME })).to.deep.equal({ is: 'pass' })
    expect(serverTitle(TITLE, { responding: '', name: NAME })).to.deep.equal({ is: 'pass' })
    expect(serverTitle(TITLE, { responding: '58595A0000000001', name: NAME })).to.include({ is: 'fails' })
  })
  it('remarks another manufacturer than that of the logical device name', () => {
    const other = { 'octet-string': '58595A30303030303132333435363738' }
    expect(serverTitle(TITLE, { responding: '', name: other })).to.include({ is: 'remark' })
  })
})
