// general-signing in both directions; what is signed is signed and verified by node, over octets written by hand.
import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { cipher } from '../../protocol/security/ciphered-apdu.ts'
import { isSignature } from '../../protocol/security/curves.ts'
import { securityControlOf } from '../../protocol/security/security-control.ts'
import { WRONG_SIGNATURES, wrongSignature } from '../../protocol/security/wrong-signatures.ts'
import { octetsOf } from '../dialogue.ts'
import { incoming } from './incoming.ts'
import { outgoing, roomInside } from './outgoing.ts'
import { conformantProtection as rules } from './rules.ts'
import {
  GET,
  SERVER_PAIR,
  signedAnswerTo,
  signedPartners,
  signedRequest,
  told,
  VALUE,
  type Written,
} from './signed-dialogue.ts'

const DECIPHERING = 'D80105'
const NOT_POSSIBLE = 'D80101'
const SIGNED = 0x10

const ciphered = (apdu: Uint8Array, partners = signedPartners()): Uint8Array => {
  const { keys } = partners.state
  return cipher(
    {
      name: 'general-glo-ciphering',
      protection: {
        control: securityControlOf(0x31),
        invocationCounter: 1,
        originator: partners.client,
        keys: {
          encryption: keys['global-unicast-encryption-key'] ?? octetsOf(''),
          authentication: keys['authentication-key'] ?? octetsOf(''),
        },
      },
    },
    apdu,
  )
}

describe('requests in general-signing', () => {
  const served = (request: Uint8Array, policy = 0): string => told(incoming(rules, signedPartners(policy), request))

  it('are served as what was signed', () => expect(served(signedRequest())).to.equal(GET))
  it('are served with a date-time and other-information, whatever they say', () =>
    expect(served(signedRequest({ time: '07EA0101FF0C0000FF800000', other: 'AA' }))).to.equal(GET))

  const changed: Partial<Written> = {
    transaction: '0000000000000002',
    originator: '5443530000000002',
    recipient: '53494D0000BC614F',
    time: '07EA0101FF0C0000FF800000',
    other: 'AA',
    content: GET.replace('0300', '0200'),
  }
  for (const [field, other] of Object.entries(changed))
    it(`are refused where ${field} is another than was signed`, () =>
      expect(served(signedRequest({}, { [field]: other }))).to.equal(DECIPHERING))
  for (const field of ['originator', 'recipient'] as const)
    it(`are refused where another ${field} was signed`, () =>
      expect(served(signedRequest({ [field]: changed[field] ?? '' }))).to.equal(DECIPHERING))
  it('are refused where another has signed', () =>
    expect(served(signedRequest({}, {}, { pair: SERVER_PAIR }))).to.equal(DECIPHERING))
  for (const is of WRONG_SIGNATURES)
    it(`are refused with ${is} for a signature`, () =>
      expect(served(signedRequest({}, {}, { wrong: (right) => wrongSignature(is, 'P-256', right) }))).to.equal(
        DECIPHERING,
      ))
  it('are refused in suite 0, which has no signatures', () => {
    const partners = signedPartners()
    const state = { ...partners.state, suite: 0 } as const
    expect(told(incoming(rules, { ...partners, state }, signedRequest()))).to.equal(DECIPHERING)
  })
  it('are served once', () => {
    const partners = signedPartners()
    const request = signedRequest()
    expect(told(incoming(rules, partners, request))).to.equal(GET)
    expect(told(incoming(rules, partners, request))).to.equal(DECIPHERING)
    expect(told(incoming(rules, partners, signedRequest({ transaction: '02' })))).to.equal(GET)
  })
  it('a wrong one leaves its transaction to the right one', () => {
    const partners = signedPartners()
    incoming(rules, partners, signedRequest({}, {}, { pair: SERVER_PAIR }))
    expect(told(incoming(rules, partners, signedRequest()))).to.equal(GET)
  })
  for (const [policy, request, what, due] of [
    [0x04, signedRequest(), 'a signature is no authentication', NOT_POSSIBLE],
    [0x10, signedRequest(), 'a signature is demanded, and is there', GET],
    [0x10, octetsOf(GET), 'a signature is demanded', NOT_POSSIBLE],
    [0x10, ciphered(octetsOf(GET)), 'a signature is demanded, and the request is only ciphered', NOT_POSSIBLE],
    [0x1c, ciphered(signedRequest()), 'all is demanded, and it is signed and ciphered', GET],
    [0x0c, ciphered(signedRequest()), 'ciphering is demanded, and it is signed as well', GET],
    [0x0c, ciphered(signedRequest({}, {}, { pair: SERVER_PAIR })), 'it is signed wrongly', DECIPHERING],
  ] as const)
    it(`policy ${policy.toString(16)}: ${what}`, () => expect(served(request, policy)).to.equal(due))
})

describe('answers in general-signing', () => {
  const HEADER = '080000000000000001' + '0853494D0000BC614E' + '085443530000000001' + '0000'

  it('go to who signed, under the same transaction, signed by the server', () => {
    const answer = hex(signedAnswerTo(rules, signedPartners(), signedRequest()))
    const message = `${HEADER}07${VALUE}`
    expect(answer.slice(0, -128)).to.equal(`DF${message}40`)
    const signed = octetsOf(answer.slice(-128))
    expect(isSignature('P-256', SERVER_PAIR.publicKey, octetsOf(message), signed)).to.equal(true)
  })
  it('are ciphered around that where the request was', () => {
    const answer = hex(signedAnswerTo(rules, signedPartners(), ciphered(signedRequest())))
    expect(answer).to.match(/^DB0853494D0000BC614E783100000000/)
  })
  it('are the same in each world', () => {
    const [one, other] = [0, 1].map(() => hex(signedAnswerTo(rules, signedPartners(), signedRequest())))
    expect(one).to.equal(other)
  })
  const plain = (demanded: number, answer = VALUE): string =>
    hex(outgoing({ rules, partners: signedPartners(), how: undefined, demanded }, octetsOf(answer)))
  it('are signed where the policy demands it, though nobody signed', () => {
    expect(plain(0)).to.equal(VALUE)
    expect(plain(0x80)).to.match(/^DF000853494D0000BC614E085443530000000001000007C4/)
    expect(plain(SIGNED)).to.equal(VALUE)
  })
  it('are plain where they are exceptions', () => expect(plain(0x80, NOT_POSSIBLE)).to.equal(NOT_POSSIBLE))
  for (const maximum of [200, 255, 300, 2048])
    for (const request of [signedRequest(), ciphered(signedRequest())])
      it(`that fill the room of ${maximum} octets are not longer (${hex(request.subarray(0, 1))})`, () => {
        const partners = signedPartners()
        const taken = incoming(rules, partners, request)
        if (taken.is === 'refused') throw new TypeError('refused')
        const answering = { rules, partners, how: taken.how, signed: taken.signed, demanded: 0 }
        const room = roomInside(answering, maximum)
        const sent = outgoing(answering, octetsOf(`C401C100${'00'.repeat(room - 4)}`))
        expect(sent.length).to.be.within(maximum - 12, maximum)
      })
})
