import { expect } from 'chai'
import { action, ask, lines, managementWith, wpduOf } from '../dialogue.ts'

const execute = `${action(9, '0.0.10.0.111.255', 1).slice(0, -2)}01120001`

/** APDUs that come upon the method, over the wrapper. */
const told = (conformance: string): readonly string[] =>
  lines(
    ask('reference', 'wrapper', [
      { connect: 'a' },
      ...[managementWith(conformance, 'FFFF'), execute].map((apdu) => ({
        octets: wpduOf(apdu, 1),
        peer: 'a',
        octetMs: 0,
      })),
    ]),
  ).flatMap((line) => (line.startsWith('2 octets ') ? [line.slice('2 octets '.length + 16)] : []))

describe('EVENT-NOTIFICATION', () => {
  it('comes behind the answer, with the time and the attribute', () => {
    const [answer, event = '', ...more] = told('00001B')
    expect([answer, more]).to.deep.equal(['C701C10000', []])
    expect(event).to.match(/^C2010C07EA0101[0-9A-F]{10}FFC40000080000010000FF0310/)
  })

  it('does not where it was not negotiated', () => {
    expect(told('000019')).to.deep.equal(['C701C10000'])
  })
})
