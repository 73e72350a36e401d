import { createCipheriv, createDecipheriv } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { hex } from '../../codec/value.ts'
import { decode, encode } from '../../codec/codec.ts'
import { apdu } from '../apdu.ts'
import { curveOf, given, octets, texts, type Texts } from '../vectors/texts.ts'
import { mac, seal } from './aes-gcm.ts'
import { cipher, cipheredIn, cipheredNameOf, headerOctets, protectedOctetsOf, type Ciphering } from './ciphered-apdu.ts'
import { isSignature, keyPairOf, sharedSecret, signature } from './curves.ts'
import {
  HLS_GMAC_OCTETS,
  hlsEcdsa,
  hlsGmac,
  hlsMd5,
  hlsSha1,
  hlsSha256,
  isHlsEcdsa,
  isProof,
  type Challenges,
} from './hls.ts'
import { ALGORITHMS, deriveKey } from './kdf.ts'
import { unwrapKey, wrapKey } from './key-wrap.ts'
import { initializationVector, protect, unprotect, type Protection } from './protection.ts'
import { securityControlOctet, securityControlOf } from './security-control.ts'

const protectionOf = (vector: Texts): Protection => ({
  control: securityControlOf(Number.parseInt(vector['security-control'] ?? '', 16)),
  invocationCounter: Number.parseInt(vector['invocation-counter'] ?? '', 16),
  originator: given(vector, 'system-title'),
  keys: { encryption: given(vector, 'encryption-key'), authentication: given(vector, 'authentication-key') },
  header: given(vector, 'header'),
})

describe('protection', () => {
  it('has 30 golden vectors', () => expect(texts('protection')).to.have.lengthOf(30))
  for (const vector of texts('protection')) {
    const control = `${vector['security-control']}${vector['invocation-counter']}`
    const contents = vector.octets.slice(vector.octets.indexOf(control) + control.length)
    it(`${vector.id}: ${vector.what}`, () => {
      const apduRead = decode(apdu, octets(vector.octets))
      if (!apduRead.ok) throw new TypeError(JSON.stringify(apduRead.failure))
      expect(hex(encode(apdu, apduRead.value))).to.equal(vector.octets)
      const found = cipheredIn(apduRead.value)
      if (found === undefined) throw new TypeError(`${vector.id} is not ciphered`)
      expect(hex(protectedOctetsOf(found.ciphered))).to.equal(contents)
      expect(found.ciphered['security-control']).to.deep.equal(protectionOf(vector).control)
      expect(found.ciphered['invocation-counter']).to.equal(protectionOf(vector).invocationCounter)
      const { name, form, title, header, keyInfo } = found
      const plainOctets = given(vector, 'plain')
      expect(cipheredNameOf(form, plainOctets[0])).to.equal(name)
      expect(hex(header === undefined ? octets('') : headerOctets(header))).to.equal(vector['header'] ?? '')
      const { header: _, ...protection } = protectionOf(vector)
      const ciphering: Ciphering = {
        name,
        protection,
        ...(title ? { title } : {}),
        ...(header ? { header } : {}),
        ...(keyInfo ? { keyInfo } : {}),
      }
      expect(hex(cipher(ciphering, plainOctets))).to.equal(vector.octets)
      expect(hex(protect(protectionOf(vector), given(vector, 'plain')))).to.equal(contents)
      const read = unprotect(protectionOf(vector), octets(contents))
      expect(read).to.deep.equal({ ok: true, value: given(vector, 'plain') })
    })
  }

  const plain: Protection = {
    control: securityControlOf(0x30),
    invocationCounter: 7,
    originator: octets('4D4D4D0000BC614E'),
    keys: { encryption: octets('00'.repeat(16)), authentication: octets('11'.repeat(16)) },
  }
  const APDU = octets('C001C100080000010000FF0200')

  it('has an IV of system title and counter', () =>
    expect(hex(initializationVector({ ...plain, invocationCounter: 0x01234567 }))).to.equal('4D4D4D0000BC614E01234567'))

  describe('is not taken', () => {
    const sealed = protect(plain, APDU)
    for (const [what, found, octetsFound] of [
      ['one bit of the tag', plain, sealed.map((octet, at) => (at === sealed.length - 1 ? octet ^ 1 : octet))],
      ['one bit of the ciphertext', plain, sealed.map((octet, at) => (at === 0 ? octet ^ 0x80 : octet))],
      ['another counter', { ...plain, invocationCounter: 8 }, sealed],
      ['another title', { ...plain, originator: octets('4D4D4D0000BC614F') }, sealed],
      ['another suite', { ...plain, control: securityControlOf(0x31) }, sealed],
      ['the broadcast key set', { ...plain, control: securityControlOf(0x70) }, sealed],
      ['header fields', { ...plain, header: octets('00') }, sealed],
      ['another key', { ...plain, keys: { ...plain.keys, encryption: octets('22'.repeat(16)) } }, sealed],
      [
        'another authentication key',
        { ...plain, keys: { ...plain.keys, authentication: octets('22'.repeat(16)) } },
        sealed,
      ],
    ] as const)
      it(`with ${what}`, () => expect(unprotect(found, octetsFound)).to.deep.equal({ ok: false, failure: 'wrong-tag' }))
    for (const control of [0x10, 0x30])
      it(`without room for a tag (${control.toString(16)})`, () => {
        const short = unprotect({ ...plain, control: securityControlOf(control) }, sealed.subarray(0, 11))
        expect(short).to.deep.equal({ ok: false, failure: 'too-short' })
      })
    it('where what is authenticated alone was changed', () => {
      const clear = { ...plain, control: securityControlOf(0x10) }
      const changed = protect(clear, APDU).map((octet, at) => (at === 3 ? octet ^ 1 : octet))
      expect(unprotect(clear, changed)).to.deep.equal({ ok: false, failure: 'wrong-tag' })
    })
  })

  const some = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
  for (const keyOctets of [16, 32] as const)
    it(`is that of OpenSSL, keys of ${keyOctets} octets`, () => {
      fc.assert(
        fc.property(some(keyOctets), some(12), some(17), fc.uint8Array({ maxLength: 300 }), (key, iv, aad, message) => {
          const cipher = createCipheriv(`aes-${keyOctets === 16 ? 128 : 256}-gcm`, key, iv, { authTagLength: 12 })
          cipher.setAAD(aad)
          const due = Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()])
          expect(hex(seal({ key, iv, aad }, message))).to.equal(hex(due))
          const decipher = createDecipheriv(`aes-${keyOctets === 16 ? 128 : 256}-gcm`, key, iv, { authTagLength: 12 })
          decipher.setAAD(aad)
          decipher.setAuthTag(mac({ key, iv, aad }))
          expect(() => decipher.final()).to.not.throw()
        }),
        { numRuns: 50 },
      )
    })
})

describe('the security control octet', () => {
  for (const [octet, value] of [
    [0x10, { authentication: true }],
    [0x20, { encryption: true }],
    [0x30, { authentication: true, encryption: true }],
    [0x31, { authentication: true, encryption: true, 'security-suite-id': 1 }],
    [0x32, { authentication: true, encryption: true, 'security-suite-id': 2 }],
    [0x70, { authentication: true, encryption: true, 'broadcast-key-set': true }],
    [0xb1, { authentication: true, encryption: true, compression: true, 'security-suite-id': 1 }],
  ] as const)
    it(octet.toString(16).toUpperCase(), () => {
      const none = { compression: false, 'broadcast-key-set': false, encryption: false, authentication: false }
      expect(securityControlOf(octet)).to.deep.equal({ ...none, 'security-suite-id': 0, ...value })
      expect(securityControlOctet(securityControlOf(octet))).to.equal(octet)
    })
})

describe('HLS', () => {
  const titles = { client: '4D4D4D0000000001', server: '4D4D4D0000BC614E' }
  const challengesOf = (vector: Texts): Challenges => {
    const client = { title: octets(titles.client), challenge: given(vector, 'CtoS') }
    const server = { title: octets(titles.server), challenge: given(vector, 'StoC') }
    return vector['side'] === 'client' ? { prover: client, checker: server } : { prover: server, checker: client }
  }
  const secretOf = (vector: Texts): Uint8Array => given(vector, 'hls-secret')
  const of = (mechanism: number): readonly Texts[] =>
    texts('hls').filter((vector) => Number(vector['mechanism']) === mechanism)

  for (const [mechanism, prove] of [
    [3, hlsMd5],
    [4, hlsSha1],
    [6, hlsSha256],
  ] as const)
    for (const vector of of(mechanism))
      it(`${vector.id}: ${vector.what}`, () => {
        const proof = prove(secretOf(vector), challengesOf(vector))
        const other = proof.map((octet) => octet ^ 1)
        expect(hex(proof)).to.equal(vector.octets)
        expect(isProof(proof, octets(vector.octets))).to.equal(true)
        expect(isProof(proof, other)).to.equal(false)
        expect(isProof(proof, proof.subarray(1))).to.equal(false)
      })
  for (const vector of of(5))
    it(`${vector.id}: ${vector.what}`, () => {
      const challenges = challengesOf(vector)
      const proof = hlsGmac({ ...protectionOf(vector), originator: challenges.prover.title }, challenges)
      expect(hex(proof)).to.equal(vector.octets)
      expect(proof).to.have.lengthOf(HLS_GMAC_OCTETS)
    })
  for (const vector of of(7))
    it(`${vector.id}: ${vector.what}`, () => {
      const [curve, key, signed] = [curveOf(vector), given(vector, 'public-key'), octets(vector.octets)]
      if (vector['StoC'] !== undefined) {
        expect(isHlsEcdsa(curve, key, challengesOf(vector), signed)).to.equal(true)
        const proof = hlsEcdsa(curve, keyPairOf(curve, given(vector, 'private-key')), challengesOf(vector))
        expect(isHlsEcdsa(curve, key, challengesOf(vector), proof)).to.equal(true)
        const { prover, checker } = challengesOf(vector)
        expect(isHlsEcdsa(curve, key, { prover: checker, checker: prover }, signed)).to.equal(false)
      }
      expect(isSignature(curve, key, given(vector, 'message'), signed)).to.equal(true)
    })
})

describe('curves', () => {
  for (const vector of texts('ecdsa'))
    it(`${vector.id}: ${vector.what}`, () => {
      const [curve, message] = [curveOf(vector), given(vector, 'message')]
      const pair = keyPairOf(curve, given(vector, 'private-key'))
      expect(hex(pair.publicKey)).to.equal(vector['public-key'])
      expect(isSignature(curve, pair.publicKey, message, octets(vector.octets))).to.equal(true)
      expect(isSignature(curve, pair.publicKey, message.subarray(1), octets(vector.octets))).to.equal(false)
      expect(isSignature(curve, pair.publicKey, message, signature(curve, pair, message))).to.equal(true)
    })
  for (const vector of texts('key-agreement'))
    it(`${vector.id}: ${vector.what}`, () => {
      const pair = keyPairOf(curveOf(vector), given(vector, 'private-key'))
      const z = sharedSecret(curveOf(vector), pair, given(vector, 'peer-public-key'))
      expect(z && hex(z)).to.equal(vector.octets)
    })
  for (const vector of texts('kdf'))
    it(`${vector.id}: ${vector.what}`, () => {
      const curve = vector['hash'] === 'SHA-384' ? 'P-384' : 'P-256'
      expect(hex(ALGORITHMS[curve])).to.equal(vector['algorithm-id'])
      const parties = { partyU: given(vector, 'party-u-info'), partyV: given(vector, 'party-v-info') }
      const key = deriveKey(curve, given(vector, 'Z'), { algorithm: ALGORITHMS[curve], ...parties })
      expect(hex(key)).to.equal(vector.octets)
    })

  describe('do not take', () => {
    const pair = keyPairOf('P-256', octets('11'.repeat(32)))
    const message = octets('0102')
    for (const [what, key] of [
      ['a point that is not on the curve', pair.publicKey.map((octet, at) => (at === 63 ? octet ^ 1 : octet))],
      ['the point of zeros', new Uint8Array(64)],
      ['half a point', pair.publicKey.subarray(32)],
      ['a point with a tag', Uint8Array.of(4, ...pair.publicKey)],
    ] as const)
      it(what, () => {
        expect(isSignature('P-256', key, message, signature('P-256', pair, message))).to.equal(false)
        expect(sharedSecret('P-256', pair, key)).to.equal(undefined)
      })
    it('a signature in DER, or none', () => {
      expect(isSignature('P-256', pair.publicKey, message, octets('3006020101020101'))).to.equal(false)
      expect(isSignature('P-256', pair.publicKey, message, new Uint8Array(0))).to.equal(false)
    })
  })
})

describe('key wrap', () => {
  for (const vector of texts('key-wrap'))
    it(`${vector.id}: ${vector.what}`, () => {
      const kek = given(vector, 'kek')
      expect(hex(wrapKey(kek, given(vector, 'key')))).to.equal(vector.octets)
      const wrapped = octets(vector.octets)
      expect(unwrapKey(kek, wrapped)).to.deep.equal(given(vector, 'key'))
      expect(
        unwrapKey(
          kek.map((octet) => octet ^ 1),
          wrapped,
        ),
      ).to.equal(undefined)
      expect(
        unwrapKey(
          kek,
          wrapped.map((octet, at) => (at === 9 ? octet ^ 1 : octet)),
        ),
      ).to.equal(undefined)
      expect(unwrapKey(kek, wrapped.subarray(8))).to.equal(undefined)
      expect(unwrapKey(kek, new Uint8Array(0))).to.equal(undefined)
    })
})
