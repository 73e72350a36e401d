import { expect } from 'chai'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { ERROR, FAILED, header, INAPPLICABLE, INCONCLUSIVE, instance, PASSED, REMARKED, run } from './fixture.ts'
import { renderJunit } from './junit.ts'

interface Case {
  readonly [part: string]: unknown
  readonly name: string
}
interface Suite {
  readonly [attribute: string]: unknown
  readonly testcase: readonly Case[]
}
interface Report {
  readonly testsuites: { readonly [attribute: string]: unknown; readonly testsuite: readonly Suite[] }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'testsuite' || name === 'testcase',
})
const parsed = (xml: string): Report => parser.parse(xml) as Report

describe('junit.xml', () => {
  const xml = renderJunit(run())
  const { testsuites } = parsed(xml)
  const named = (name: string): Case | undefined =>
    testsuites.testsuite.flatMap(({ testcase }) => testcase).find((entry) => entry.name === name)

  it('is XML, with no character that XML forbids', () => {
    expect(XMLValidator.validate(xml)).to.equal(true)
    // https://www.w3.org/TR/xml/#charsets
    expect(xml).to.match(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u)
    expect(xml).to.include('\\u{202E}')
  })

  it('has a testsuite for each suite, and counts that agree with what is in it', () => {
    expect(testsuites).to.include({ tests: '6', failures: '1', errors: '2', skipped: '1' })
    expect(testsuites.testsuite.map(({ name }) => name)).to.deep.equal(['hdlc', 'wrapper'])
    for (const { testcase, tests } of testsuites.testsuite) expect(String(testcase.length)).to.equal(tests)
  })

  it('says what each verdict means to a CI server', () => {
    expect(named(PASSED)).to.have.all.keys('name', 'classname', 'time')
    expect(named(FAILED)).to.have.nested.property('failure.type', 'vulnerability')
    expect(named(FAILED)).to.have.nested.property('failure.message').that.includes('Expected: silence')
    expect(named(FAILED)).to.have.nested.property('failure.#text').that.includes('6.4.4.9.2')
    expect(named(ERROR)).to.have.nested.property('error.type', 'ERROR')
    expect(named(INCONCLUSIVE)).to.have.nested.property('error.type', 'INCONCLUSIVE')
    expect(named(INAPPLICABLE)).to.have.nested.property('skipped.message').that.includes('--allow persistent')
    expect(named(REMARKED)).to.have.property('system-out').that.includes('the connection was closed')
  })

  it('is never green when the run was cut off', () => {
    const cut = parsed(renderJunit(run([header()])))
    expect(cut.testsuites).to.include({ tests: '1', errors: '1' })
    expect(cut.testsuites.testsuite[0]?.testcase[0]).to.have.nested.property('error.message').that.includes('cut off')
    expect(parsed(renderJunit(run([header(), instance(PASSED)]))).testsuites).to.include({ tests: '2', errors: '2' })
  })
})
