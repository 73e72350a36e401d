import { expect } from 'chai'
import fc from 'fast-check'
import { hex } from '../../codec/value.ts'
import { curveOf, given, octets, texts } from '../vectors/texts.ts'
import { isSignature, keyPairOf } from './curves.ts'
import { deterministicNonce, signatureWithNonce } from './nonce-signature.ts'

describe('a signature with a nonce that is given', () => {
  const deterministic = [...texts('ecdsa'), ...texts('hls'), ...texts('general-signing')].filter(({ nonce }) =>
    nonce?.startsWith('RFC 6979'),
  )
  it('has vectors', () => expect(deterministic).to.have.length.above(4))
  for (const vector of deterministic)
    it(`is that of ${vector.id}`, () => {
      const [curve, privateKey, message] = [curveOf(vector), given(vector, 'private-key'), given(vector, 'message')]
      const nonce = deterministicNonce(curve, privateKey, message)
      const signed = signatureWithNonce(curve, { privateKey }, message, nonce)
      const due = vector.octets.slice(-4 * (curve === 'P-256' ? 32 : 48))
      expect(signed && hex(signed)).to.equal(due)
    })
  // RFC 6979, A.2.5 and A.2.6, message "sample"
  it('has the nonces of RFC 6979', () => {
    const sample = octets('73616D706C65')
    const key256 = octets('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721')
    expect(hex(deterministicNonce('P-256', key256, sample))).to.equal(
      'A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60',
    )
    const key384 = octets(
      '6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5',
    )
    expect(hex(deterministicNonce('P-384', key384, sample))).to.equal(
      '94ED910D1A099DAD3254E9242AE85ABDE4BA15168EAF0CA87A555FD56D10FBCA2907E3E83BA95368623B8C4686915CF9',
    )
  })
  for (const [curve, size] of [
    ['P-256', 32],
    ['P-384', 48],
  ] as const) {
    const pair = keyPairOf(curve, new Uint8Array(size).fill(7))
    it(`is one to OpenSSL, ${curve}`, () => {
      const nonces = fc.uint8Array({ minLength: 1, maxLength: 1 }).map(([octet = 0]) => {
        const nonce = new Uint8Array(size)
        nonce[size - 1] = octet || 1
        return nonce
      })
      fc.assert(
        fc.property(nonces, fc.uint8Array({ maxLength: 100 }), (nonce, message) => {
          const signed = signatureWithNonce(curve, pair, message, nonce)
          expect(signed && isSignature(curve, pair.publicKey, message, signed)).to.equal(true)
        }),
        { numRuns: 20 },
      )
    })
    for (const [what, nonce] of [
      ['zero', new Uint8Array(size)],
      ['beyond the order', new Uint8Array(size).fill(0xff)],
      ['too short', new Uint8Array(size - 1).fill(1)],
    ] as const)
      it(`is not made with a nonce that is ${what}, ${curve}`, () =>
        expect(signatureWithNonce(curve, pair, new Uint8Array(1), nonce)).to.equal(undefined))
  }
})
