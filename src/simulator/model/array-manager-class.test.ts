import { expect } from 'chai'
import { action, apduAnswers, managementWith, MANAGEMENT } from '../dialogue.ts'

/** GET, SET, ACTION, and all service-specific block transfer. */
const WITH_BLOCKS = '003C1D'
const MANAGER = [123, '0.0.18.0.0.255'] as const

const answers = (...apdus: readonly string[]): readonly string[] => apduAnswers(1, [MANAGEMENT, ...apdus]).slice(1)
/** A method with a parameter, in hex. */
const invoked = (method: number, parameter: string): string =>
  action(...MANAGER, method).slice(0, -2) + `01${parameter}`
const range = (id: string, from: string, to: string): string => `020211${id}020212${from}12${to}`

describe('the array manager', () => {
  it('counts the entries of an array, here of the object list', () => {
    expect(answers(invoked(1, '1101'))[0]).to.match(/^C701C10001001200[0-9A-F]{2}$/)
    expect(answers(invoked(1, '1107'))).to.deep.equal(['C701C10400'])
  })
  it('gives some of them, the first and the last included', () => {
    const [one = '', two = ''] = answers(
      invoked(2, range('01', '0001', '0001')),
      invoked(2, range('01', '0001', '0002')),
    )
    expect(one).to.match(/^C701C10001000101/)
    expect(two).to.match(/^C701C10001000102/)
    expect(two.slice(16)).to.satisfy((text: string) => text.startsWith(one.slice(16)))
  })
  it('refuses entry 0, entries behind the last, a reversed range, another type', () => {
    const wrong = [range('01', '0000', '0001'), range('01', '0001', 'FFFF'), range('01', '0002', '0001')]
    expect(answers(...wrong.map((each) => invoked(2, each)))).to.deep.equal(wrong.map(() => 'C701C1FA00'))
    expect(answers(invoked(2, '1101'))).to.deep.equal(['C701C10C00'])
  })
  it('gives them in blocks where an APDU of the client is too short', () => {
    const asked = invoked(2, range('01', '0001', '0001'))
    const [opened, first = ''] = apduAnswers(1, [managementWith(WITH_BLOCKS, '0020'), asked])
    expect(opened).to.match(/^61/)
    expect(first).to.match(/^C702C1000000000117/)
  })
})
