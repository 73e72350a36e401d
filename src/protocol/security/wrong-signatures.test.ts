import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { keyPairOf, signature } from './curves.ts'
import { checkSignature } from './signature.ts'
import { WRONG_SIGNATURES, wrongSignature } from './wrong-signatures.ts'

describe('octets that are no signature', () => {
  const message = Uint8Array.of(1, 2, 3)
  for (const [curve, size] of [
    ['P-256', 32],
    ['P-384', 48],
  ] as const) {
    const pair = keyPairOf(curve, new Uint8Array(size).fill(0x11))
    const right = signature(curve, pair, message)
    for (const is of WRONG_SIGNATURES)
      it(`${curve}: ${is} is none, and is not the right one`, () => {
        const wrong = wrongSignature(is, curve, right)
        expect(hex(wrong)).to.not.equal(hex(right))
        const checked = checkSignature(curve, pair.publicKey, message, wrong)
        const due = /^(one|der)/.test(is) ? 'wrong-size' : is.startsWith('s-') ? 's-out-of-range' : 'r-out-of-range'
        expect(checked.ok || checked.failure).to.equal(due)
      })
  }
  it('in DER a number has no more octets than it needs, and is not negative', () => {
    const right = Uint8Array.of(0, 0x80, 0x01, 0x7f)
    expect(hex(wrongSignature('der', 'P-256', right))).to.equal('3008020200800202017F')
  })
})
