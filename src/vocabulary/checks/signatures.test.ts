import { expect } from 'chai'
import { hex, type Value } from '../../codec/value.ts'
import { keyPairOf, signature } from '../../protocol/security/curves.ts'
import { lfsrNonce, LFSR_START } from '../../protocol/security/lfsr.ts'
import { repeatableSignature, signatureWithNonce } from '../../protocol/security/nonce-signature.ts'
import { noncesDifferent, noncesUnguessed, noncesUnlike } from './signatures.ts'

const PASS = { is: 'pass' }
const PAIR = keyPairOf('P-256', new Uint8Array(32).fill(0x13))
const sample = (n: number, sign: (message: Uint8Array) => Uint8Array | undefined): Value => {
  const message = Uint8Array.of(n)
  return { message: hex(message), signature: hex(sign(message) ?? new Uint8Array(0)) }
}
const bySystem = (n: number): Value => sample(n, (message) => signature('P-256', PAIR, message))
const repeatable = (n: number): Value => sample(n, (message) => repeatableSignature('P-256', PAIR, message))
const withNonce = (n: number, nonce: Uint8Array): Value =>
  sample(n, (message) => signatureWithNonce('P-256', PAIR, message, nonce))
const FIXED = new Uint8Array(32).fill(7)

describe('checks of signatures', () => {
  it('pass what the system signs', () => {
    const good = [1, 2, 3, 3].map(bySystem)
    expect(noncesDifferent(good)).to.deep.equal(PASS)
    expect(noncesUnguessed(good)).to.deep.equal(PASS)
  })
  it('pass the same signature over the same message, which gives nothing away', () => {
    expect(noncesDifferent([repeatable(1), repeatable(1), repeatable(2)])).to.deep.equal(PASS)
    expect(noncesUnguessed([repeatable(1), repeatable(1)])).to.deep.equal(PASS)
  })
  it('nonces-different and nonces-unlike fail an R that comes again over another message, now or from before', () => {
    const [one, other] = [withNonce(1, FIXED), withNonce(2, FIXED)]
    expect(noncesDifferent([one, other])).to.include({ is: 'fails', expected: 'another R for each message' })
    expect(noncesUnlike([one], [other])).to.include({ is: 'fails' })
    expect(noncesUnlike([one], [bySystem(2)])).to.deep.equal(PASS)
  })
  it('nonces-unguessed fails nonces of a small generator, and does not tell the key', () => {
    const found = noncesUnguessed([1, 2].map((n) => withNonce(n, lfsrNonce(LFSR_START, 32, n))))
    expect(found).to.include({ is: 'fails', expected: 'nonces that nobody can guess' })
    expect(JSON.stringify(found)).not.to.match(/1313/)
  })
  it('fail what are no signatures', () => {
    for (const value of [null, 3, [], ['AA'], [{ message: 'AA' }]] as const) {
      expect(noncesUnlike(value, undefined)).to.include({ is: 'fails' })
      expect(noncesUnguessed(value)).to.include({ is: 'fails' })
    }
  })
})
