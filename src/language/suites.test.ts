import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { MADE_UP } from './made-up.words.ts'
import { errorsIn, loadClauses, suiteOf, type TextFile } from './suites.ts'

const SUITE = { id: 'cards', title: 'Cards', order: ['CARD_2', 'CARD_1'], with: { pause: 5 } }
const card = (id: string, more: object = {}): object => ({
  id,
  title: 'A card is answered',
  proves: [{ clause: 'card.check', level: 'MUST' }],
  effect: 'reads',
  given: 'link',
  steps: [{ wait: '$pause' }, { send: { hello: {} }, expect: [{ welcome: {} }] }],
  kills: ['card.deaf'],
  ...more,
})
const file = (name: string, content: unknown): TextFile => ({
  file: `suites/cards/${name}.json`,
  text: JSON.stringify(content),
})
const loaded = (...files: readonly TextFile[]) => suiteOf('suites/cards', files, MADE_UP)
const ONE = file('CARD_1', card('CARD_1'))
const TWO = file('CARD_2', card('CARD_2'))
const codes = (...files: readonly TextFile[]): readonly string[] =>
  loaded(...files).problems.map(({ code, found }) => `${code} | ${found}`)

describe('a suite', () => {
  it('has its cases in its order', () => {
    const suite = loaded(ONE, TWO, file('suite', SUITE))
    expect(suite).to.deep.include({ id: 'cards', title: 'Cards', problems: [] })
    expect(suite.cases.map((one) => one.case.id)).to.deep.equal(['CARD_2', 'CARD_1'])
    expect(suite.cases[0]?.subCases[0]?.with).to.deep.equal({ pause: 5 })
  })

  it('leaves out a case with errors, and keeps one with remarks', () => {
    const long = card('CARD_2', { purpose: 'x'.repeat(120 * 61) })
    const suite = loaded(
      file('CARD_1', card('CARD_1', { given: undefined })),
      file('CARD_2', long),
      file('suite', SUITE),
    )
    expect(suite.cases.map((one) => one.case.id)).to.deep.equal(['CARD_2'])
    expect(suite.problems.map(({ code }) => code)).to.deep.equal(['no-given', 'long-case'])
    expect(errorsIn(suite.problems).map(({ code }) => code)).to.deep.equal(['no-given'])
  })

  it('names all that is wrong with its files', () => {
    expect(codes(ONE, file('suite', { ...SUITE, id: 'crads' }))).to.deep.equal([
      'other-name | crads',
      'no-such-case | CARD_2',
    ])
    expect(codes(ONE, TWO, file('suite', { ...SUITE, order: ['CARD_1'] }))).to.deep.equal(['not-in-order | no CARD_2'])
    expect(codes(ONE, TWO, file('suite', { ...SUITE, with: { pause: 5, other: 1 } }))).to.deep.equal([
      'unused | other, which nobody reads',
    ])
    expect(codes(ONE)).to.deep.equal(['unknown-reference | pause', 'no-suite | no such file'])
    expect(codes(ONE, file('CARD_2', 5), file('suite', SUITE)).length).to.be.greaterThan(0)
    expect(codes(ONE, { file: 'suites/cards/CARD_2.json', text: '{' }, file('suite', SUITE))).to.deep.equal([
      'syntax | the end of the file',
    ])
  })

  it('has a hash that follows what is said, not how it is laid out', () => {
    const { hash } = loaded(ONE, TWO, file('suite', SUITE))
    const spread = { ...ONE, text: JSON.stringify(JSON.parse(ONE.text), null, 4) }
    expect(loaded(TWO, spread, file('suite', SUITE)).hash).to.equal(hash)
    expect(loaded(TWO, file('CARD_1', card('CARD_1', { title: 'Another' })), file('suite', SUITE)).hash).to.not.equal(
      hash,
    )
    expect(loaded(ONE, TWO, file('suite', { ...SUITE, with: { pause: 6 } })).hash).to.not.equal(hash)
  })
})

describe('the clauses', () => {
  const clause = { book: 'The book of cards', section: 'Checks', text: 'It is checked.', testable: true }
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clauses-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are those of all books', async () => {
    await writeFile(join(folder, 'cards.json'), JSON.stringify({ 'card.check': clause }))
    await writeFile(join(folder, 'letters.json'), JSON.stringify({ 'letter.number': clause }))
    expect(await loadClauses(folder)).to.deep.equal({
      clauses: { 'card.check': clause, 'letter.number': clause },
      problems: [],
    })
  })

  it('stand in one book each', async () => {
    await writeFile(join(folder, 'cards.json'), JSON.stringify({ 'card.check': clause }))
    await writeFile(join(folder, 'more.json'), JSON.stringify({ 'card.check': clause }))
    await writeFile(join(folder, 'worse.json'), '[]')
    const { problems } = await loadClauses(folder)
    expect(problems.map(({ code, line, column }) => [code, line, column])).to.deep.equal([
      ['repeated', 1, 2],
      ['wrong-type', 1, 1],
    ])
  })
})
