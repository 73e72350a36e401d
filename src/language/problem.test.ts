import { expect } from 'chai'
import { inOrder, type Problem, renderProblem } from './problem.ts'

const problem: Problem = {
  file: 'suites/cards/CARD_1.json',
  line: 2,
  column: 5,
  code: 'unknown-key',
  expected: 'send, expect',
  found: '"sned"',
  hint: 'did you mean send?',
}

describe('a problem in words', () => {
  it('says where, what was expected, what was found, the nearest word, and shows it', () => {
    expect(renderProblem(problem, '[\n  { "sned": 1 }\n]')).to.equal(
      [
        'suites/cards/CARD_1.json:2:5: error: expected send, expect, found "sned" [unknown-key]',
        '  did you mean send?',
        '2 |   { "sned": 1 }',
        '        ^',
      ].join('\n'),
    )
  })

  it('is one line without a hint and without the text', () => {
    const { hint, ...bare } = problem
    expect(hint).to.be.a('string')
    expect(renderProblem({ ...bare, remark: true })).to.equal(
      'suites/cards/CARD_1.json:2:5: remark: expected send, expect, found "sned" [unknown-key]',
    )
  })

  it('cuts a long line around the place', () => {
    const text = `${'a'.repeat(200)}X${'b'.repeat(200)}`
    const shown = renderProblem({ ...problem, line: 1, column: 201 }, text)
      .split('\n')
      .slice(-2)
    expect(shown).to.deep.equal([`1 | …${'a'.repeat(50)}X${'b'.repeat(49)}…`, `${' '.repeat(55)}^`])
    expect(shown[0]?.[shown[1]?.length === undefined ? 0 : shown[1].length - 1]).to.equal('X')
  })

  it('shows control characters and bidi marks as dots', () => {
    expect(renderProblem({ ...problem, line: 1 }, 'a\u001b[31m\u202eb')).to.contain('1 | a·[31m·b')
  })

  it('stands alone where the line is not in the text', () => {
    expect(renderProblem(problem, 'one line').split('\n')).to.have.length(2)
  })
})

describe('problems', () => {
  it('come in the order of the file, each once', () => {
    const at = (file: string, line: number, column: number): Problem => ({ ...problem, file, line, column })
    const mixed = [at('b', 1, 1), at('a', 2, 1), at('a', 1, 9), at('a', 1, 2), at('a', 1, 9)]
    expect(inOrder(mixed).map(({ file, line, column }) => `${file}${line}:${column}`)).to.deep.equal([
      'a1:2',
      'a1:9',
      'a2:1',
      'b1:1',
    ])
  })
})
