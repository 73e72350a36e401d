import { expect } from 'chai'
import { apduAnswers, managementWith } from '../dialogue.ts'

/** With `access` proposed too. */
const ALL = managementWith('007E59', 'FFFF')
const inside = (apdus: readonly string[], opening = ALL): readonly string[] =>
  apduAnswers(1, [opening, ...apdus]).slice(1)

/** Kind and descriptor. */
const GET = '0100010000608001FF02'
const SET = '0200010000608001FF02'
const NOBODY = '0100010000636363FF02'
const CAPTURE = '0300070100638000FF02'
const OLD = 'DA4000000700'
const request = (specifications: readonly string[], data: readonly string[], id = '40000007'): string =>
  `D9${id}000${specifications.length}${specifications.join('')}0${data.length}${data.join('')}`
const READ = 'C001C100010000608001FF0200'

describe('ACCESS', () => {
  it('one result and one value each, in order, errors among them', () => {
    const [, answer] = inside([READ, request([NOBODY, GET, SET, CAPTURE], ['00', '00', '090411223344', '0F00'])])
    const [before] = inside([READ])
    expect(answer).to.equal(`${OLD}000400${before?.slice(8)}0000040104010002000300`)
  })

  it('what it sets it gets, one behind the other', () => {
    const [answer] = inside([request([SET, GET], ['090411223344', '00'])])
    expect(answer).to.equal(`${OLD}0002000904112233440202000100`)
  })

  it('repeats the specifications where it is asked to', () => {
    const [answer] = inside([request([NOBODY], ['00'], '50000007')])
    expect(answer).to.equal(`DA50000007000101${NOBODY}0100010104`)
  })

  it('breaks off at the first error where it is asked to', () => {
    const [answer, value] = inside([request([NOBODY, SET], ['00', '090411223344'], '60000007'), READ])
    expect(answer).to.match(/^DA6000000700000200000201040\d?2FA$/)
    expect(value).not.to.include('11223344')
  })

  it('is refused as a whole where counts disagree, where it is empty, and where it was not negotiated', () => {
    const [first, value, second] = inside([request([SET, GET], ['090411223344']), READ, request([], [])])
    expect([first, second]).to.deep.equal(['D80103', 'D80103'])
    expect(value).not.to.include('11223344')
    expect(inside([request([GET], ['00'])], managementWith('007E19', 'FFFF'))).to.deep.equal(['D80102'])
  })

  it('an answer that the client cannot take is refused', () => {
    const [answer] = inside([request([GET, GET, GET], ['00', '00', '00'])], managementWith('007E59', '000E'))
    expect(answer).to.equal('D80104')
  })
})
