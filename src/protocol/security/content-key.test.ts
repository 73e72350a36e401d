import { expect } from 'chai'
import { decode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { apdu } from '../apdu.ts'
import { given, octets, textsOf } from '../vectors/texts.ts'
import type { GeneralHeader, KeyInfo } from '../xdlms/ciphered.ts'
import { cipheredIn } from './ciphered-apdu.ts'
import {
  contentKeyOf,
  identifiedKey,
  onePassKey,
  staticKey,
  wrappedKey,
  type ContentKey,
  type ContentRing,
} from './content-key.ts'
import { keyPairOf } from './curves.ts'
import { ephemeralKeyData } from './key-agreement.ts'
import { wrapKey } from './key-wrap.ts'

const GUEK = octets('000102030405060708090A0B0C0D0E0F')
const KEK = octets('00112233445566778899AABBCCDDEEFF')
const HEADER: GeneralHeader = {
  'transaction-id': octets('0102030405060708'),
  'originator-system-title': octets('4D4D4D0000BC614E'),
  'recipient-system-title': octets('4D4D4D0000000001'),
  'date-time': octets(''),
  'other-information': octets(''),
}
const PLAIN: ContentRing = { keys: { 'global-unicast-encryption-key': GUEK, 'master-key': KEK } }

const found = (keyInfo: KeyInfo | undefined, ring: ContentRing, role?: 'originator' | 'recipient'): string => {
  const key = contentKeyOf(keyInfo, ring, HEADER, role)
  return key.ok ? hex(key.value) : key.failure
}
const made = (result: ReturnType<typeof staticKey>): ContentKey => {
  if (!result.ok) throw new TypeError(result.failure)
  return result.value
}

describe('the key of general-ciphering', () => {
  for (const id of ['gc-ident', 'gc-auth', 'gc-wrap', 'gc-noki'] as const)
    it(`${id} is had from its key-info`, () => {
      const vector = textsOf('protection', id)
      const read = decode(apdu, octets(vector.octets))
      const ciphered = read.ok ? cipheredIn(read.value) : undefined
      expect(found(ciphered?.keyInfo, PLAIN)).to.equal(id === 'gc-noki' ? 'no-key-info' : vector['encryption-key'])
    })
  it('gc-1e1s is had by its originator, and key-info is that of the vector', () => {
    const vector = textsOf('protection', 'gc-1e1s')
    const read = decode(apdu, octets(vector.octets))
    const ciphered = read.ok ? cipheredIn(read.value) : undefined
    const secret = textsOf('key-agreement', 'ecdh-1e1s')
    const signing = textsOf('ecdsa', 'ecdsa-gb-c2c')
    const { key, keyInfo } = made(
      onePassKey(HEADER, {
        curve: 'P-256',
        ephemeral: keyPairOf('P-256', given(secret, 'private-key')),
        signing: keyPairOf('P-256', given(signing, 'private-key')),
        other: given(secret, 'peer-public-key'),
      }),
    )
    expect(hex(key)).to.equal(vector['encryption-key'])
    const due = ciphered?.keyInfo
    if (due?.is !== 'agreed-key' || keyInfo.is !== 'agreed-key') throw new TypeError('no agreed key')
    expect(keyInfo.value['key-parameters']).to.deep.equal(due.value['key-parameters'])
    const publicKey = (info: typeof due): string => hex(info.value['key-ciphered-data'].subarray(0, 64))
    expect(publicKey(keyInfo)).to.equal(publicKey(due))
  })
  it('kdf-0e2s is had by both, with nothing sent', () => {
    const [secret, derived] = [textsOf('key-agreement', 'ecdh-0e2s'), textsOf('kdf', 'kdf-0e2s')]
    const own = keyPairOf('P-256', given(secret, 'private-key'))
    const other = given(secret, 'peer-public-key')
    const { key, keyInfo } = made(staticKey(HEADER, 'P-256', own, other))
    expect(hex(key)).to.equal(derived.octets)
    expect(keyInfo).to.deep.equal({
      is: 'agreed-key',
      value: { 'key-parameters': octets('02'), 'key-ciphered-data': octets('') },
    })
    const ring: ContentRing = {
      keys: {},
      asymmetric: { curve: 'P-256', 'agreement-key': own, other: { 'agreement-key': other } },
    }
    expect(found(keyInfo, ring)).to.equal(derived.octets)
    expect(found(keyInfo, ring, 'originator')).to.equal(derived.octets)
  })

  for (const [curve, size] of [
    ['P-256', 32],
    ['P-384', 48],
  ] as const) {
    const pair = (digits: string) => keyPairOf(curve, octets(digits.repeat(size)))
    const [ephemeral, signing, own] = [pair('11'), pair('22'), pair('33')]
    const ring: ContentRing = {
      keys: {},
      asymmetric: { curve, 'agreement-key': own, other: { 'signing-key': signing.publicKey } },
    }
    const onePass = made(onePassKey(HEADER, { curve, ephemeral, signing, other: own.publicKey }))
    const sent = (data: Uint8Array, parameters = '01'): KeyInfo => ({
      is: 'agreed-key',
      value: { 'key-parameters': octets(parameters), 'key-ciphered-data': data },
    })
    const data = ephemeralKeyData(curve, signing, ephemeral.publicKey)
    describe(`agreed in one pass on ${curve}`, () => {
      it('is the same for the recipient', () => expect(found(onePass.keyInfo, ring)).to.equal(hex(onePass.key)))
      for (const [what, keyInfo, other, failure] of [
        ['the originator from key-info', onePass.keyInfo, ring, 'originator-only'],
        [
          'another signature',
          sent(data.map((octet, at) => (at === 2 * size ? octet ^ 1 : octet))),
          ring,
          'wrong-signature',
        ],
        ['Q_e alone', sent(ephemeral.publicKey), ring, 'wrong-size'],
        ['no Q_e', sent(octets('')), ring, 'wrong-size'],
        ['its own static key as Q_e', sent(ephemeralKeyData(curve, signing, own.publicKey)), ring, 'own-key'],
        [
          'Q_e beside the curve',
          sent(ephemeralKeyData(curve, signing, new Uint8Array(2 * size).fill(1))),
          ring,
          'no-point',
        ],
        ['no key-parameters', sent(data, ''), ring, 'unknown-key-parameters'],
        ['key-parameters 00', sent(data, '00'), ring, 'unknown-key-parameters'],
        ['key-parameters of two octets', sent(data, '0101'), ring, 'unknown-key-parameters'],
        ['no key of its own', onePass.keyInfo, { keys: {} }, 'missing-key'],
        [
          'no signing key of the other',
          onePass.keyInfo,
          { keys: {}, asymmetric: { curve, 'agreement-key': own, other: {} } },
          'missing-key',
        ],
        ['the static scheme with something sent', sent(data, '02'), ring, 'key-ciphered-data-not-empty'],
        ['the static scheme without a key of the other', sent(octets(''), '02'), ring, 'missing-key'],
      ] as const)
        it(`is not had with ${what}`, () =>
          expect(found(keyInfo, other, failure === 'originator-only' ? 'originator' : undefined)).to.equal(failure))
    })
  }

  describe('wrapped', () => {
    it('is that which was wrapped', () => {
      const { key, keyInfo } = wrappedKey(KEK, octets('44'.repeat(32)))
      expect(found(keyInfo, PLAIN)).to.equal(hex(key))
    })
    const wrapped = (data: Uint8Array, kek: 'master-key' | number = 'master-key'): KeyInfo => ({
      is: 'wrapped-key',
      value: { 'kek-id': kek, 'key-ciphered-data': data },
    })
    for (const [what, keyInfo, ring, failure] of [
      ['under another key', wrapped(wrapKey(GUEK, GUEK)), PLAIN, 'wrong-wrap'],
      ['with no octets', wrapped(octets('')), PLAIN, 'wrong-wrap'],
      ['with 24 octets', wrapped(wrapKey(KEK, octets('44'.repeat(24)))), PLAIN, 'wrong-wrap'],
      ['with another kek-id', wrapped(wrapKey(KEK, GUEK), 1), PLAIN, 'unknown-key-id'],
      ['without a master key', wrapped(wrapKey(KEK, GUEK)), { keys: {} }, 'missing-key'],
    ] as const)
      it(`is not had ${what}`, () => expect(found(keyInfo, ring)).to.equal(failure))
  })

  describe('identified', () => {
    it('is not had where it is not known', () =>
      expect(found(identifiedKey('global-broadcast-encryption-key'), PLAIN)).to.equal('missing-key'))
    it('is not had of a key-id that is none', () =>
      expect(found({ is: 'identified-key', value: { 'key-id': 2 } }, PLAIN)).to.equal('unknown-key-id'))
  })
})
