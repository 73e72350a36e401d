import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { checks } from './index.ts'

const is = (name: string, value: Value, argument?: Value): string => {
  const came = checks[name]?.(value, argument)
  return came?.is === 'pass' ? 'pass' : `${came?.is}: ${came?.is === 'fails' ? came.expected : came?.text}`
}
const n = (value: number): Value => ({ 'double-long-unsigned': value })
const time = (second: string): Value => ({ 'octet-string': `07EA010104010000${second}FFC400` })
const body = (...values: readonly Value[]): Value => ({ structure: values })

describe('columns-between', () => {
  const before = [n(5), time('10'), null]
  const after = [n(7), time('20'), null]
  for (const [title, value, expected] of [
    ['values of before', body(n(5), time('10'), n(1)), 'pass'],
    ['values between', body(n(6), time('15'), n(1)), 'pass'],
    [
      'a number outside',
      body(n(8), time('15'), n(1)),
      'fails: value 1: between double-long-unsigned 5 and double-long-unsigned 7',
    ],
    [
      'another type',
      body({ 'long-unsigned': 5 }, time('15'), n(1)),
      'fails: value 1: double-long-unsigned, as GET reads it',
    ],
    ['one too few', body(n(5), time('10')), 'fails: 3 values, as push_object_list has'],
    ['no structure', n(5), 'fails: a structure'],
  ] as const)
    it(title, () => {
      expect(is('columns-between', value, { before, after })).to.equal(expected)
    })

  it('a constant is what it is', () => {
    expect(is('columns-between', body(n(6)), { before: [n(5)], after: [n(5)] })).to.equal(
      'fails: value 1: double-long-unsigned 5',
    )
  })

  it('a single value may come bare, with a remark', () => {
    const one = { before: [n(5)], after: [n(5)] }
    expect(is('columns-between', n(5), one)).to.equal('remark: a single value comes bare, not in a structure')
    expect(is('columns-between', body(n(5)), one)).to.equal('pass')
  })
})

describe('blocks-of-pushes', () => {
  const block = (number: number, last = false): Value => ({ 'block-number': number, 'last-block': last })
  const push = (...blocks: readonly Value[]): Value => ({ blocks, notification: {} })
  for (const [title, pushes, expected] of [
    ['one APDU', [push()], 'pass'],
    ['numbered from 1, the last one last', [push(block(1), block(2, true)), push(block(1, true))], 'pass'],
    ['from 0', [push(block(0), block(1, true))], 'remark: blocks 1 to 2 expected, found 0, 1'],
    ['a gap', [push(block(1), block(3, true))], 'remark: blocks 1 to 2 expected, found 1, 3'],
    ['no last one', [push(block(1), block(2))], 'remark: last-block expected on the last block and on no other'],
    [
      'nothing in them',
      [{ blocks: [block(1, true)], notification: null }],
      'fails: a data-notification in the blocks together',
    ],
  ] as const)
    it(title, () => {
      expect(is('blocks-of-pushes', pushes)).to.equal(expected)
    })
})

describe('spread-within', () => {
  const pushes = (...delays: readonly number[]): Value => delays.map((delay) => ({ 'after-ms': delay }))
  for (const [title, delays, expected] of [
    ['spread', [100, 9000, 4000], 'pass'],
    ['late, within what limits tolerate', [100, 10_900], 'pass'],
    ['too late', [100, 11_100], 'fails: all within 10000 ms'],
    ['at once', [20, 30, 2000], 'fails: 3 pushes spread over 10000 ms'],
    ['none', [], 'fails: pushes'],
  ] as const)
    it(title, () => {
      expect(is('spread-within', pushes(...delays), 10_000)).to.equal(expected)
    })
})
