import { expect } from 'chai'
import { hex } from '../../../codec/value.ts'
import { isSignature, keyPairOf, type Curve } from '../../../protocol/security/curves.ts'
import { agreedKey, ephemeralKeyData } from '../../../protocol/security/key-agreement.ts'
import { octetsOf } from '../../dialogue.ts'
import type { Situation } from '../classes.ts'
import { CLIENT_TITLE, MASTER, securedSituation, SERVER_SIGNING, SETUP, UNICAST } from '../secured-situation.ts'
import { invokeMethod } from '../situation.ts'
import { conformantModel, type ModelRules } from '../rules.ts'
import { securityOf } from '../security-state.ts'

const AGREE = `64:${SETUP}:3`
/** The worked example of the Green Book: the client's ephemeral key with its signature (ecdsa-gb-c1), the private one of the server (ecdh-2e0s), the key (kdf-2e0s). */
const EPHEMERAL =
  '2914D60E10AB705F62ED6CC349D7CB99B9AB3F3978E59278C7AF595B3AF987941372DAB6D5AF1FA867E134167E6F23DE664A6693E05F43414611058D1B48F894'
const SIGNATURE =
  '06F0607702AA0E2435A183E2F6B1ECD19629712E389A213610C03F77B2590860EA840AF5C3FA1F2BCDF055D4744E9A01CE9A0E55026BCAA4EEBEB764CED64BB3'
const SERVER_EPHEMERAL = '34A8C23A34DBB519D09B245754C85A6CFE05D14A063EFA5AA41545AA8241EFAE'
const AGREED = 'C5F4512846EDE51CFB8CCF59F08A694E'
/** Private keys of the client: of the example for signatures, and any. */
const CLIENT_PRIVATE = '418073C239FA6125011DE4D6CD2E645780289F761BB21BFB0835CB5585E8B373'

const list = (id: string, keyData: string): string => `0101020216${id}09${lengthOf(keyData)}${keyData}`
const lengthOf = (octets: string): string =>
  octets.length < 256 ? hex(Uint8Array.of(octets.length / 2)) : `81${hex(Uint8Array.of(octets.length / 2))}`

const exampleRules: ModelRules = {
  ...conformantModel,
  securitySetup: {
    ...conformantModel.securitySetup,
    agreement: {
      ...conformantModel.securitySetup.agreement,
      pair: (curve) => keyPairOf(curve, octetsOf(SERVER_EPHEMERAL)),
    },
  },
}
const meter = (rules = conformantModel): Situation => securedSituation({ version: 1, suite: 1 }, {}, rules)
const unicast = (situation: Situation): string =>
  hex(securityOf(situation, SETUP)?.keys['global-unicast-encryption-key'] ?? new Uint8Array(0))

/** Key data of the client: an ephemeral key from one private key, signed with another. */
const keyData = (id: number, ephemeral: string, curve: Curve = 'P-256', signing = CLIENT_PRIVATE): string =>
  hex(ephemeralKeyData(curve, keyPairOf(curve, octetsOf(signing)), keyPairOf(curve, octetsOf(ephemeral)).publicKey, id))
const OWN = '11'.repeat(32)

/** Ephemeral key and signature of the server, as it answers. */
function answered(situation: Situation, parameters: string): Uint8Array {
  const { result, returned } = invokeMethod(situation, AGREE, parameters)
  expect(result).to.equal('success')
  const [element] = returned?.is === 'array' ? returned.value : []
  const [, answer] = element?.is === 'structure' ? element.value : []
  return answer?.is === 'octet-string' ? answer.value : new Uint8Array(0)
}

describe('key_agreement', () => {
  it('the worked example gives its key', () => {
    const situation = meter(exampleRules)
    const answer = answered(situation, list('00', EPHEMERAL + SIGNATURE))
    expect(unicast(situation)).to.equal(AGREED)
    const own = keyPairOf('P-256', octetsOf(SERVER_EPHEMERAL)).publicKey
    expect(hex(answer.subarray(0, 64))).to.equal(hex(own))
    const signing = keyPairOf('P-256', octetsOf(SERVER_SIGNING)).publicKey
    expect(isSignature('P-256', signing, Uint8Array.of(0, ...own), answer.subarray(64))).to.equal(true)
  })
  for (const [suite, curve, size] of [
    [1, 'P-256', 32],
    [2, 'P-384', 48],
  ] as const)
    it(`suite ${suite}: both sides have the same key, another one each time`, () => {
      const own = '22'.repeat(size)
      const situation = securedSituation(
        { version: 1, suite },
        {
          'server-signing': { hex: '33'.repeat(size) },
          'client-signing': { hex: hex(keyPairOf(curve, octetsOf(own)).publicKey) },
        },
      )
      const ephemeral = '44'.repeat(size)
      const seen = [1, 2].map(() => {
        const answer = answered(situation, list('00', keyData(0, ephemeral, curve, own)))
        const titles = { partyU: octetsOf(CLIENT_TITLE), partyV: octetsOf('4D4D4D0000000001') }
        const key = agreedKey(
          { scheme: 'ephemeral-unified', curve, titles },
          keyPairOf(curve, octetsOf(ephemeral)),
          answer.subarray(0, 2 * size),
        )
        expect(unicast(situation)).to.equal(key.ok ? hex(key.value) : '')
        return unicast(situation)
      })
      expect(new Set(seen).size).to.equal(2)
      expect(seen[0]).to.have.lengthOf(suite === 1 ? 32 : 64)
    })

  const server = hex(keyPairOf('P-256', octetsOf(SERVER_SIGNING)).publicKey)
  /** x and y, with a signature over them. */
  const signed = (id: number, publicKey: string): string =>
    hex(ephemeralKeyData('P-256', keyPairOf('P-256', octetsOf(CLIENT_PRIVATE)), octetsOf(publicKey), id))
  const refusals: readonly (readonly [string, string, string])[] = [
    ['a signature over another key_id', list('02', EPHEMERAL + SIGNATURE), 'other-reason'],
    ['a signature with an inverted bit', list('00', EPHEMERAL + SIGNATURE.replace('06F', '07F')), 'other-reason'],
    ['a signature of another', list('00', keyData(0, OWN, 'P-256', OWN)), 'other-reason'],
    ['a point that is not on the curve', list('00', signed(0, EPHEMERAL.replace('2914', '2915'))), 'other-reason'],
    ['the point (0, 0)', list('00', signed(0, '00'.repeat(64))), 'other-reason'],
    ['coordinates above the prime', list('00', signed(0, 'FF'.repeat(64))), 'other-reason'],
    ['a public key of the server', list('00', signed(0, server)), 'other-reason'],
    ['key data that are too short', list('00', (EPHEMERAL + SIGNATURE).slice(2)), 'other-reason'],
    ['key_id 4', list('04', keyData(4, OWN)), 'other-reason'],
    ['the master key', list('03', keyData(3, OWN)), 'other-reason'],
    ['no list', '0900', 'type-unmatched'],
    ['an empty list', '0100', 'other-reason'],
  ]
  for (const [what, parameters, result] of refusals)
    it(`refuses ${what}, and keeps its keys`, () => {
      const situation = meter()
      expect(invokeMethod(situation, AGREE, parameters).result).to.equal(result)
      expect(unicast(situation)).to.equal(UNICAST)
      expect(hex(securityOf(situation, SETUP)?.keys['master-key'] ?? new Uint8Array(0))).to.equal(MASTER)
    })
  it('there is none in suite 0, and none in version 0', () => {
    const parameters = list('00', EPHEMERAL + SIGNATURE)
    expect(invokeMethod(securedSituation({ version: 1 }), AGREE, parameters).result).to.equal('other-reason')
    expect(invokeMethod(securedSituation(), AGREE, parameters).result).to.equal('object-undefined')
  })
})
