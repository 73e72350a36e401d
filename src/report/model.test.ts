import { expect } from 'chai'
import {
  events,
  FAILED,
  footer,
  header,
  INCONCLUSIVE,
  instance,
  note,
  PASSED,
  protection,
  run,
  step,
  traffic,
  verdict,
} from './fixture.ts'
import { NONE, readRun, runOf } from './model.ts'
import { lines } from './read.ts'

describe('the run as its stream tells it', () => {
  it('counts instances, not attempts', () => {
    expect(run().summary).to.deep.equal({ PASSED: 2, FAILED: 1, INCONCLUSIVE: 1, INAPPLICABLE: 1, ERROR: 1 })
  })

  it('keeps the order in which instances began, and what happened in each', () => {
    const { instances, between } = run()
    expect(instances.map(({ begun }) => begun.instance).slice(0, 2)).to.deep.equal([PASSED, FAILED])
    expect(instances[1]?.attempts[0]?.moments.map(({ event }) => event)).to.deep.equal([
      'step',
      'traffic',
      'traffic',
      'note',
    ])
    expect(between).to.have.length(2)
  })

  it('has what lay beneath a protection among what happened, in its place', () => {
    const told = [traffic(PASSED), protection(PASSED), note(), protection(undefined)]
    const { instances, between, passed } = run([header(), instance(PASSED), ...told])
    expect(instances[0]?.attempts[0]?.moments).to.deep.equal(told.slice(0, 2))
    expect(between).to.deep.equal(told.slice(2))
    expect(passed).to.deep.equal([told[0], told[1], told[3]])
  })

  it('has what was protected behind its unit, though the answer was there before it was told', () => {
    const asked = traffic(PASSED, { end: 14 })
    const came = traffic(PASSED, { direction: 'received', end: 20 })
    const outer = protection(PASSED, { at: 14, name: 'general-ciphering' })
    const inner = protection(PASSED, { at: 14, name: 'general-signing' })
    const answer = protection(PASSED, { direction: 'received', at: 20 })
    const late = protection(PASSED, { at: 30 })
    const { instances, passed } = run([header(), instance(PASSED), asked, came, outer, inner, answer, late])
    const expected = [asked, outer, inner, came, answer, late]
    expect(instances[0]?.attempts[0]?.moments).to.deep.equal(expected)
    expect(passed).to.deep.equal(expected)
  })

  it('lets the last final verdict count', () => {
    const confirmed = run().instances.find(({ begun }) => begun.instance === INCONCLUSIVE)
    expect(confirmed?.attempts.map((attempt) => attempt.verdict?.verdict)).to.deep.equal(['FAILED', 'INCONCLUSIVE'])
    expect(confirmed?.verdict).to.equal('INCONCLUSIVE')
  })

  it('takes an instance without verdict, or with one that was to be confirmed, as cut off: ERROR', () => {
    const cut = run([header(), instance(PASSED), step(PASSED)])
    expect(cut.summary).to.deep.equal({ ...NONE, ERROR: 1 })
    const unconfirmed = run([header(), instance(PASSED), verdict(PASSED, { verdict: 'FAILED', final: false })])
    expect(unconfirmed.summary).to.deep.equal({ ...NONE, ERROR: 1 })
    const again = run([header(), instance(PASSED), verdict(PASSED), instance(PASSED, { attempt: 1 })])
    expect(again.summary).to.deep.equal({ ...NONE, ERROR: 1 })
  })

  it('takes a run without footer as cut off', () => {
    expect(run([header()]).ended).to.equal('cut-off')
    expect(run([header(), footer()]).ended).to.equal('complete')
  })

  it('lets a resumed run end anew', () => {
    const resumed = [header(), footer({ ended: 'interrupted' }), header({ started: '2026-03-02T08:00:00Z' })]
    expect(run(resumed).ended).to.equal('cut-off')
    expect(run([...resumed, footer()]).ended).to.equal('complete')
    expect(run(resumed).header.started).to.equal(header().started)
  })

  it('is no run without a header', () => expect(runOf([footer()]).ok).to.equal(false))

  it('says which lines could not be read', async () => {
    const text = `${JSON.stringify(header())}\nnonsense\n${JSON.stringify(events()[3]).slice(0, 9)}`
    const found = await readRun(lines([text]))
    expect(found.ok && found.value.troubles).to.satisfy(
      (told: readonly string[]) =>
        told.length === 2 && told[0]?.startsWith('line 2 is no event') && told[1]?.startsWith('line 3 is cut'),
    )
  })
})
