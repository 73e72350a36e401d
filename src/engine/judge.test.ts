import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import { alternativesOf } from './alternative.ts'
import { judge, type StepRules } from './judge.ts'
import type { Evidence, Outcome } from './vocabulary.ts'
import { windowOf } from './window.ts'

const NOISELESS = { percent: 0, plusMs: 0 }

function rules(
  expected: Value,
  more: Partial<StepRules> & { readonly within?: readonly [number, number] } = {},
): StepRules {
  const alternatives = alternativesOf(expected)
  const window = windowOf({
    alternatives,
    ...(more.within ? { within: more.within } : {}),
    responseMs: 1000,
    tolerance: more.tolerance ?? NOISELESS,
    layer: 'hdlc',
  })
  return {
    alternatives,
    never: [],
    clauses: ['case.clause'],
    severity: 'defect',
    window,
    tolerance: NOISELESS,
    ...more,
  }
}

const outcome = (names: Outcome['names'], more: Partial<Outcome> = {}): Outcome => ({
  names,
  broken: [],
  noise: false,
  text: Object.keys(names).join(' '),
  afterMs: 20,
  ...more,
})

const evidence = (one: Outcome, more: Partial<Evidence> = {}): Evidence => ({
  outcome: one,
  during: [one],
  surplus: [],
  unsolicited: [],
  saved: {},
  ...more,
})

const ua = outcome({ frame: 'ua', ua: { final: true } })
const dm = outcome({ frame: 'dm', dm: { final: true }, refused: 'dm' })
const silence = outcome({ silent: { ms: 1000 } }, { noise: true })

describe('judge', () => {
  it('passes on the first alternative that matches', () => {
    expect(judge(rules([{ dm: {} }, { ua: {} }]), evidence(ua))).to.deep.equal({ is: 'pass', remarks: [] })
  })

  it('takes a reset for an end of the connection, with a remark, where nothing is said of a reset', () => {
    const reset = evidence(outcome({ reset: true }))
    expect(judge(rules([{ ua: {} }, { closed: true }]), reset)).to.deep.include({
      is: 'pass',
      remarks: [{ text: 'the connection was reset instead of closed', ruling: 'G5', severity: 'defect' }],
    })
    expect(judge(rules([{ ua: {} }, { closed: true, id: 'given-up', fails: 'given up' }]), reset)).to.deep.include({
      is: 'fails',
    })
    expect(judge(rules([{ ua: {} }]), reset).is).to.equal('fails')
  })

  it('is undecided where nothing was asked, with what to do about it', () => {
    const missing = outcome({ unlisted: true }, { text: 'no such object', advice: 'Look at the declaration.' })
    expect(judge(rules([{ ua: {} }], { doing: 'read' }), evidence(missing))).to.deep.equal({
      is: 'undecided',
      reason: {
        text: 'to read came to no such object',
        expected: 'ua',
        found: 'no such object',
        hint: 'Look at the declaration.',
      },
    })
    expect(judge(rules([{ unlisted: 'any' }]), evidence(missing)).is, 'unless the suite asks for it').to.equal('pass')
  })

  it('fails when no alternative matches, and tells what was expected and what came', () => {
    const judged = judge(rules([{ ua: {} }]), evidence(dm))
    expect(judged).to.deep.include({ is: 'fails', clauses: ['case.clause'], noise: false })
    if (judged.is === 'fails') expect(judged.reason).to.include({ expected: 'ua', found: 'frame dm refused' })
  })

  it('names the field that differs', () => {
    const rr = outcome({ rr: { 'n-r': 1, final: true } })
    const judged = judge(rules([{ rr: { 'n-r': 0 } }]), evidence(rr))
    if (judged.is !== 'fails') throw new Error('it must fail')
    expect(judged.reason.field).to.equal('rr.n-r')
    expect(judged.reason.text).to.contain('expected 0, found 1')
  })

  describe('a rule that is broken where a case only comes by', () => {
    const broken = { rule: 'final-bit', clause: 'hdlc.final-bit', expected: 'F=1', found: 'F=0' }
    const came = (more = {}): Evidence => evidence(outcome({ ua: {} }, { broken: [{ ...broken, ...more }] }))
    const byTheWay = rules([{ ua: {} }], { onlyProves: ['case.clause'] })
    it('is a remark', () => {
      const judged = judge(byTheWay, came())
      expect(judged.is).to.equal('pass')
      if (judged.is === 'pass') expect(judged.remarks[0]).to.include({ clause: 'hdlc.final-bit' })
    })
    it('fails what proves that clause, and each step of what a case tests', () => {
      expect(judge({ ...byTheWay, onlyProves: ['hdlc.final-bit'] }, came()).is).to.equal('fails')
      expect(judge(rules([{ ua: {} }]), came()).is).to.equal('fails')
    })
    it('fails where it is about what was just asked', () => {
      expect(judge(byTheWay, came({ ofExchange: true })).is).to.equal('fails')
    })
    it('is still a remark where a ruling leaves no more', () => {
      expect(judge(rules([{ ua: {} }]), came({ remark: true })).is).to.equal('pass')
    })
  })

  it('a remark passes and is told with its clause or ruling', () => {
    const judged = judge(
      rules([{ ua: {} }, { dm: {}, id: 'dm', remark: 'DM in place of UA', ruling: 'H1' }]),
      evidence(dm),
    )
    expect(judged).to.deep.equal({
      is: 'pass',
      remarks: [{ text: 'DM in place of UA', ruling: 'H1', severity: 'defect' }],
      taken: 'dm',
    })
  })

  it('an alternative that fails does so with its own clause and severity', () => {
    const judged = judge(
      rules([{ ua: {}, id: 'opened', fails: 'it opened the link', clause: 'own.clause', severity: 'vulnerability' }]),
      evidence(ua),
    )
    expect(judged).to.deep.include({ is: 'fails', clauses: ['own.clause'], severity: 'vulnerability' })
  })

  it('undecided is INCONCLUSIVE, never a pass', () => {
    expect(judge(rules([{ ua: {}, id: 'x', undecided: 'the adapter cannot keep gaps' }]), evidence(ua)).is).to.equal(
      'undecided',
    )
  })

  it('silence passes only where it is an alternative', () => {
    expect(judge(rules([{ silent: 1000 }]), evidence(silence)).is).to.equal('pass')
    const judged = judge(rules([{ ua: {} }]), evidence(silence))
    expect(judged).to.deep.include({ is: 'fails', noise: true })
  })

  it('a refusal of any kind is told from a refusal of one kind', () => {
    expect(judge(rules([{ refused: 'any', id: 'r', remark: 'refused', ruling: 'G8' }]), evidence(dm)).is).to.equal(
      'pass',
    )
    expect(judge(rules([{ refused: 'frmr' }]), evidence(dm)).is).to.equal('fails')
    expect(judge(rules([{ refused: 'any' }]), evidence(ua)).is).to.equal('fails')
  })

  describe('implied rules', () => {
    const unfinal = outcome(
      { ua: { final: false } },
      {
        broken: [{ rule: 'final-bit', clause: 'hdlc.final-bit', field: 'ua.final', expected: 'F = 1', found: 'F = 0' }],
      },
    )
    it('a broken rule fails the step with the clause of the rule', () => {
      expect(judge(rules([{ ua: {} }]), evidence(unfinal))).to.deep.include({
        is: 'fails',
        clauses: ['hdlc.final-bit'],
      })
    })
    it('a field that the matcher names replaces its rule', () => {
      expect(judge(rules([{ ua: { final: false } }]), evidence(unfinal)).is).to.equal('pass')
    })
    it('a rule that a ruling leaves as a remark is one', () => {
      const lenient = outcome(
        { ua: {} },
        {
          broken: [
            { rule: 'priority', clause: 'xdlms.invoke-id', expected: '1', found: '0', remark: true, ruling: 'Y28' },
          ],
        },
      )
      const judged = judge(rules([{ ua: {} }]), evidence(lenient))
      expect(judged.is === 'pass' && judged.remarks.map(({ clause, ruling }) => [clause, ruling])).to.deep.equal([
        ['xdlms.invoke-id', 'Y28'],
      ])
    })
    it('an alternative that fails anyway does not hide behind the rule', () => {
      expect(judge(rules([{ ua: {}, id: 'no', fails: 'opened' }]), evidence(unfinal))).to.deep.include({
        clauses: ['case.clause'],
      })
    })
  })

  describe('time', () => {
    const after = (afterMs: number): Evidence => evidence(outcome({ ua: {} }, { afterMs }))
    it('an answer after the declared response time is late: a remark (G14)', () => {
      const judged = judge(rules([{ ua: {} }]), after(1200))
      expect(judged.is === 'pass' && judged.remarks.length).to.equal(1)
    })
    it('limits given by the suite are strict: inside the band a remark, beyond it FAILED (G13)', () => {
      const tolerance = { percent: 10, plusMs: 16 }
      const limited = rules([{ ua: {} }], { within: [200, 1500], tolerance })
      expect(judge(limited, after(200))).to.deep.equal({ is: 'pass', remarks: [] })
      const inside = judge(limited, after(170))
      expect(inside.is === 'pass' && inside.remarks.length).to.equal(1)
      expect(judge(limited, after(160)).is).to.equal('fails')
      expect(judge(limited, after(1660)).is).to.equal('pass')
      expect(judge(limited, after(1670)).is).to.equal('fails')
    })
  })

  it('never: whatever comes during the step may not be of the kind', () => {
    const never = alternativesOf([{ frame: 'any' }])
    expect(judge(rules([], { never }), evidence(silence, { during: [silence, dm] })).is).to.equal('fails')
    expect(judge(rules([], { never }), evidence(silence)).is).to.equal('pass')
  })

  it('a lost line is an ERROR, whatever was expected', () => {
    const fault = { code: 'unplugged', text: 'the port was unplugged', hint: 'Plug it in.' }
    expect(judge(rules([{ silent: 1000 }]), evidence(silence, { fault })).is).to.equal('error')
  })
})

describe('window', () => {
  it('is as long as the longest silence that passes, and does not listen on', () => {
    expect(rules([{ silent: 300 }, { silent: 500 }]).window).to.include({ mostMs: 500, lateMs: 500, strict: false })
  })
  it('listens once more as long where an answer is due, to tell a late one from none', () => {
    expect(rules([{ ua: {} }]).window).to.include({ mostMs: 1000, lateMs: 2000 })
  })
  it('takes all that comes where answers are counted', () => {
    expect(rules([{ answers: 2 }]).window.collect).to.equal('all')
  })
})
