import { expect } from 'chai'
import fc from 'fast-check'
import type { Value } from '../codec/value.ts'
import { durationOf, referencesIn, resolve, withinOf } from './references.ts'

const scope = {
  testing: { timing: { responseMs: 1500, interFrameMs: 25 }, list: ['a', { b: 2 }] },
  n: 4294967295,
  big: '18446744073709551615',
  time: '2024-03-31T00:59:59Z',
}

const value = (written: Value, own: Readonly<Record<string, Value>> = {}): Value => {
  const result = resolve(written, scope, own)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
const failure = (written: Value, own: Readonly<Record<string, Value>> = {}) => {
  const result = resolve(written, scope, own)
  return result.ok ? undefined : result.failure
}

describe('references', () => {
  it('are whole strings, however deep', () => {
    expect(value({ a: ['$testing.timing.responseMs', { b: '$testing.list.1.b' }], c: 'x $n' })).to.deep.equal({
      a: [1500, { b: 2 }],
      c: 'x $n',
    })
  })

  it('$$ is a dollar at the beginning', () => {
    expect(value(['$$n', '$$', '$', 'a$b'])).to.deep.equal(['$n', '$', '$', 'a$b'])
  })

  it('are followed in what the suite wrote, not in data of the meter', () => {
    expect(value('$wanted', { wanted: [{ welcome: '$n' }] })).to.deep.equal([{ welcome: 4294967295 }])
    expect(resolve('$saved', { saved: '$testing.secret', testing: 1 })).to.deep.equal({
      ok: true,
      value: '$testing.secret',
    })
  })

  it('are followed through what stands on the way', () => {
    expect(value('$timing.responseMs', { timing: '$testing.timing' })).to.equal(1500)
    expect(value('$row.of.b', { row: { of: '$testing.list.1' } })).to.equal(2)
  })

  it('of the suite win over those of the tool', () => {
    expect(value('$n', { n: 1 })).to.equal(1)
  })

  it('that lead nowhere are told with the nearest name', () => {
    expect(failure('$testing.timing.responsMs')).to.deep.equal({
      is: 'missing',
      path: 'testing.timing.responsMs',
      expected: 'a field of $testing.timing',
      found: '"responsMs"',
      hint: 'did you mean $testing.timing.responseMs?',
    })
    expect(failure('$tesing.timing.responseMs')).to.include({
      expected: 'a known name',
      hint: 'did you mean $testing.timing.responseMs?',
    })
    expect(failure('$testing.list.7')).to.include({ is: 'missing', found: '"7", and the list has 2' })
    expect(failure('$n.x')).to.include({ is: 'missing', found: '"x"' })
    expect(failure('$testing.constructor')).to.include({ is: 'missing' })
    expect(failure('$__proto__')).to.include({ is: 'missing' })
  })

  it('that never end are told', () => {
    expect(failure('$a', { a: '$b', b: ['$a'] })).to.include({ is: 'circular', found: '$a → $b → $a' })
    expect(failure('$a.x', { a: '$a' })?.is).to.equal('circular')
  })

  it('add to numbers, counters and times', () => {
    expect(value({ add: ['$n', 1] })).to.equal(4294967296)
    expect(value({ add: ['$big', -1] })).to.equal('18446744073709551614')
    expect(value({ add: ['$time', 1] })).to.equal('2024-03-31T01:00:00.000Z')
    expect(failure({ add: ['$testing.list', 1] })).to.include({ is: 'not-a-number', path: 'testing.list' })
    expect(failure({ add: ['$n', '$big'] })).to.include({ is: 'not-a-number' })
  })

  it('take the smallest of numbers', () => {
    expect(value({ smallest: ['$n', 64] })).to.equal(64)
    expect(value({ smallest: ['$testing.undeclared', 64] })).to.equal(64)
    expect(failure({ smallest: ['$big', 64] })).to.include({ is: 'not-a-number' })
  })

  it('leave the operator add alone', () => {
    expect(value({ add: 1 })).to.deep.equal({ add: 1 })
    expect(value({ add: '$n' })).to.deep.equal({ add: 4294967295 })
  })

  it('leave a value without dollars as it is', () => {
    const plain = fc
      .jsonValue({ noUnicodeString: false })
      .filter((json) => !JSON.stringify(json).includes('$') && !JSON.stringify(json).includes('"add"'))
    fc.assert(
      fc.property(plain, (json) => {
        expect(value(json as Value)).to.deep.equal(json)
      }),
    )
  })

  it('are found with where they stand', () => {
    expect(referencesIn({ a: ['$b.c', { d: '$e' }], f: '$$g' })).to.deep.equal([
      { reference: ['b', 'c'], at: ['a', 0] },
      { reference: ['e'], at: ['a', 1, 'd'] },
    ])
  })
})

describe('durations', () => {
  const ms = (written: Value, own: Readonly<Record<string, Value>> = {}) => durationOf(written, scope, own)

  it('are ms, a reference, or a part of one', () => {
    expect(ms(20)).to.deep.equal({ ok: true, value: 20 })
    expect(ms('$testing.timing.responseMs')).to.deep.equal({ ok: true, value: 1500 })
    expect(ms({ of: '$testing.timing.interFrameMs', percent: 110, plus: 20 })).to.deep.equal({ ok: true, value: 47.5 })
    expect(ms('$pause', { pause: { of: '$testing.timing.responseMs', plus: 5 } })).to.deep.equal({
      ok: true,
      value: 1505,
    })
  })

  it('are neither negative nor something else', () => {
    expect(ms(-1)).to.have.nested.property('failure.is', 'not-a-duration')
    expect(ms('$testing.list')).to.have.nested.property('failure.path', 'testing.list')
    expect(ms({ of: '$testing.timing.interFrameMs', plus: -26 })).to.have.nested.property(
      'failure.path',
      'testing.timing.interFrameMs',
    )
    expect(ms('$nothing')).to.have.nested.property('failure.is', 'missing')
  })

  it('within: at most, or from … to', () => {
    expect(withinOf('$testing.timing.responseMs', scope)).to.deep.equal({ ok: true, value: [0, 1500] })
    expect(withinOf([20, '$testing.timing.responseMs'], scope)).to.deep.equal({ ok: true, value: [20, 1500] })
    expect(withinOf('$reaction', scope, { reaction: [200, 1500] })).to.deep.equal({ ok: true, value: [200, 1500] })
    expect(withinOf([20], scope)).to.have.property('ok', false)
  })
})
