import { expect } from 'chai'
import { lackOf } from './needs.ts'

it('what a case needs of the bench', () => {
  expect(lackOf(['power'], new Set(['power']))).to.equal(undefined)
  expect(lackOf(['power', 'impair'], new Set(['power']))).to.equal('the bench lacks: impair')
})
