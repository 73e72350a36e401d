// Protection in both directions by golden vectors, without links and services.
import { expect } from 'chai'
import { encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { given, octets, textsOf, type Texts } from '../../protocol/vectors/texts.ts'
import { exceptionResponse } from '../../protocol/xdlms/errors.ts'
import { createStore } from '../model/store.ts'
import { describedMeter } from '../dialogue.ts'
import { incoming, type Incoming } from './incoming.ts'
import { outgoing, roomInside } from './outgoing.ts'
import type { Partners } from './partners.ts'
import { demandedBy } from './policy.ts'
import { conformantProtection as rules } from './rules.ts'

const vector = (id: string): Texts => textsOf('protection', id)
const BROADCAST = '0F0E0D0C0B0A09080706050403020100'
const SERVER = '4D4D4D0000BC614E'

/** The two of the vectors. `client`: by default the one that this vector comes from. */
function partnersOf(one: Texts, changed: Partial<Partners> = {}, policy = 0): Partners {
  const description = describedMeter('reference')
  return {
    place: { description, store: createStore() },
    path: {
      port: 'wrapper',
      peer: 'a',
      carrier: 'tcp',
      client: 3,
      device: { key: 'management', upper: 1, sap: 1, name: '' },
    },
    state: {
      suite: 0,
      policy,
      keys: {
        'global-unicast-encryption-key': octets('000102030405060708090A0B0C0D0E0F'),
        'global-broadcast-encryption-key': octets(BROADCAST),
        'authentication-key': given(one, 'authentication-key'),
      },
      clientKeys: {},
    },
    version: 0,
    start: 0,
    dedicatedKeys: true,
    server: octets(SERVER),
    client: given(one, 'system-title'),
    dedicatedKey: octets('00112233445566778899AABBCCDDEEFF'),
    association: 1,
    ...changed,
  }
}

const told = (found: Incoming): string =>
  found.is === 'taken' ? hex(found.octets) : `D8${hex(encode(exceptionResponse, found.why))}`
const DECIPHERING = 'D80105'
const NOT_POSSIBLE = 'D80101'

describe('APDUs that come protected', () => {
  const ids = ['glo-auth', 'glo-enc', 'glo-both', 'glo-ireq', 'glo-set', 'glo-act', 'glo-read', 'glo-write']
  const general = ['ggc', 'ggc-bcast', 'ggc-notitle', 'gdc', 'gc-ident', 'gc-auth', 'gc-noki', 'ded-get', 'ded-act']
  for (const id of [...ids, ...general])
    it(`${id}: what was protected comes out, once`, () => {
      const one = vector(id)
      const partners = partnersOf(one)
      expect(told(incoming(rules, partners, octets(one.octets)))).to.equal(one['plain'])
      const lowest = hex(
        octets((Number.parseInt(one['invocation-counter'] ?? '', 16) + 1).toString(16).padStart(8, '0')),
      )
      expect(told(incoming(rules, partners, octets(one.octets)))).to.equal(`D80106${lowest}`)
    })

  const both = vector('glo-both')
  const refusals: readonly (readonly [string, string, string, Partial<Partners>?, number?])[] = [
    ['a tag with one bit changed', `${both.octets.slice(0, -1)}A`, DECIPHERING],
    ['ciphertext with one bit changed', both.octets.replace('411312', '411313'), DECIPHERING],
    ['the octets of a tag missing', `C812${both.octets.slice(4, 40)}`, DECIPHERING],
    ['another title', both.octets, DECIPHERING, { client: octets('4D4D4D0000000009') }],
    ['the title of another client', vector('ggc').octets, DECIPHERING],
    ['a suite that is not that of the setup', vector('s1-glo').octets, DECIPHERING],
    ['the broadcast bit with another key', both.octets.replace('C81E30', 'C81E70'), DECIPHERING],
    ['the compression bit', both.octets.replace('C81E30', 'C81EB0'), DECIPHERING],
    ['neither authentication nor encryption', 'C8120000000001C0010000080000010000FF0200', DECIPHERING],
    ['a wrapped key', vector('gc-wrap').octets, DECIPHERING, { client: octets('4D4D4D0000000001') }],
    ['another service inside', both.octets.replace(/^C8/, 'C9'), DECIPHERING],
    ['authentication only, policy 3', vector('glo-auth').octets, NOT_POSSIBLE, {}, 3],
    ['encryption only, policy 1', vector('glo-enc').octets, NOT_POSSIBLE, {}, 1],
    ['authentication only, policy 2', vector('glo-auth').octets, NOT_POSSIBLE, {}, 2],
    ['plain, policy 1', 'C001C100080000010000FF0200', NOT_POSSIBLE, {}, 1],
  ]
  for (const [what, sent, refusal, changed = {}, policy = 0] of refusals)
    it(`${what}: refused, and the counter stays`, () => {
      const partners = partnersOf(both, changed, policy)
      expect(told(incoming(rules, partners, octets(sent)))).to.equal(refusal)
      if (changed.client === undefined && policy === 0)
        expect(told(incoming(rules, partners, octets(both.octets)))).to.equal(both['plain'])
    })
  it('ded without a dedicated key is refused', () => {
    const { dedicatedKey: _, ...without } = partnersOf(vector('ded-get'))
    expect(told(incoming(rules, without, octets(vector('ded-get').octets)))).to.equal(DECIPHERING)
  })
  it('policies: what is enough, and more', () => {
    const cases: readonly (readonly [string, number])[] = [
      ['glo-auth', 1],
      ['glo-enc', 2],
      ['glo-both', 1],
      ['glo-both', 2],
      ['glo-both', 3],
    ]
    for (const [id, policy] of cases)
      expect(told(incoming(rules, partnersOf(both, {}, policy), octets(vector(id).octets)))).to.equal(both['plain'])
  })
  it('policy bits of version 1 are of requests and of responses', () => {
    const version1 = (policy: number): number => demandedBy({ ...partnersOf(both, {}, policy), version: 1 })
    expect(version1(0x0c)).to.equal(0x0c)
    const partners = { ...partnersOf(both, {}, 0x60), version: 1 } as const
    expect(told(incoming(rules, partners, octets('C001C100080000010000FF0200')))).to.equal('C001C100080000010000FF0200')
  })
  it('counters: gaps are jumped, what is lower or equal is not taken', () => {
    const partners = partnersOf(both)
    const { store } = partners.place
    expect(told(incoming(rules, partners, octets(vector('glo-both').octets)))).to.equal(both['plain'])
    // glo-auth has the same key, title and counter
    expect(told(incoming(rules, partners, octets(vector('glo-auth').octets)))).to.equal('D8010601234568')
    const other = { ...partners, client: octets('4D4D4D0000000001') }
    expect(told(incoming(rules, other, octets(vector('glo-set').octets))), 'another client').to.match(/^C1/)
    expect(store.counter('nobody')).to.equal(undefined)
  })
})

describe('answers that go protected', () => {
  const request = {
    'glo-getr': 'glo-both',
    'glo-actr': 'glo-act',
    'glo-ires': 'glo-ireq',
    'ded-getr': 'ded-get',
  } as const
  for (const [answer, asked] of Object.entries(request))
    it(`${answer}: in the form and protection of the request, under the next counter`, () => {
      const one = vector(answer)
      const start = Number.parseInt(one['invocation-counter'] ?? '', 16)
      const partners = partnersOf(vector(asked), { start: answer === 'ded-getr' ? 0 : start })
      const taken = incoming(rules, { ...partners, start: 0 }, octets(vector(asked).octets))
      const how = taken.is === 'taken' ? taken.how : undefined
      const answering = { rules, partners, how, demanded: 0 }
      // a dedicated key begins at 0, and the vector has its second
      if (answer === 'ded-getr') outgoing(answering, octets('C401C1000600001391'))
      expect(hex(outgoing(answering, given(one, 'plain')))).to.equal(one.octets)
      const next = hex(outgoing(answering, given(one, 'plain')))
      expect(next.slice(6, 14)).to.equal(
        hex(octets(((answer === 'ded-getr' ? 1 : start) + 1).toString(16).padStart(8, '0'))),
      )
    })
  it('a plain request under a policy of responses is answered protected; an exception never is', () => {
    const one = vector('glo-getr')
    const answering = { rules, partners: partnersOf(one, { start: 2 }), how: undefined, demanded: 0x60 }
    expect(hex(outgoing(answering, given(one, 'plain')))).to.equal(one.octets)
    expect(hex(outgoing(answering, octets('D80101')))).to.equal('D80101')
    expect(hex(outgoing({ ...answering, demanded: 0 }, given(one, 'plain')))).to.equal(one['plain'])
  })
  it('a key that is used up protects nothing more', () => {
    const one = vector('glo-getr')
    const answering = { rules, partners: partnersOf(one, { start: 0xffffffff }), how: undefined, demanded: 0x60 }
    expect(hex(outgoing(answering, given(one, 'plain'))).slice(0, 14)).to.equal('CC1A30FFFFFFFF')
    expect(hex(outgoing(answering, given(one, 'plain')))).to.equal(NOT_POSSIBLE)
  })
  for (const maximum of [60, 127, 128, 150, 255, 260, 300, 2048])
    it(`an answer that fills the room of ${maximum} octets is not longer, in any form`, () => {
      for (const id of ['glo-both', 'glo-auth', 'ggc', 'gdc', 'gc-ident']) {
        const one = vector(id)
        const partners = partnersOf(one)
        const taken = incoming(rules, partners, octets(one.octets))
        const answering = { rules, partners, how: taken.is === 'taken' ? taken.how : undefined, demanded: 0 }
        const room = roomInside(answering, maximum)
        const sent = outgoing(answering, octets(`C401C100${'00'.repeat(Math.max(0, room - 4))}`))
        expect(sent.length, id).to.be.at.most(Math.max(maximum, 70))
        expect(sent.length, id).to.be.at.least(Math.min(maximum - 3, 60))
      }
    })
})
