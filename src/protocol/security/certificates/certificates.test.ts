import { X509Certificate } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { concat } from '../../../codec/operator.ts'
import { hex } from '../../../codec/value.ts'
import { curveOf, octets, texts, textsOf } from '../../vectors/texts.ts'
import { keyPairOf, type Curve } from '../curves.ts'
import { keyPairFrom, keyPairIn, seedOctets } from '../key-pair.ts'
import { isSignedBy, readCertificate, type Certificate } from './certificate.ts'
import { checkChain, unfitIn, type Authorities } from './chain.ts'
import { demoAuthority, type DemoAuthority } from './demo-authority.ts'
import { isDer, MAX_OCTETS } from './der.ts'
import { issueCertificate, type CertificateContents } from './issue.ts'
import { systemTitleIn } from './name.ts'
import { certificationRequest, readRequest } from './request.ts'

const TITLE = octets('4D4D4D0000BC614E')
const [FROM, NOW, UNTIL] = [Date.UTC(2026, 0, 1), Date.UTC(2030, 0, 1), Date.UTC(2046, 0, 1)]
const CURVES: readonly Curve[] = ['P-256', 'P-384']
const OTHER = { 'P-256': 'P-384', 'P-384': 'P-256' } as const

const certificate = (from: Uint8Array): Certificate => {
  const read = readCertificate(from)
  if (!read.ok) throw new TypeError(read.failure)
  return read.value
}
const pem = (from: Uint8Array): X509Certificate => new X509Certificate(Buffer.from(from))
const vector = (id: string): Certificate => certificate(octets(textsOf('certificates', id).octets))
const pairOf = (curve: Curve, octet: number) => keyPairFrom(curve, new Uint8Array(seedOctets(curve)).fill(octet))

/** Octets that are the same each time. */
const counted = (): ((count: number) => Uint8Array) => {
  let next = 0
  return (count) => Uint8Array.from({ length: count }, () => (next = (next * 5 + 3) % 256))
}
const demo = (curve: Curve): DemoAuthority =>
  demoAuthority({ curve, random: counted(), notBefore: FROM, notAfter: UNTIL })

describe('certificates made by OpenSSL', () => {
  for (const made of texts('certificates'))
    it(`${made.id}: ${made.what}`, () => {
      const read = certificate(octets(made.octets))
      expect(read.curve).to.equal(curveOf(made))
      expect(hex(read.publicKey)).to.equal(made['public-key'])
      expect(hex(read.serialNumber).replace(/^00/, '')).to.equal(made['serial-number'])
      expect(read.subject.commonName).to.equal(made['subject'])
      expect(read.issuer.commonName).to.equal(made['issuer'])
      expect(new Date(read.notBefore).toISOString()).to.equal(made['not-before']?.replace('Z', '.000Z'))
      expect(new Date(read.notAfter).toISOString()).to.equal(made['not-after']?.replace('Z', '.000Z'))
      expect(read.purposes).to.deep.equal([made['purpose']])
      expect(read.isAuthority).to.equal(made['purpose'] === 'authority')
      expect(hex(read.octets)).to.equal(made.octets)
    })
  for (const size of ['256', '384']) {
    const authorities = { roots: [vector(`root-${size}`)], between: [vector(`sub-${size}`)] }
    for (const id of ['sign', 'agree', 'sub', 'root'])
      it(`${id}-${size} has a chain to the root`, () => {
        const chain = checkChain(vector(`${id}-${size}`), authorities, NOW)
        expect(chain.ok && chain.value.length).to.equal({ root: 1, sub: 2 }[id] ?? 3)
      })
  }
  it('have a name with several parts', () => {
    const { subject, pathLength } = vector('sub-256')
    expect(Buffer.from(subject.octets).includes('Test')).to.equal(true)
    expect(pathLength).to.equal(0)
  })
  for (const made of texts('certification-requests'))
    it(`${made.id}: ${made.what}`, () => {
      const read = readRequest(octets(made.octets))
      if (!read.ok) throw new TypeError(read.failure)
      expect(read.value.subject.commonName).to.equal(made['subject'])
      expect(read.value.curve).to.equal(curveOf(made))
      expect(hex(read.value.publicKey)).to.equal(made['public-key'])
    })
})

for (const curve of CURVES)
  describe(`certificates made here, ${curve}`, () => {
    const { authorities, issuer, issue } = demo(curve)
    const pair = pairOf(curve, 7)
    const [root, sub] = [...authorities.roots, ...authorities.between].map(({ octets: der }) => pem(der))
    if (root === undefined || sub === undefined) throw new TypeError('no authorities')

    it('are certificates to OpenSSL', () => {
      const made = pem(issue(TITLE, 'digital-signature', pair.publicKey).octets)
      expect(made.subject).to.equal('CN=4D4D4D0000BC614E')
      expect(made.issuer).to.equal('CN=DEMO-SUB-CA')
      expect(made.verify(sub.publicKey)).to.equal(true)
      expect(made.checkIssued(sub)).to.equal(true)
      expect(made.ca).to.equal(false)
      expect([sub.ca, root.ca]).to.deep.equal([true, true])
      expect(sub.verify(root.publicKey) && root.verify(root.publicKey)).to.equal(true)
      expect(made.publicKey.asymmetricKeyDetails?.namedCurve).to.equal(curve === 'P-256' ? 'prime256v1' : 'secp384r1')
      expect(new Date(made.validTo).getTime()).to.equal(UNTIL)
    })
    for (const purpose of ['digital-signature', 'key-agreement'] as const)
      it(`are fit for ${purpose}`, () => {
        const made = issue(TITLE, purpose, pair.publicKey)
        const chain = checkChain(made, authorities, NOW)
        expect(chain.ok && chain.value).to.have.lengthOf(3)
        expect(unfitIn(made, { systemTitle: TITLE, purpose, curve })).to.deep.equal([])
        expect(hex(systemTitleIn(made.subject) ?? new Uint8Array(0))).to.equal(hex(TITLE))
        expect(hex(made.publicKey)).to.equal(hex(pair.publicKey))
      })
    it('are the same with the same random octets, but for signatures', () => {
      const [one, other] = [demo(curve), demo(curve)].map(({ authorities: { roots } }) => roots[0])
      expect(hex(one?.signed.octets ?? new Uint8Array(0))).to.equal(hex(other?.signed.octets ?? new Uint8Array(1)))
    })

    const contents: CertificateContents = {
      serialNumber: octets('0102'),
      subject: hex(TITLE),
      purpose: 'digital-signature',
      curve,
      publicKey: pair.publicKey,
      notBefore: FROM,
      notAfter: UNTIL,
    }
    const verdict = (changed: Partial<CertificateContents>, by = issuer, to: Authorities = authorities, at = NOW) => {
      const chain = checkChain(certificate(issueCertificate({ ...contents, ...changed }, by)), to, at)
      return chain.ok ? 'trusted' : chain.failure
    }
    const signing = { name: hex(TITLE), curve, pair }
    const own = certificate(issueCertificate(contents, issuer))
    const third = { name: 'THIRD', curve, pair: pairOf(curve, 9) }
    const thirdAuthority = certificate(
      issueCertificate(
        { ...contents, subject: 'THIRD', purpose: 'authority', publicKey: third.pair.publicKey },
        issuer,
      ),
    )
    for (const [what, found, due] of [
      ['right', verdict({}), 'trusted'],
      ['of an unknown issuer', verdict({}, { ...issuer, name: 'NOBODY' }), 'unknown-issuer'],
      ['signed with another key', verdict({}, { ...issuer, pair: pairOf(curve, 8) }), 'wrong-signature'],
      [
        'signed on another curve',
        verdict({}, { ...issuer, curve: OTHER[curve], pair: pairOf(OTHER[curve], 8) }),
        'wrong-signature',
      ],
      ['expired', verdict({ notAfter: NOW - 1000 }), 'expired'],
      ['of the last second', verdict({ notAfter: NOW }), 'trusted'],
      ['not yet valid', verdict({ notBefore: NOW + 1000 }), 'not-yet-valid'],
      ['of the first second', verdict({ notBefore: NOW }), 'trusted'],
      ['after its authorities', verdict({ notAfter: UNTIL + 9e9 }, issuer, authorities, UNTIL + 8e9), 'expired'],
      [
        'issued by an end entity',
        verdict({}, signing, { ...authorities, between: [...authorities.between, own] }),
        'issuer-is-no-authority',
      ],
      [
        'issued below the last authority that may be',
        verdict({}, third, { ...authorities, between: [...authorities.between, thirdAuthority] }),
        'too-many-authorities',
      ],
      ['without roots', verdict({}, issuer, { roots: [], between: authorities.between }), 'unknown-issuer'],
    ] as const)
      it(`${what}: ${due}`, () => expect(found).to.equal(due))

    it('are not followed in circles', () => {
      const [a, b] = [
        { name: 'A', curve, pair: pairOf(curve, 10) },
        { name: 'B', curve, pair: pairOf(curve, 11) },
      ]
      const authority = { ...contents, purpose: 'authority' } as const
      const between = [
        certificate(issueCertificate({ ...authority, subject: 'A', publicKey: a.pair.publicKey }, b)),
        certificate(issueCertificate({ ...authority, subject: 'B', publicKey: b.pair.publicKey }, a)),
      ]
      expect(verdict({}, a, { roots: authorities.roots, between })).to.equal('too-many-authorities')
    })

    for (const [what, changed, unfit] of [
      ['another title', { subject: '4D4D4D0000BC614F' }, ['common-name']],
      ['no title', { subject: 'meter' }, ['common-name']],
      ['another purpose', { purpose: 'key-agreement' }, ['key-usage']],
      ['that of an authority', { purpose: 'authority' }, ['key-usage']],
      ['another curve', { curve: OTHER[curve], publicKey: pairOf(OTHER[curve], 7).publicKey }, ['curve']],
    ] as const)
      it(`are unfit with ${what}`, () =>
        expect(
          unfitIn(certificate(issueCertificate({ ...contents, ...changed }, issuer)), {
            systemTitle: TITLE,
            purpose: 'digital-signature',
            curve,
          }),
        ).to.deep.equal(unfit))

    for (const [what, serialNumber, due] of [
      ['20 octets', '7F'.repeat(20), true],
      ['21 octets', '7F'.repeat(21), 'serial-number'],
      ['5000 octets', '7F'.repeat(5000), 'serial-number'],
      ['zero', '00', 'serial-number'],
      ['a negative number', '80', 'serial-number'],
    ] as const)
      it(`with a serial number of ${what}`, () => {
        const read = readCertificate(issueCertificate({ ...contents, serialNumber: octets(serialNumber) }, issuer))
        expect(read.ok || read.failure).to.equal(due)
      })

    it('are not signed any more with one bit changed', () => {
      const at = Buffer.from(own.octets).indexOf(hex(TITLE))
      const changed = own.octets.map((octet, i) => (i === at ? octet ^ 1 : octet))
      expect(isSignedBy(own, { curve, publicKey: issuer.pair.publicKey })).to.equal(true)
      const read = readCertificate(changed)
      expect(read.ok && isSignedBy(read.value, { curve, publicKey: issuer.pair.publicKey })).to.equal(false)
    })

    it('are requested', () => {
      const read = readRequest(certificationRequest(curve, pair, hex(TITLE)))
      if (!read.ok) throw new TypeError(read.failure)
      expect(read.value.subject.commonName).to.equal(hex(TITLE))
      expect(hex(read.value.publicKey)).to.equal(hex(pair.publicKey))
    })
    it('are not requested by a key that did not sign', () => {
      const { publicKey } = pairOf(curve, 12)
      const forged = certificationRequest(curve, pairOf(curve, 12), hex(TITLE))
      forged.set(pair.publicKey, Buffer.from(forged).indexOf(Buffer.from(publicKey)))
      expect(readRequest(forged)).to.deep.equal({ ok: false, failure: 'wrong-signature' })
    })
  })

describe('what is no certificate', () => {
  const sound = octets(textsOf('certificates', 'sign-256').octets)
  const nested = (depth: number): Uint8Array => {
    let inner: Uint8Array = new Uint8Array(0)
    for (let level = 0; level < depth; level++)
      inner = concat([
        Uint8Array.of(0x30),
        inner.length < 128 ? Uint8Array.of(inner.length) : Uint8Array.of(0x82, inner.length >> 8, inner.length & 0xff),
        inner,
      ])
    return inner
  }
  for (const [what, found] of [
    ['no octets', octets('')],
    ['one octet', octets('30')],
    ['an empty sequence', octets('3000')],
    ['an octet too many', concat([sound, octets('00')])],
    ['an octet too few', sound.subarray(0, -1)],
    ['an indefinite length', concat([octets('3080'), sound.subarray(4), octets('0000')])],
    ['a length in a longer form than it needs', octets('30810100')],
    ['a length of four octets', octets('308400000000')],
    ['an inner length beyond the outer', octets('3003040500')],
    ['too deep', nested(40)],
    ['very deep', nested(2000)],
    ['too long', concat([octets('308220'), new Uint8Array(MAX_OCTETS)])],
    ['a request', octets(textsOf('certification-requests', 'request-256').octets)],
  ] as const)
    it(what, () => expect(readCertificate(found)).to.deep.equal({ ok: false, failure: 'x509' }))

  it('RSA', () => {
    // the key and the algorithm of P-256 replaced where they are named
    const der = hex(sound)
    expect(readCertificate(octets(der.replaceAll('2A8648CE3D040302', '2A8648CE3D040301')))).to.deep.equal({
      ok: false,
      failure: 'signature-algorithm',
    })
    expect(readCertificate(octets(der.replace('2A8648CE3D030107', '2A8648CE3D030106')))).to.deep.equal({
      ok: false,
      failure: 'public-key',
    })
  })
  it('DER is one element, each inside the one around it', () => {
    for (const [text, due] of [
      ['0500', true],
      ['30020500', true],
      ['3004050030 00', true],
      ['3000 00', false],
      ['05', false],
      ['1F0100', false],
      ['3003020500', false],
    ] as const)
      expect(isDer(octets(text)), text).to.equal(due)
  })

  for (const id of ['sign-256', 'sub-384'])
    it(`${id} with octets changed gives a certificate or a failure, and no other is trusted`, () => {
      const size = id.slice(-3)
      const authorities = { roots: [vector(`root-${size}`)], between: [vector(`sub-${size}`)] }
      const from = octets(textsOf('certificates', id).octets)
      const change = fc.record({
        at: fc.nat(from.length - 1),
        octet: fc.nat(255),
        cut: fc.nat(3),
        added: fc.uint8Array({ maxLength: 3 }),
      })
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
          let changed = from
          for (const { at, octet, cut, added } of changes)
            changed = concat([changed.subarray(0, at), Uint8Array.of(octet), added, changed.subarray(at + 1 + cut)])
          const read = readCertificate(changed)
          if (!read.ok || Buffer.compare(changed, from) === 0) return
          const same = Buffer.compare(read.value.signed.octets, vector(id).signed.octets) === 0
          if (!same) expect(checkChain(read.value, authorities, NOW).ok).to.equal(false)
        }),
        { numRuns: 300 },
      )
    })
  it('a request with octets changed gives a request or a failure', () => {
    const from = octets(textsOf('certification-requests', 'request-256').octets)
    fc.assert(
      fc.property(fc.nat(from.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const read = readRequest(from.map((octet, i) => (i === at ? octet ^ by : octet)))
        expect(read.ok).to.equal(false)
      }),
      { numRuns: 300 },
    )
  })
  it('any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect(readCertificate(any).ok || readRequest(any).ok).to.equal(false)
      }),
      { numRuns: 300 },
    )
  })
})

describe('key pairs', () => {
  for (const curve of CURVES) {
    const size = seedOctets(curve)
    it(`of ${curve} are the same with the same octets`, () => {
      const pair = keyPairFrom(curve, new Uint8Array(size).fill(5))
      expect(keyPairFrom(curve, new Uint8Array(size).fill(5))).to.deep.equal(pair)
      expect(pair).to.deep.equal(keyPairOf(curve, pair.privateKey))
      expect(keyPairFrom(curve, new Uint8Array(size).fill(6))).to.not.deep.equal(pair)
    })
    it(`of ${curve} are had of zeros and of ones`, () => {
      expect(BigInt(`0x${hex(keyPairFrom(curve, new Uint8Array(size)).privateKey)}`)).to.equal(1n)
      expect(keyPairFrom(curve, new Uint8Array(size).fill(0xff)).publicKey).to.have.lengthOf(2 * size - 16)
    })
    it(`of ${curve} are not had of octets that are no private key`, () => {
      for (const wrong of [0, 0xff]) expect(keyPairIn(curve, new Uint8Array(size - 8).fill(wrong))).to.equal(undefined)
      expect(keyPairIn(curve, new Uint8Array(size - 9).fill(1))).to.equal(undefined)
      expect(keyPairIn(curve, new Uint8Array(size - 8).fill(1))?.publicKey).to.have.lengthOf(2 * size - 16)
    })
    it(`of ${curve} need so many octets`, () => {
      expect(() => keyPairFrom(curve, new Uint8Array(size - 1))).to.throw('octets')
    })
  }
})
