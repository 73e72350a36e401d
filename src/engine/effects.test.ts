import { expect } from 'chai'
import { refusedBy } from './effects.ts'
import { worse } from './verdict.ts'

const leave = (allowed: readonly string[] = [], everything = false, never: readonly string[] = []) => ({
  allowed: new Set(allowed),
  everything,
  never: new Set(never),
})

describe('leave for effects', () => {
  it('reads and volatile need none', () => {
    expect(refusedBy(leave(), 'reads', [])).to.equal(undefined)
    expect(refusedBy(leave(), 'volatile', ['clock'])).to.equal(undefined)
  })
  it('all else needs the effect and each thing touched by name, and says the words to add', () => {
    expect(refusedBy(leave(), 'persistent', ['keys'])).to.contain('--allow persistent --allow keys')
    expect(refusedBy(leave(['persistent']), 'persistent', ['keys'])).to.contain('--allow keys')
    expect(refusedBy(leave(['persistent', 'keys']), 'persistent', ['keys'])).to.equal(undefined)
    expect(refusedBy(leave(['irreversible']), 'persistent', [])).to.contain('--allow persistent')
  })
  it('a simulated meter allows everything, but for what its declaration forbids', () => {
    expect(refusedBy(leave([], true), 'irreversible', ['firmware'])).to.equal(undefined)
    expect(refusedBy(leave(['irreversible', 'firmware'], true, ['firmware']), 'irreversible', ['firmware'])).to.contain(
      'testing.never',
    )
  })
})

describe('verdicts', () => {
  it('FAILED > ERROR > INCONCLUSIVE > PASSED > INAPPLICABLE', () => {
    const order = ['FAILED', 'ERROR', 'INCONCLUSIVE', 'PASSED', 'INAPPLICABLE'] as const
    order.forEach((one, i) => {
      for (const other of order.slice(i)) {
        expect(worse(one, other)).to.equal(one)
        expect(worse(other, one)).to.equal(one)
      }
    })
  })
})
