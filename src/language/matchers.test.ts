import { expect } from 'chai'
import fc from 'fast-check'
import type { Value } from '../codec/value.ts'
import { fieldsNamed, match } from './matchers.ts'

const ABSENT = undefined
const holds = (matcher: Value, value: Value | undefined): boolean => match(matcher, value) === undefined

type Row = readonly [matcher: Value, right: readonly (Value | undefined)[], wrong: readonly (Value | undefined)[]]
const TABLE: readonly Row[] = [
  [5, [5, '5'], [6, '05', true, null, ABSENT, [5]]],
  ['18446744073709551615', ['18446744073709551615'], ['18446744073709551616', ABSENT]],
  ['FF', ['FF'], ['ff', '0F', 255]],
  [true, [true], [false, 1, ABSENT]],
  [null, [null], [ABSENT, 0, false]],
  ['any', [0, null, '', {}, []], [ABSENT]],
  [{ any: true }, [0, { a: 1 }], [ABSENT]],
  ['absent', [ABSENT], [null, 0, {}]],
  [{ absent: true }, [ABSENT], [null]],
  [
    [1, 'a', { atLeast: 10 }],
    [1, 'a', 11],
    [2, 'b', ABSENT],
  ],
  [{ not: 'success' }, ['failed', 0], ['success', ABSENT]],
  [{ not: 'absent' }, [0, null], [ABSENT]],
  [{ not: [1, 2] }, [3], [1, 2, ABSENT]],
  [{ between: [1, 7] }, [1, 4.5, 7, '7'], [0, 8, 'x', null, ABSENT]],
  [{ between: ['0', '6'] }, ['0', '5', '6'], ['7', 'A', '10', ABSENT]],
  [{ between: ['9', '11'] }, ['10', 10], ['8', '12']],
  [{ atLeast: 2 }, [2, 3], [1, -5, ABSENT]],
  [{ atMost: '18446744073709551615' }, ['18446744073709551615', 0], ['18446744073709551616']],
  [{ atLeast: 2, atMost: 3 }, [2, 3], [1, 4]],
  [{ length: 2 }, ['AABB', 'aa bb'], ['AA', 'AAB', 'text', 2, ABSENT]],
  [{ length: [0, 12] }, ['', '000000000000000000000000'], ['00']],
  [
    { count: { atLeast: 2 } },
    [
      [1, 2],
      [1, 2, 3],
    ],
    [[1], 'AABB', ABSENT],
  ],
  [{ each: { atMost: 3 } }, [[], [1, 3]], [[1, 4], 3, ABSENT]],
  [{ some: 'a' }, [['b', 'a']], [[], ['b'], 'a', ABSENT]],
  [{ octets: '7E??' }, ['7E00', '7eff', '7E AB'], ['7E', '7E0000', '8E00', 0, ABSENT]],
  [{ octets: '7' }, ['7'], ['07']],
  [{ same: [1, { a: 2 }] }, [[1, { a: 2 }]], [[1, { a: 2, b: 3 }], [{ a: 2 }, 1], ABSENT]],
  [{ differs: 'AA' }, ['BB', 0], ['AA', ABSENT]],
  [{ default: 128, between: [1, 128] }, [1, 128, ABSENT], [0, 129]],
  [{ default: 128, between: [1, 64] }, [64], [128, ABSENT]],
  [{ default: 128 }, [ABSENT, 1], []],
  [{}, [0, {}, []], [ABSENT]],
  [{ a: 1, b: 'absent' }, [{ a: 1 }, { a: 1, c: 2 }], [{ a: 1, b: 2 }, { b: 1 }, {}, 5, ABSENT]],
  [{ a: { b: { default: 1, atMost: 1 } } }, [{ a: { b: 0 } }, { a: {} }, {}, ABSENT], [{ a: { b: 2 } }, { a: 5 }]],
]

describe('matchers', () => {
  for (const [matcher, right, wrong] of TABLE)
    it(JSON.stringify(matcher), () => {
      for (const value of right) expect(match(matcher, value), JSON.stringify(value)).to.equal(undefined)
      for (const value of wrong) expect(match(matcher, value), JSON.stringify(value)).to.not.equal(undefined)
    })

  it('a key that the value has is a field, whatever operator has its name', () => {
    expect(holds({ length: 12 }, { type: 'A', length: 12 })).to.equal(true)
    expect(holds({ length: 12 }, { type: 'A', length: 11 })).to.equal(false)
    expect(holds({ octets: '8180' }, { octets: '8180' })).to.equal(true)
    expect(holds({ length: 12 }, { type: 'A' })).to.equal(false)
    expect(holds({ default: 1 }, { default: 2 })).to.equal(false)
  })

  it('say where, what was expected, what was found', () => {
    expect(match({ control: { 'n-r': { between: [1, 3] } } }, { control: { 'n-r': 4 } })).to.deep.equal({
      path: 'control.n-r',
      expected: '1 to 3',
      found: '4',
    })
    expect(match({ each: { a: 1 } }, [{ a: 1 }, { a: 2 }])).to.deep.equal({ path: '[1].a', expected: '1', found: '2' })
    expect(match({ rows: { each: 1 } }, { rows: [1, 2] })).to.deep.equal({ path: 'rows[1]', expected: '1', found: '2' })
    expect(match({ a: 1 }, ABSENT)).to.deep.equal({ path: 'a', expected: '1', found: 'nothing' })
    expect(match({ a: 1 }, 'AA')).to.deep.equal({ path: 'a', expected: '1', found: 'no fields, but AA' })
    expect(match({ length: { atMost: 2 } }, '00AABB')).to.deep.equal({
      path: '',
      expected: '{"atMost":2} octets',
      found: '3',
    })
    expect(match({ not: ['a', 'b'] }, 'a')).to.deep.equal({ path: '', expected: 'not one of a, b', found: 'a' })
  })

  const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
  const group = fc.dictionary(fc.constantFrom('a', 'b-c', 'n-s', 'final'), scalar)

  it('a group of literals matches itself and any group with more fields', () => {
    fc.assert(
      fc.property(group, scalar, (fields, more) => {
        expect(holds(fields, { ...fields, more })).to.equal(true)
      }),
    )
  })

  it('not is the opposite for whatever is there', () => {
    fc.assert(
      fc.property(group, group, (matcher, value) => {
        expect(holds({ not: matcher }, value)).to.equal(!holds(matcher, value))
      }),
    )
  })

  it('one of holds when one of them does', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 1 }), scalar, (list, value) => {
        expect(holds(list, value)).to.equal(list.some((one) => holds(one, value)))
      }),
    )
  })

  it('never throw, whatever is matched with whatever', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (matcher, value) => {
        match(matcher as Value, value as Value)
      }),
    )
  })
})

describe('fields named by a matcher', () => {
  it('are all that it looks at, with those around them', () => {
    expect(fieldsNamed({ 'n-r': 0, information: { window: { between: [1, 7], default: 1 } } })).to.deep.equal([
      'n-r',
      'information',
      'information.window',
    ])
    expect(fieldsNamed({ any: true })).to.deep.equal([])
    expect(fieldsNamed([{ a: 1 }, { a: 2, b: 1 }])).to.deep.equal(['a', 'b'])
    expect(fieldsNamed({ not: { a: { b: 1 } } })).to.deep.equal(['a', 'a.b'])
    expect(fieldsNamed('any')).to.deep.equal([])
  })

  it('are named in both readings where a key may be a field or an operator', () => {
    expect(fieldsNamed({ format: { length: 12 } })).to.deep.equal(['format', 'format.length'])
  })
})
