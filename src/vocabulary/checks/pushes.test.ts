import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { checks } from './index.ts'

/** `pass`, or how it ends and why. */
function judged(check: string, value: Value, argument?: Value): string {
  const came = checks[check]?.(value, argument)
  return came?.is === 'pass' ? 'pass' : `${came?.is}: ${came?.is === 'fails' ? came.expected : came?.text}`
}

describe('blocks-of-pushes', () => {
  const block = (number: number, last = false): Value => ({ 'block-number': number, 'last-block': last })
  const push = (...blocks: readonly Value[]): Value => ({ blocks, notification: {} })
  for (const [title, pushes, expected] of [
    ['1, 2, 3, the last of them last', [push(block(1), block(2), block(3, true))], /^pass$/],
    ['one block, twice', [push(block(1, true)), push(block(1, true))], /^pass$/],
    ['pushes without blocks', [push()], /^pass$/],
    ['from 0', [push(block(0), block(1, true))], /^remark: blocks 1 to 2 expected, found 0, 1$/],
    ['one left out', [push(block(1), block(3, true))], /^remark: blocks 1 to 2 expected, found 1, 3$/],
    ['none is last', [push(block(1), block(2))], /^remark: last-block/],
    ['each is last', [push(block(1, true), block(2, true))], /^remark: last-block/],
    ['no notification', [{ blocks: [block(1, true)] }], /^fails: a data-notification/],
  ] as const)
    it(title, () => expect(judged('blocks-of-pushes', pushes)).to.match(expected))
})

describe('columns-between', () => {
  const number = (value: number): Value => ({ 'double-long-unsigned': value })
  const name: Value = { 'octet-string': '0000190900FF' }
  const read = (before: readonly Value[], after = before): Value => ({ before, after })
  for (const [title, body, argument, expected] of [
    ['what was read', { structure: [name, number(5)] }, read([name, number(5)]), /^pass$/],
    [
      'what has moved meanwhile',
      { structure: [name, number(6)] },
      read([name, number(5)], [name, number(7)]),
      /^pass$/,
    ],
    ['what is not known', { structure: [number(9)] }, read([null]), /^pass$/],
    ['another order', { structure: [number(5), name] }, read([name, number(5)]), /^fails: value 1: octet-string/],
    ['a value beyond', { structure: [number(8)] }, read([number(5)], [number(7)]), /^fails: value 1: between/],
    ['one left out', { structure: [name] }, read([name, number(5)]), /^fails: 2 values/],
    ['no structure', number(5), read([name, number(5)]), /^fails: a structure$/],
    ['a single value, bare', number(5), read([number(5)]), /^remark: a single value comes bare/],
    ['no body', { strange: 1 }, read([name]), /^fails: a notification-body$/],
    ['nothing to compare with', { structure: [name] }, {}, /^fails: what was read/],
  ] as const)
    it(title, () => expect(judged('columns-between', body, argument)).to.match(expected))
})

describe('spread-within', () => {
  const after = (...delays: readonly number[]): Value => delays.map((ms) => ({ 'after-ms': ms }))
  for (const [title, pushes, expected] of [
    ['spread', after(1200, 30_000, 55_000), /^pass$/],
    ['a little late', after(1200, 65_000), /^pass$/],
    ['too late', after(1200, 70_000), /^fails: all within 60000 ms$/],
    ['all at once', after(20, 25, 30), /^fails: 3 pushes spread over 60000 ms$/],
    ['none', after(), /^fails: pushes$/],
  ] as const)
    it(title, () => expect(judged('spread-within', pushes, 60_000)).to.match(expected))
})
