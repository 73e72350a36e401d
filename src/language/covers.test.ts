import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { covers } from './covers.ts'

const TABLE: readonly (readonly [first: Value, second: Value, covered: boolean])[] = [
  ['any', 5, true],
  [{}, { a: 1 }, true],
  [{ any: true }, ['a', 'b'], true],
  ['any', 'absent', false],
  ['any', { default: 1 }, false],
  [5, 5, true],
  [5, 6, false],
  [5, '$five', false],
  ['$five', '$five', true],
  ['$five', 5, false],
  [[1, 2, 3], [2, 3], true],
  [[1, 2], [2, 3], false],
  [[1, 2], 2, true],
  [{ atLeast: 2 }, 3, true],
  [{ atLeast: 2 }, 1, false],
  [{ atLeast: 2 }, { between: [3, 5] }, true],
  [{ atMost: 4 }, { between: [3, 5] }, false],
  [{ between: [1, 9] }, { atLeast: 2, atMost: 8 }, true],
  [{ between: [1, 9] }, { atLeast: 2 }, false],
  [{ not: 'a' }, 'b', true],
  [{ not: 'a' }, 'a', false],
  [{ not: 'a' }, { not: 'a' }, true],
  [{ not: '$a' }, 'b', false],
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: 'any' }, { b: 1 }, false],
  [{ a: { b: [1, 2] } }, { a: { b: 1 } }, true],
  [{ w: true }, { w: false }, false],
  [{ a: 'absent' }, {}, false],
  [{ a: 'absent' }, { a: 'absent', b: 1 }, true],
]

describe('an alternative that swallows another', () => {
  for (const [first, second, covered] of TABLE)
    it(`${JSON.stringify(first)} ${covered ? 'covers' : 'does not cover'} ${JSON.stringify(second)}`, () => {
      expect(covers(first, second)).to.equal(covered)
    })
})
