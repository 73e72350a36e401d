import { expect } from 'chai'
import { ERROR, FAILED, header, INAPPLICABLE, instance, objectList, PASSED, REMARKED, run } from './fixture.ts'
import { renderResults } from './results.ts'

interface Results {
  readonly [key: string]: unknown
  readonly cases: readonly Readonly<Record<string, unknown>>[]
}
const parsed = (text: string): Results => JSON.parse(text) as Results
const results = parsed(renderResults(run()))
const caseNamed = (name: string) => results.cases.find((entry) => entry['instance'] === name)

describe('results.json', () => {
  it('has what it promises', () => {
    expect(results).to.include.all.keys('schema', 'tool', 'meters', 'summary', 'cases')
    expect(results['schema']).to.equal('results/1')
    for (const entry of results.cases) {
      expect(entry).to.include.all.keys(
        ...['meter', 'port', 'id', 'subtest', 'instance', 'suite', 'title', 'verdict', 'reason', 'severity'],
        ...['remarks', 'clauses', 'durationMs', 'rerun'],
      )
    }
  })

  it('counts the instances that it lists, each once', () => {
    expect(results['summary']).to.deep.equal({ PASSED: 2, FAILED: 1, INCONCLUSIVE: 1, INAPPLICABLE: 1, ERROR: 1 })
    expect(new Set(results.cases.map((entry) => entry['instance'])).size).to.equal(6)
  })

  it('names the object lists that were read, and what was wrong with them', () => {
    const trouble = { text: 'it cannot be used', found: 'silence' }
    const lists = [objectList(), objectList({ client: 'public', objects: [], trouble })]
    expect(parsed(renderResults(run([header(), ...lists])))['objectLists']).to.deep.equal([
      { meter: 'reference', port: 'hdlc', client: 'reader', device: 'management', objects: 1, trouble: null },
      { meter: 'reference', port: 'hdlc', client: 'public', device: 'management', objects: 0, trouble },
    ])
  })

  it('gives every non-pass a reason that says what to do, and a command that repeats it', () => {
    expect(caseNamed(FAILED)?.['reason']).to.match(/Expected: silence.*Found: dm.*Look at how/)
    expect(caseNamed(FAILED)?.['rerun']).to.include(FAILED)
    expect(caseNamed(FAILED)).to.have.nested.property('evidence.field', 'hdlc.control')
    expect(caseNamed(INAPPLICABLE)?.['reason']).to.include('--allow persistent')
    expect(caseNamed(ERROR)?.['verdict']).to.equal('ERROR')
    expect(caseNamed(PASSED)?.['reason']).to.equal(null)
  })

  it('lists remarks with their clause', () => {
    expect(caseNamed(REMARKED)?.['remarks']).to.have.nested.property('[0].clause', 'wrapper.version')
  })

  it('says that a run was cut off, and of the instance that ran why it has no verdict', () => {
    const cut = parsed(renderResults(run([header(), instance(PASSED)])))
    expect(cut['error']).to.match(/cut off/)
    expect(cut.cases[0]).to.include({ verdict: 'ERROR', rerun: header().command })
    expect(cut.cases[0]?.['reason']).to.match(/cut off/)
  })

  it('has no error at the top when all went well', () => expect(results).to.not.have.property('error'))
})
