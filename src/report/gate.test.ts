import { expect } from 'chai'
import { gate, type Outcome } from './gate.ts'
import { NONE } from './model.ts'

describe('exit codes: the first that holds', () => {
  const all = { PASSED: 1, FAILED: 1, INCONCLUSIVE: 1, INAPPLICABLE: 1, ERROR: 1 }
  const table: readonly (readonly [string, Partial<Outcome['summary']>, Outcome['ended'], boolean, number])[] = [
    ['interrupted, whatever was found', all, 'interrupted', false, 130],
    ['a FAILED', all, 'complete', false, 1],
    ['a FAILED in a run that was cut off', { FAILED: 1 }, 'cut-off', false, 1],
    ['a FAILED is never let through', { FAILED: 1, PASSED: 9 }, 'complete', true, 1],
    ['an ERROR', { ...all, FAILED: 0 }, 'complete', false, 4],
    ['an ERROR is never let through', { ERROR: 1, PASSED: 9 }, 'complete', true, 4],
    ['an ERROR of the whole run', { INCONCLUSIVE: 3 }, 'error', false, 4],
    ['no footer', { PASSED: 3 }, 'cut-off', false, 4],
    ['an INCONCLUSIVE', { INCONCLUSIVE: 1, PASSED: 9 }, 'complete', false, 2],
    ['an INCONCLUSIVE, lenient', { INCONCLUSIVE: 1, PASSED: 1 }, 'complete', true, 0],
    ['an INCONCLUSIVE, lenient, and nothing passed', { INCONCLUSIVE: 1, INAPPLICABLE: 1 }, 'complete', true, 2],
    ['nothing selected', {}, 'complete', false, 5],
    ['all INAPPLICABLE', { INAPPLICABLE: 4 }, 'complete', false, 5],
    ['all INAPPLICABLE, lenient', { INAPPLICABLE: 4 }, 'complete', true, 5],
    ['passed', { PASSED: 1, INAPPLICABLE: 4 }, 'complete', false, 0],
  ]
  for (const [name, summary, ended, lenient, exit] of table) {
    it(`${exit}: ${name}`, () => expect(gate({ summary: { ...NONE, ...summary }, ended }, { lenient })).to.equal(exit))
  }
})
