import { expect } from 'chai'
import { lackOf } from './needs.ts'

const scope = (security: Readonly<Record<string, boolean>> | undefined) => ({
  testing: { clients: { spent: security === undefined ? {} : { security } } },
})

describe('what a case needs', () => {
  it('of the bench', () => {
    expect(lackOf(['power'], new Set(['power']), 'spent', {})).to.equal(undefined)
    expect(lackOf(['power', 'impair'], new Set(['power']), 'spent', {})).to.equal('the bench lacks: impair')
  })
  it('of the keys of the client, with the words to add to its declaration', () => {
    const needs = ['forTestKeys']
    expect(lackOf(needs, new Set(), 'spent', scope({ forTest: true }))).to.equal(undefined)
    for (const security of [undefined, {}, { forTest: false }])
      expect(lackOf(needs, new Set(), 'spent', scope(security))).to.match(
        /declare "forTest": true in testing\.clients\.spent\.security$/,
      )
    expect(lackOf(needs, new Set(), undefined, {}), 'not known yet').to.equal(undefined)
    expect(lackOf([], new Set(), 'spent', scope({}))).to.equal(undefined)
    expect(lackOf(['power', ...needs], new Set(), 'spent', scope({ forTest: true }))).to.equal('the bench lacks: power')
  })
})
