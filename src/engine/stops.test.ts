import { expect } from 'chai'
import { stoppedByJudgement } from './stops.ts'

const fails = {
  is: 'fails',
  reason: { text: 'another number' },
  clauses: ['the.rule', 'the.claim'],
  severity: 'defect',
  noise: false,
} as const
const ofRule = { ...fails, ofRule: { clause: 'the.rule' } } as const
const PREPARE = { block: 'prepare', step: 0 } as const

describe('what fails in prepare', () => {
  const verdict = (judgement: typeof fails | typeof ofRule, shown: readonly string[]) =>
    stoppedByJudgement(judgement, PREPARE, 'defect', [], new Set(shown))

  it('has judged nothing', () => expect(verdict(fails, [])).to.deep.include({ verdict: 'INCONCLUSIVE', clauses: [] }))
  it('is a fault all the same where it breaks a rule of every message, and of that rule alone', () =>
    expect(verdict(ofRule, ['another.rule'])).to.deep.include({
      verdict: 'FAILED',
      clauses: ['the.rule'],
      ofRule: { clause: 'the.rule' },
    }))
  it('is told once', () =>
    expect(verdict(ofRule, ['the.rule'])).to.deep.include({ verdict: 'INCONCLUSIVE', clauses: [] }))
  it('is FAILED by all its clauses in steps', () =>
    expect(stoppedByJudgement(ofRule, { block: 'steps', step: 0 }, 'defect', [], new Set())).to.deep.include({
      verdict: 'FAILED',
      clauses: ['the.rule', 'the.claim'],
    }))
})
