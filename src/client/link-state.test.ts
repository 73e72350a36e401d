import { expect } from 'chai'
import { examine } from '../protocol/hdlc/examine.ts'
import { DEFAULT_PARAMETERS } from '../protocol/hdlc/negotiate.ts'
import { afterHearing, afterSending, parametersIn, UNKNOWN, type LinkState } from './link-state.ts'
import { octetsOf } from './scene.ts'

const SNRM = '7EA0070321930F017E'
const SNRM_PROPOSES = '7EA02102230393CB45818014050204000602040007040000000708040000000789DE7E'
const DISC = '7EA00703215303C77E'
const UA = '7EA00721037301407E'
const UA_9A = '7EA01F21022373E6C781801205019A06019A070400000001080400000001CCA27E'
const DM = '7EA00721031F6BE97E'
const I_00 = '7EA02B032110FBAFE6E600601DA109060760857405080101BE10040E01000000065F1F0400007E1F04B0CAEA7E'
const I_10 = '7EA0190321126DF9E6E600C001C100080000010000FF0200601A7E'
const RR_1 = '7EA00703213117877E'
const RR_5 = '7EA0070321B11F037E'
const RNR_1 = '7EA00721033533677E'

const frameOf = (octets: string) => {
  const { frame } = examine(octetsOf(octets))
  if (frame === undefined) throw new TypeError(`no frame: ${octets}`)
  return frame
}
/** `>` sent, `<` heard, from nothing known. */
const after = (...passed: readonly `${'<' | '>'}${string}`[]): LinkState =>
  passed.reduce<LinkState>(
    (state, each) => (each[0] === '>' ? afterSending : afterHearing)(state, frameOf(each.slice(1))),
    UNKNOWN,
  )

describe('link state', () => {
  it('knows nothing at first', () => {
    expect(UNKNOWN).to.include({ mode: 'unknown', 'v-s': 0, 'v-r': 0, 'v-a': 0 })
    expect(UNKNOWN.parameters).to.deep.equal(DEFAULT_PARAMETERS)
  })

  it('UA to SNRM begins a link with all numbers at zero', () => {
    expect(after(`>${SNRM}`, `<${UA}`)).to.include({ mode: 'nrm', 'v-s': 0, 'v-r': 0, 'v-a': 0, asked: undefined })
    expect(after(`>${SNRM}`, `<${UA}`, `>${I_00}`, `<${I_00}`, `>${SNRM}`, `<${UA}`)).to.include({ 'v-s': 0, 'v-r': 0 })
  })

  it('SNRM alone begins none', () => {
    expect(after(`>${SNRM}`)).to.include({ mode: 'unknown', asked: 'snrm' })
  })

  it('UA to DISC and DM end it', () => {
    for (const end of [[`>${DISC}`, `<${UA}`] as const, [`<${DM}`] as const])
      expect(after(`>${SNRM}`, `<${UA}`, `>${I_00}`, ...end)).to.deep.equal({ ...UNKNOWN, mode: 'ndm' })
  })

  it('keeps what UA says as the tester sees it, and never more than SNRM proposed', () => {
    expect(after(`>${SNRM_PROPOSES}`, `<${UA_9A}`).parameters).to.deep.equal({
      'max-information-field-length-transmit': 0x9a,
      'max-information-field-length-receive': 0x9a,
      'window-size-transmit': 1,
      'window-size-receive': 1,
    })
    expect(after(`>${SNRM}`, `<${UA_9A}`).parameters).to.deep.equal(DEFAULT_PARAMETERS)
    expect(after(`>${SNRM_PROPOSES}`, `<${UA}`).parameters, 'UA without parameters: the defaults').to.deep.equal(
      DEFAULT_PARAMETERS,
    )
  })

  const LINK = [`>${SNRM}`, `<${UA}`] as const
  it('V(S) moves with I frames sent', () => {
    expect(after(...LINK, `>${I_00}`)['v-s']).to.equal(1)
    expect(after(...LINK, `>${I_00}`, `>${I_10}`)['v-s']).to.equal(2)
    expect(after(...LINK, `>${RR_1}`)['v-s']).to.equal(0)
  })

  it('V(R) moves with I frames in sequence alone', () => {
    expect(after(...LINK, `<${I_00}`)['v-r']).to.equal(1)
    expect(after(...LINK, `<${I_00}`, `<${I_00}`)['v-r']).to.equal(1)
    expect(after(...LINK, `<${I_10}`)['v-r']).to.equal(0)
  })

  it('V(A) moves with N(R) that acknowledges, of I, RR and RNR', () => {
    const sent = [...LINK, `>${I_00}`] as const
    for (const acknowledgement of [RR_1, RNR_1]) expect(after(...sent, `<${acknowledgement}`)['v-a']).to.equal(1)
    expect(after(...sent, `<${RR_5}`)['v-a'], 'nothing of the kind was sent').to.equal(0)
    expect(after(...sent, `<${I_00}`)['v-a'], 'N(R)=0 says nothing new').to.equal(0)
  })

  it('reads parameters where they are a block', () => {
    expect(parametersIn(octetsOf(''))).to.deep.equal({})
    expect(parametersIn(octetsOf('818003050120'))).to.deep.equal({ 'max-information-field-length-transmit': 32 })
    expect(parametersIn(octetsOf('8180030501'))).to.equal(undefined)
    expect(parametersIn(octetsOf('E6E700'))).to.equal(undefined)
  })
})
