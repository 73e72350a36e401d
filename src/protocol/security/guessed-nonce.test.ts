import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { octets } from '../vectors/texts.ts'
import { keyPairOf, signature, type Curve } from './curves.ts'
import { guessedNonce, type SignedMessage } from './guessed-nonce.ts'
import { lfsrNonce, LFSR_START } from './lfsr.ts'
import { signatureWithNonce } from './nonce-signature.ts'

const SIZES = { 'P-256': 32, 'P-384': 48 } as const

describe('nonces that can be guessed', () => {
  it('a shift register begins as in all examples', () =>
    // 0xACE1 is followed by 0x5670, 0xAB38, 0x559C, 0x2ACE
    expect(hex(lfsrNonce(LFSR_START, 4, 0))).to.equal('70389CCE'))
  it('and goes on where it was', () =>
    expect(hex(lfsrNonce(LFSR_START, 2, 1))).to.equal(hex(lfsrNonce(LFSR_START, 4, 0).subarray(2))))

  for (const curve of ['P-256', 'P-384'] as const) {
    const size = SIZES[curve]
    const pair = keyPairOf(curve, new Uint8Array(size).fill(0x13))
    const signedWith = (n: number, nonce: Uint8Array, by = pair): SignedMessage => {
      const message = Uint8Array.of(n)
      return { message, signature: signatureWithNonce(curve, by, message, nonce) ?? octets('') }
    }
    const small = (number: number): Uint8Array => {
      const nonce = new Uint8Array(size)
      nonce.set([number >> 8, number & 0xff], size - 2)
      return nonce
    }
    const register = (n: number): Uint8Array => lfsrNonce(LFSR_START, size, n)
    it(`${curve}: finds numbers of 16 bits`, () =>
      expect(guessedNonce(curve, signedWith(1, small(7)), signedWith(2, small(0xffff)))).to.equal('small-number'))
    it(`${curve}: finds octets of a shift register, far apart`, () =>
      expect(guessedNonce(curve, signedWith(1, register(3)), signedWith(2, register(1999)))).to.equal('shift-register'))
    it(`${curve}: finds them where S is the lower one of two`, () =>
      expect(guessedNonce(curve, negative(curve, signedWith(1, register(3))), signedWith(2, register(9)))).to.equal(
        'shift-register',
      ))
    it(`${curve}: finds nothing in signatures of the system, or of two keys`, () => {
      const [one, other] = [1, 2].map((n): SignedMessage => {
        const message = Uint8Array.of(n)
        return { message, signature: signature(curve, pair, message) }
      })
      if (one === undefined || other === undefined) throw new TypeError('two')
      expect(guessedNonce(curve, one, other)).to.equal(undefined)
      const another = keyPairOf(curve, new Uint8Array(size).fill(0x14))
      expect(guessedNonce(curve, signedWith(1, small(7)), signedWith(2, small(8), another))).to.equal(undefined)
    })
  }
})

/** The same with n - S, which is as right. */
function negative(curve: Curve, { message, signature }: SignedMessage): SignedMessage {
  const size = SIZES[curve]
  const orders = {
    'P-256': 'FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551',
    'P-384': 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973',
  }
  const s = BigInt(`0x${orders[curve]}`) - BigInt(`0x${hex(signature.subarray(size))}`)
  return { message, signature: octets(hex(signature.subarray(0, size)) + s.toString(16).padStart(2 * size, '0')) }
}
