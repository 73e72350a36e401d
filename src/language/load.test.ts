import { expect } from 'chai'
import { load, type Source } from './load.ts'

const loaded = (text: string): Source => {
  const result = load('a.json', text)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

describe('loading', () => {
  it('gives the value and where each part of it stands', () => {
    const source = loaded('{\n  "a": [1, {"b": "x"}]\n}')
    expect(source.value).to.deep.equal({ a: [1, { b: 'x' }] })
    expect(source.positionOf([])).to.deep.equal({ line: 1, column: 1 })
    expect(source.positionOf(['a'])).to.deep.equal({ line: 2, column: 8 })
    expect(source.positionOf(['a'], 'key')).to.deep.equal({ line: 2, column: 3 })
    expect(source.positionOf(['a', 1, 'b'])).to.deep.equal({ line: 2, column: 18 })
  })

  it('gives the nearest place above for a path that leads nowhere', () => {
    const source = loaded('{\r\n"a": {"b": 1}}')
    expect(source.positionOf(['a', 'c', 'd'], 'key')).to.deep.equal({ line: 2, column: 6 })
  })

  it('keeps keys that an object has by itself', () => {
    const { value } = loaded('{"__proto__": 1, "constructor": 2}')
    expect(Object.keys(value as object)).to.deep.equal(['__proto__', 'constructor'])
  })

  const refused: readonly (readonly [text: string, code: string, line: number, column: number, found: string])[] = [
    ['', 'syntax', 1, 1, 'the end of the file'],
    ['{"a": 1,}', 'syntax', 1, 9, '"}"'],
    ['[1,]', 'syntax', 1, 4, '"]"'],
    ['{"a": 01}', 'syntax', 1, 8, '"1"'],
    ['// a\n{}', 'syntax', 1, 1, '"/"'],
    ['{} x', 'syntax', 1, 4, '"x"'],
    ["{'a': 1}", 'syntax', 1, 2, '"\'"'],
    ['{"a": 1, "b": {"c": 1, "c": 2}}', 'duplicate-key', 1, 24, 'a second "c"'],
    ['{"a": 9007199254740992}', 'unsafe-integer', 1, 7, '9007199254740992'],
    ['[-9007199254740993]', 'unsafe-integer', 1, 2, '-9007199254740993'],
    ['[1e999]', 'unsafe-integer', 1, 2, '1e999'],
  ]
  for (const [text, code, line, column, found] of refused)
    it(`refuses ${JSON.stringify(text)}`, () => {
      const result = load('a.json', text)
      expect(result.ok).to.equal(false)
      if (!result.ok) expect(result.failure[0]).to.include({ file: 'a.json', code, line, column, found })
    })

  it('takes the largest integers that are exact', () => {
    expect(loaded('[9007199254740991, -9007199254740991, 0.5]').value).to.deep.equal([
      9007199254740991, -9007199254740991, 0.5,
    ])
  })

  it('does not follow endless depth, and does not count brackets in strings', () => {
    const deep = load('a.json', '['.repeat(100_000))
    expect(!deep.ok && deep.failure[0]?.code).to.equal('too-deep')
    expect(load('a.json', JSON.stringify(`"\\${'['.repeat(500)}`)).ok).to.equal(true)
    const large = load('a.json', ' '.repeat(4_000_001))
    expect(!large.ok && large.failure[0]?.code).to.equal('too-large')
  })
})
