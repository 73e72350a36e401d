import { createCipheriv } from 'node:crypto'
import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { MECHANISM } from '../acse/names.ts'
import { curveOf, given, octets, texts, type Texts } from '../vectors/texts.ts'
import { keyPairOf } from './curves.ts'
import { checkProof, proofOf, type CheckMaterial, type HlsMechanism, type ProofMaterial } from './hls-proof.ts'
import type { Challenges } from './hls.ts'
import { securityControlOf } from './security-control.ts'

const NAMES: readonly HlsMechanism[] = ['hls-2', 'hls-md5', 'hls-sha1', 'hls-gmac', 'hls-sha256', 'hls-ecdsa']
const mechanismOf = (vector: Texts): HlsMechanism => NAMES[Number(vector['mechanism']) - 2] ?? 'hls-2'

const challengesOf = (vector: Texts): Challenges => {
  const client = { title: octets('4D4D4D0000000001'), challenge: given(vector, 'CtoS') }
  const server = { title: octets('4D4D4D0000BC614E'), challenge: given(vector, 'StoC') }
  return vector['side'] === 'client' ? { prover: client, checker: server } : { prover: server, checker: client }
}

/** With what the vector is proved, and with what it is checked. */
function materialOf(vector: Texts): { readonly prove: ProofMaterial; readonly check: CheckMaterial } {
  const is = mechanismOf(vector)
  if (is === 'hls-gmac') {
    const keys = { encryption: given(vector, 'encryption-key'), authentication: given(vector, 'authentication-key') }
    const invocationCounter = Number.parseInt(vector['invocation-counter'] ?? '', 16)
    return { prove: { is, control: securityControlOf(0x10), invocationCounter, keys }, check: { is, suite: 0, keys } }
  }
  if (is === 'hls-ecdsa') {
    const curve = curveOf(vector)
    const pair = keyPairOf(curve, given(vector, 'private-key'))
    return { prove: { is, curve, pair }, check: { is, curve, publicKey: given(vector, 'public-key') } }
  }
  const secret = given(vector, 'hls-secret')
  return { prove: { is, secret }, check: { is, secret } }
}

describe('proof by HLS', () => {
  it('knows the mechanisms by their numbers', () =>
    expect(NAMES.map((name) => MECHANISM[name].split('.').at(-1))).to.deep.equal(['2', '3', '4', '5', '6', '7']))

  const complete = texts('hls').filter((vector) => vector['StoC'] !== undefined)
  it('has vectors of each', () => expect(new Set(complete.map(mechanismOf))).to.have.lengthOf(NAMES.length))

  for (const vector of complete) {
    const [{ prove, check }, challenges] = [materialOf(vector), challengesOf(vector)]
    const proof = octets(vector.octets)
    const proven = prove.is === 'hls-gmac' ? { invocationCounter: prove.invocationCounter } : {}
    describe(`${vector.id}: ${vector.what}`, () => {
      it('is proof', () => expect(checkProof(check, challenges, proof)).to.deep.equal({ ok: true, value: proven }))
      it('is made', () => {
        const made = proofOf(prove, challenges)
        if (prove.is !== 'hls-ecdsa') expect(hex(made)).to.equal(vector.octets)
        expect(checkProof(check, challenges, made).ok).to.equal(true)
      })
      const { prover, checker } = challenges
      const another = { ...checker, challenge: checker.challenge.map((octet, at) => (at === 0 ? octet ^ 1 : octet)) }
      const wrong = { ok: false, failure: 'wrong-proof' }
      it('of another challenge is none', () =>
        expect(checkProof(check, { prover, checker: another }, proof)).to.deep.equal(wrong))
      it('of the other side is none', () =>
        expect(checkProof(check, { prover: checker, checker: prover }, proof)).to.deep.equal(wrong))
      it('with one bit changed is none', () =>
        expect(
          checkProof(
            check,
            challenges,
            proof.map((octet, at) => (at === 7 ? octet ^ 0x80 : octet)),
          ),
        ).to.deep.equal(wrong))
      for (const length of [0, 1, 5, proof.length - 1])
        it(`cut to ${length} octets is none`, () =>
          expect(checkProof(check, challenges, proof.subarray(0, length)).ok).to.equal(false))
      it('with one octet more is none', () =>
        expect(checkProof(check, challenges, Uint8Array.of(...proof, 0)).ok).to.equal(false))
    })
  }

  describe('by GMAC', () => {
    const keys = { encryption: octets('00'.repeat(16)), authentication: octets('11'.repeat(16)) }
    const challenges: Challenges = {
      prover: { title: octets('4D4D4D0000000001'), challenge: octets('01'.repeat(8)) },
      checker: { title: octets('4D4D4D0000BC614E'), challenge: octets('02'.repeat(8)) },
    }
    for (const [control, suite, taken] of [
      [0x10, 0, true],
      [0x11, 1, true],
      [0x12, 2, true],
      [0x11, 0, false],
      [0x10, 1, false],
      [0x30, 0, false],
      [0x50, 0, false],
      [0x90, 0, false],
    ] as const)
      it(`with security control ${control.toString(16)} in suite ${suite} is ${taken ? '' : 'not '}as it must be`, () => {
        const material = { is: 'hls-gmac', control: securityControlOf(control), invocationCounter: 9, keys } as const
        const found = checkProof({ is: 'hls-gmac', suite, keys }, challenges, proofOf(material, challenges))
        expect(found).to.deep.equal(
          taken ? { ok: true, value: { invocationCounter: 9 } } : { ok: false, failure: 'other-control' },
        )
      })
  })

  describe('by mechanism 2', () => {
    const party = (challenge: string): Challenges => ({
      prover: { title: octets(''), challenge: octets('') },
      checker: { title: octets(''), challenge: octets(challenge) },
    })
    for (const [what, secret, challenge, key, filled] of [
      [
        'a challenge of 8 octets',
        'AA'.repeat(16),
        '0102030405060708',
        'AA'.repeat(16),
        `0102030405060708${'00'.repeat(8)}`,
      ],
      ['one of 17', 'AA'.repeat(16), '01'.repeat(17), 'AA'.repeat(16), `${'01'.repeat(17)}${'00'.repeat(15)}`],
      ['a secret of 8 octets', 'AA'.repeat(8), '01'.repeat(16), `${'AA'.repeat(8)}${'00'.repeat(8)}`, '01'.repeat(16)],
      ['one of 20', 'AA'.repeat(20), '01'.repeat(16), 'AA'.repeat(16), '01'.repeat(16)],
    ] as const)
      it(`takes ${what}, as OpenSSL encrypts it`, () => {
        const oracle = createCipheriv('aes-128-ecb', octets(key), null).setAutoPadding(false)
        const due = Buffer.concat([oracle.update(octets(filled)), oracle.final()])
        expect(hex(proofOf({ is: 'hls-2', secret: octets(secret) }, party(challenge)))).to.equal(hex(due))
      })
  })
})
