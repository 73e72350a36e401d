import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import type { SecuritySetupDescription } from '../description.ts'
import { octetsOf } from '../dialogue.ts'
import type { Situation } from './classes.ts'
import { AUTHENTICATION, MASTER, SETUP, securedSituation, UNICAST } from './secured-situation.ts'
import { lastCounter, securityOf } from './security-state.ts'
import { invokeMethod, readHex, writeValue } from './situation.ts'

const attribute = (id: number): string => `64:${SETUP}:${id}`
const ACTIVATE = attribute(1)
const TRANSFER = attribute(2)
/** The key of the vector kw-mk, and wrapped; kw-rfc256 has both of 32 octets, under this master key. */
const NEW = '000102030405060708090A0B0C0D0E0F'
const WRAPPED = '26DE33DDF46BB04F7762E931BD7590FAEE90B48687571982'
const MASTER_256 = '000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F'
const NEW_256 = '00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F'
const WRAPPED_256 = '28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21'

const meter = (setup: Partial<SecuritySetupDescription> = {}, master = MASTER): Situation =>
  securedSituation(setup, { master: { hex: master } })

/** A list of key_id and key_wrapped, two hex digits and hex. */
const keys = (...list: readonly (readonly [string, string])[]): string =>
  `01${count(list.length)}${list.map(([id, wrapped]) => `020216${id}09${count(wrapped.length / 2)}${wrapped}`).join('')}`
const count = (length: number): string => hex(Uint8Array.of(length))
const wrapped = (key: string, master = MASTER): string => hex(wrapKey(octetsOf(master), octetsOf(key)))

/** GUEK, GBEK, GAK and master key. */
function ring(situation: Situation): readonly string[] {
  const { keys = {} } = securityOf(situation, SETUP) ?? {}
  return (
    ['global-unicast-encryption-key', 'global-broadcast-encryption-key', 'authentication-key', 'master-key'] as const
  ).map((name) => hex(keys[name] ?? new Uint8Array(0)))
}
const BEFORE = [UNICAST, '', AUTHENTICATION, MASTER]

describe('Security setup', () => {
  it('tells policy, suite and both system titles, in each version', () => {
    const situation = meter({ policy: 3 })
    expect([2, 3, 4, 5, 6].map((id) => readHex(situation, attribute(id)))).to.deep.equal([
      '001603',
      '001600',
      '0009084D4D4D0000BC614E',
      '0009084D4D4D0000000001',
      '0104',
    ])
    expect(readHex(meter({ version: 1, suite: 1, policy: 0x6c }), attribute(2))).to.equal('00166C')
    expect(readHex(meter({ version: 1, suite: 1, policy: 0x6c }), attribute(3))).to.equal('001601')
    expect(readHex(meter({ version: 1, suite: 1 }), attribute(6))).to.equal('000100')
  })
  it('tells no title of the client of another setup', () => {
    const situation = meter()
    const client = { ...situation.association.client, securitySetup: '0.0.43.0.8.255' }
    expect(readHex({ ...situation, association: { ...situation.association, client } }, attribute(4))).to.equal(
      '000900',
    )
  })

  const activations: readonly (readonly [0 | 1, 0 | 1, number, number, boolean])[] = [
    [0, 0, 0, 1, true],
    [0, 0, 0, 3, true],
    [0, 0, 1, 3, true],
    [0, 0, 2, 3, true],
    [0, 0, 2, 2, true],
    [0, 0, 1, 2, true],
    [0, 0, 2, 1, false],
    [0, 0, 3, 2, false],
    [0, 0, 3, 0, false],
    [0, 0, 0, 4, false],
    [1, 1, 0, 0x24, true],
    [1, 1, 0x24, 0x6c, true],
    [1, 1, 0x24, 0xfc, true],
    [1, 1, 0x24, 0x48, false],
    [1, 1, 0x6c, 0x2c, false],
    [1, 1, 0, 0x03, false],
    [1, 0, 0, 0x10, false],
    [1, 0, 0, 0x6c, true],
  ]
  for (const [version, suite, before, after, taken] of activations)
    it(`version ${version}, suite ${suite}: from policy ${before} to ${after} ${taken ? 'it goes' : 'is refused'}`, () => {
      const situation = meter({ version, suite, policy: before })
      const asked = invokeMethod(situation, ACTIVATE, `16${count(after)}`)
      expect(asked.result).to.equal(taken ? 'success' : 'other-reason')
      expect(readHex(situation, attribute(2))).to.equal(`0016${count(taken ? after : before)}`)
    })
  it('takes a policy only as an enum; who may write the attribute may also write a weaker one', () => {
    const situation = meter({ policy: 1 })
    expect(invokeMethod(situation, ACTIVATE, '1103').result).to.equal('type-unmatched')
    expect(invokeMethod(situation, ACTIVATE).result).to.equal('type-unmatched')
    expect(writeValue(situation, attribute(2), '1600')).to.equal('success')
    expect(readHex(situation, attribute(2))).to.equal('001600')
  })

  it('takes a key that is wrapped under the master key, of each key_id', () => {
    for (const [id, at] of [
      ['00', 0],
      ['01', 1],
      ['02', 2],
    ] as const) {
      const situation = meter()
      expect(invokeMethod(situation, TRANSFER, keys([id, WRAPPED])).result).to.equal('success')
      expect(ring(situation)).to.deep.equal(BEFORE.with(at, NEW))
    }
    const situation = meter({ suite: 2, version: 1 }, MASTER_256)
    expect(invokeMethod(situation, TRANSFER, keys(['03', WRAPPED_256])).result).to.equal('success')
    expect(ring(situation)).to.deep.equal([UNICAST, '', AUTHENTICATION, NEW_256])
  })
  it('takes a list of keys, also the ones that it has', () => {
    const situation = meter()
    const list = keys(['00', WRAPPED], ['02', wrapped(AUTHENTICATION)])
    expect(invokeMethod(situation, TRANSFER, list).result).to.equal('success')
    expect(ring(situation)).to.deep.equal([NEW, '', AUTHENTICATION, MASTER])
  })
  const refusals: readonly (readonly [string, string, string])[] = [
    ['another master key', keys(['00', wrapped(NEW, NEW)]), 'other-reason'],
    ['an inverted bit', keys(['00', WRAPPED.replace('26', '27')]), 'other-reason'],
    ['key_id 3 in version 0', keys(['03', WRAPPED]), 'other-reason'],
    ['key_id 4', keys(['04', WRAPPED]), 'other-reason'],
    ['key_id 255', keys(['FF', WRAPPED]), 'other-reason'],
    ['16 octets', keys(['00', WRAPPED.slice(16)]), 'other-reason'],
    ['23 octets', keys(['00', WRAPPED.slice(2)]), 'other-reason'],
    ['no octets', keys(['00', '']), 'other-reason'],
    ['a key of 24 octets', keys(['00', wrapped(`${NEW}0001020304050607`)]), 'other-reason'],
    ['a key of 32 octets', keys(['00', wrapped(NEW_256)]), 'other-reason'],
    ['a second key that is broken', keys(['00', WRAPPED], ['02', WRAPPED.replace('26', '27')]), 'other-reason'],
    ['one key_id twice', keys(['00', WRAPPED], ['00', wrapped(AUTHENTICATION)]), 'other-reason'],
    ['no keys', '0100', 'other-reason'],
    ['no list', `0202160009 18${WRAPPED}`.replace(' ', ''), 'type-unmatched'],
    ['a key_id that is no enum', keys(['00', WRAPPED]).replace('020216', '020211'), 'type-unmatched'],
  ]
  for (const [what, list, result] of refusals)
    it(`refuses ${what}, and keeps all keys`, () => {
      const situation = meter()
      expect(invokeMethod(situation, TRANSFER, list).result).to.equal(result)
      expect(ring(situation)).to.deep.equal(BEFORE)
    })
  it('a setup of which no keys are described has no methods', () => {
    const { description, ...rest } = meter()
    const situation = { ...rest, description: { ...description, securitySetups: {} } }
    expect(invokeMethod(situation, ACTIVATE, '1601').result).to.equal('object-unavailable')
  })

  it('has an object that tells the last invocation counter of its unicast key', () => {
    const COUNTER = '1:0.0.43.1.7.255:2'
    const situation = meter()
    expect(readHex(situation, COUNTER)).to.equal('000600000000')
    situation.store.keepCounter(lastCounter(octetsOf(UNICAST)), 0x1234)
    expect(readHex(situation, COUNTER)).to.equal('000600001234')
    invokeMethod(situation, TRANSFER, keys(['00', WRAPPED]))
    expect(readHex(situation, COUNTER)).to.equal('000600000000')
    expect(readHex(meter({ counters: { start: 100 } }), COUNTER)).to.equal('000600000063')
  })
})
