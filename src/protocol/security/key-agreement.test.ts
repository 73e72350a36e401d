import { expect } from 'chai'
import { concat } from '../../codec/operator.ts'
import { hex } from '../../codec/value.ts'
import { curveOf, given, octets, textsOf, type Texts } from '../vectors/texts.ts'
import { keyPairOf, sharedSecret, type Curve } from './curves.ts'
import { derivationThatOpens, type KdfVariant } from './kdf-variants.ts'
import { ALGORITHMS, deriveKey } from './kdf.ts'
import { agreedKey, ephemeralKeyData, ephemeralKeyOf, partiesOf, type Agreement } from './key-agreement.ts'
import { protect, type Protection } from './protection.ts'
import { securityControlOf } from './security-control.ts'

const [CLIENT, SERVER] = [octets('4D4D4D0000BC614E'), octets('4D4D4D0000000001')]
const TRANSACTION = octets('0102030405060708')

const agreement = (
  scheme: Agreement['scheme'],
  curve: Curve = 'P-256',
  titles = { partyU: CLIENT, partyV: SERVER },
) => ({
  scheme,
  curve,
  titles,
  transactionId: TRANSACTION,
})
const pairOf = (vector: Texts) => keyPairOf(curveOf(vector), given(vector, 'private-key'))
const found = (result: ReturnType<typeof agreedKey | typeof ephemeralKeyOf>): string =>
  result.ok ? hex(result.value) : result.failure

describe('key agreement', () => {
  for (const [scheme, secret, derived, titles] of [
    ['ephemeral-unified', 'ecdh-2e0s', 'kdf-2e0s', { partyU: CLIENT, partyV: SERVER }],
    ['one-pass', 'ecdh-1e1s', 'kdf-1e1s', { partyU: CLIENT, partyV: SERVER }],
    ['one-pass', 'ecdh-1e1s-s', 'kdf-1e1s-s', { partyU: SERVER, partyV: CLIENT }],
    ['static-unified', 'ecdh-0e2s', 'kdf-0e2s', { partyU: CLIENT, partyV: SERVER }],
    ['one-pass', 'ecdh-s2', 'kdf-s2', { partyU: CLIENT, partyV: SERVER }],
  ] as const)
    it(`${scheme} gives ${derived} of ${secret}`, () => {
      const vector = textsOf('key-agreement', secret)
      const key = agreedKey(
        agreement(scheme, curveOf(vector), titles),
        pairOf(vector),
        given(vector, 'peer-public-key'),
      )
      expect(found(key)).to.equal(textsOf('kdf', derived).octets)
    })

  for (const scheme of ['ephemeral-unified', 'one-pass', 'static-unified'] as const)
    for (const [curve, size] of [
      ['P-256', 32],
      ['P-384', 48],
    ] as const)
      it(`${scheme} gives both parties the same key on ${curve}`, () => {
        const [u, v] = [keyPairOf(curve, octets('11'.repeat(size))), keyPairOf(curve, octets('22'.repeat(size)))]
        const key = found(agreedKey(agreement(scheme, curve), u, v.publicKey))
        expect(found(agreedKey(agreement(scheme, curve), v, u.publicKey))).to.equal(key)
        expect(key).to.have.lengthOf(curve === 'P-256' ? 32 : 64)
      })

  describe('does not take', () => {
    const own = keyPairOf('P-256', octets('11'.repeat(32)))
    const { publicKey } = keyPairOf('P-256', octets('22'.repeat(32)))
    const prime = octets('FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF')
    const y = publicKey.subarray(32)
    for (const [what, key, failure] of [
      ['(0, 0)', new Uint8Array(64), 'no-point'],
      [
        'a point beside the curve',
        concat([publicKey.subarray(0, 63), Uint8Array.of((publicKey[63] ?? 0) ^ 1)]),
        'no-point',
      ],
      ['x = p', concat([prime, y]), 'no-point'],
      ['x and y above p', new Uint8Array(64).fill(0xff), 'no-point'],
      ['63 octets', publicKey.subarray(1), 'no-point'],
      ['65 octets', concat([Uint8Array.of(4), publicKey]), 'no-point'],
      ['no octets', octets(''), 'no-point'],
      ['a point of P-384', keyPairOf('P-384', octets('22'.repeat(48))).publicKey, 'no-point'],
      ['the own key', own.publicKey, 'own-key'],
    ] as const)
      it(what, () => expect(found(agreedKey(agreement('one-pass'), own, key))).to.equal(failure))
    it('a coordinate above p that is one of the curve modulo p', () => {
      // (0, √b) is on the curve; with x = p it is the same point, written wrongly
      const root = '66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE871728BF856A174F93F4'
      expect(found(agreedKey(agreement('one-pass'), own, octets('00'.repeat(32) + root)))).to.have.lengthOf(32)
      expect(found(agreedKey(agreement('one-pass'), own, concat([prime, octets(root)])))).to.equal('no-point')
    })
  })
})

describe('the ephemeral key that is sent', () => {
  const [c1, c2] = [textsOf('ecdsa', 'ecdsa-gb-c1'), textsOf('ecdsa', 'ecdsa-gb-c2c')]
  const signing = pairOf(c1)
  const dataOf = (vector: Texts, from: number): Uint8Array =>
    concat([given(vector, 'message').subarray(from), octets(vector.octets)])
  for (const [vector, keyId, from] of [
    [c1, 0, 1],
    [c2, undefined, 0],
  ] as const)
    describe(`${vector.id}: ${vector.what}`, () => {
      const data = dataOf(vector, from)
      const check = (changed: Uint8Array, id: number | undefined = keyId, key = signing.publicKey): string =>
        found(ephemeralKeyOf('P-256', key, changed, id))
      it('is taken', () => expect(check(data)).to.equal(hex(data.subarray(0, 64))))
      it('with another key_id is not', () => expect(check(data, 2)).to.equal('wrong-signature'))
      it('with the key of another is not', () =>
        expect(check(data, keyId, keyPairOf('P-256', octets('11'.repeat(32))).publicKey)).to.equal('wrong-signature'))
      it('with one bit changed is not', () => {
        for (const at of [0, 63, 70, 127])
          expect(check(data.map((octet, i) => (i === at ? octet ^ 1 : octet)))).to.equal('wrong-signature')
      })
      it('cut or lengthened is not', () => {
        for (const wrong of [data.subarray(1), concat([data, octets('00')]), octets('')])
          expect(check(wrong)).to.equal('wrong-size')
      })
    })
  it('is made, and is its own', () => {
    const pair = keyPairOf('P-384', octets('11'.repeat(48)))
    const ephemeral = keyPairOf('P-384', octets('22'.repeat(48)))
    const data = ephemeralKeyData('P-384', pair, ephemeral.publicKey, 1)
    expect(data).to.have.lengthOf(192)
    expect(found(ephemeralKeyOf('P-384', pair.publicKey, data, 1))).to.equal(hex(ephemeral.publicKey))
  })
  it('beside the curve is not taken, rightly signed', () => {
    const beside = new Uint8Array(64).fill(7)
    const data = ephemeralKeyData('P-256', signing, beside)
    expect(found(ephemeralKeyOf('P-256', signing.publicKey, data))).to.equal('no-point')
  })
})

describe('a wrong derivation', () => {
  const protection: Omit<Protection, 'keys'> = {
    control: securityControlOf(0x31),
    invocationCounter: 0,
    originator: SERVER,
  }
  const authenticationKey = octets('33'.repeat(16))
  const told = (scheme: Agreement['scheme'], curve: Curve, key: (z: Uint8Array) => Uint8Array, control = 0x31) => {
    const size = curve === 'P-256' ? 32 : 48
    const z = sharedSecret(
      curve,
      keyPairOf(curve, octets('11'.repeat(size))),
      keyPairOf(curve, octets('22'.repeat(size))).publicKey,
    )
    if (z === undefined) throw new TypeError('no point')
    const own = { ...protection, control: securityControlOf(control) }
    const sealed = protect(
      { ...own, keys: { encryption: key(z), authentication: authenticationKey } },
      octets('C401C10016'),
    )
    return derivationThatOpens(agreement(scheme, curve), z, { protection: own, authenticationKey, octets: sealed })
      ?.variant
  }
  const party = (text: string): Uint8Array => octets(text)
  const [U, V] = ['4D4D4D0000BC614E', '4D4D4D0000000001']
  for (const [scheme, curve, due, partyU, partyV, algorithm, hash] of [
    ['one-pass', 'P-256', 'right', U, V, '60857405080300', undefined],
    ['one-pass', 'P-256', 'party-infos-swapped', V, U, '60857405080300', undefined],
    ['static-unified', 'P-256', 'right', `${U}080102030405060708`, V, '60857405080300', undefined],
    ['static-unified', 'P-256', 'party-infos-swapped', V, `${U}080102030405060708`, '60857405080300', undefined],
    ['static-unified', 'P-256', 'titles-swapped', `${V}080102030405060708`, U, '60857405080300', undefined],
    [
      'static-unified',
      'P-256',
      'transaction-id-without-length',
      `${U}0102030405060708`,
      V,
      '60857405080300',
      undefined,
    ],
    ['static-unified', 'P-256', 'without-transaction-id', U, V, '60857405080300', undefined],
    ['one-pass', 'P-256', 'with-transaction-id', `${U}080102030405060708`, V, '60857405080300', undefined],
    ['one-pass', 'P-384', 'algorithm-id-of-other-suite', U, V, '60857405080300', undefined],
    ['ephemeral-unified', 'P-256', 'algorithm-id-of-other-suite', U, V, '60857405080301', undefined],
    ['one-pass', 'P-256', 'algorithm-id-with-length', U, V, '0760857405080300', undefined],
    ['one-pass', 'P-256', 'without-algorithm-id', U, V, '', undefined],
    ['one-pass', 'P-256', 'hash-of-other-suite', U, V, '60857405080300', 'sha384'],
    ['one-pass', 'P-384', 'hash-of-other-suite', U, V, '60857405080301', 'sha256'],
  ] as const satisfies readonly (readonly [Agreement['scheme'], Curve, KdfVariant, ...unknown[]])[])
    it(`of ${scheme} on ${curve} is told: ${due}`, () => {
      const parties = { algorithm: octets(algorithm), partyU: party(partyU), partyV: party(partyV) }
      expect(told(scheme, curve, (z) => deriveKey(curve, z, parties, hash))).to.equal(due)
    })
  it('that is none of these is not told', () =>
    expect(told('one-pass', 'P-256', () => octets('44'.repeat(16)))).to.equal(undefined))
  it('cannot be told without a tag', () => {
    const parties = partiesOf(agreement('one-pass'))
    expect(told('one-pass', 'P-256', (z) => deriveKey('P-256', z, parties), 0x21)).to.equal(undefined)
    expect(hex(ALGORITHMS['P-256'])).to.equal('60857405080300')
  })
})
