import { expect } from 'chai'
import { isOperator } from './operator.ts'
import type { Value } from './value.ts'

describe('an operator', () => {
  const good: readonly Value[] = [
    'drop',
    'repeat',
    'zero',
    { set: '' },
    { set: '7E 7E' },
    { flip: '0001' },
    { add: -1 },
    { keep: 0 },
    { cut: 2 },
    { cut: { at: 1, count: 2 } },
    { insert: { at: 0, octets: 'FF' } },
    { 'move-after': 'hdlc.control' },
  ]
  for (const value of good) it(`${JSON.stringify(value)} is one`, () => expect(isOperator(value)).to.equal(true))

  const bad: readonly Value[] = [
    'truncate',
    null,
    3,
    [],
    {},
    { set: 'xy' },
    { set: '7' },
    { flip: '' },
    { add: 0.5 },
    { add: '1' },
    { keep: -1 },
    { cut: { at: 1 } },
    { cut: { at: 1, count: 1, more: 1 } },
    { insert: { at: 0, octets: 'F' } },
    { 'move-after': 1 },
    { set: '00', flip: '01' },
    { flop: '01' },
  ]
  for (const value of bad) it(`${JSON.stringify(value)} is none`, () => expect(isOperator(value)).to.equal(false))
})
