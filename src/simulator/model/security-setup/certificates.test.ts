import { expect } from 'chai'
import { decode, encode } from '../../../codec/codec.ts'
import { hex } from '../../../codec/value.ts'
import { data, type Data } from '../../../protocol/data/data.ts'
import { readCertificate } from '../../../protocol/security/certificates/certificate.ts'
import {
  issueCertificate,
  type CertificateContents,
  type Issuer,
} from '../../../protocol/security/certificates/issue.ts'
import { readRequest } from '../../../protocol/security/certificates/request.ts'
import { keyPairOf } from '../../../protocol/security/curves.ts'
import { certificatesIn, identificationData } from '../../../protocol/security/security-setup.ts'
import { octetsOf } from '../../dialogue.ts'
import { secretOctets } from '../../description.ts'
import type { Situation } from '../classes.ts'
import type { Invoked } from '../behaviour.ts'
import { conformantModel, type ModelRules } from '../rules.ts'
import { securityOf } from '../security-state.ts'
import { invokeMethod, readHex, situationOf } from '../situation.ts'
import { x509 } from './x509.ts'

const SETUP = '0.0.43.0.2.255'
const OWN = '53494D0000BC614E'
const OTHER = '5453540000000001'
const [GENERATE, REQUEST, IMPORT, EXPORT, REMOVE] = [4, 5, 6, 7, 8]
/** serialNumber of what the tests issue; the meter comes with 1, 101 and 102. */
const SERIAL = '4711'

const meter = (name = 'suite-1', rules: ModelRules = conformantModel): Situation => ({
  ...situationOf(name, 'sacrificial', rules),
  // the rights of the client ask for authenticated requests
  protection: 0x0c,
  x509,
})

const issuerOf = ({ description }: Situation): Issuer => {
  const secret = (key: string): Uint8Array => secretOctets(description, key)
  const curve = secret('certificate-authority').length === 32 ? 'P-256' : 'P-384'
  const read = readCertificate(secret('certificate-authority-certificate'))
  if (!read.ok) throw new TypeError(read.failure)
  return { name: read.value.subject.octets, curve, pair: keyPairOf(curve, secret('certificate-authority')) }
}

const pairOf = (situation: Situation, octet: number) => {
  const { curve } = issuerOf(situation)
  return keyPairOf(curve, new Uint8Array(curve === 'P-256' ? 32 : 48).fill(octet))
}

function certificate(
  situation: Situation,
  contents: Partial<CertificateContents> = {},
  issuer: Partial<Issuer> = {},
): Uint8Array {
  const by = issuerOf(situation)
  return issueCertificate(
    {
      serialNumber: octetsOf(SERIAL),
      subject: OTHER,
      purpose: 'digital-signature',
      curve: by.curve,
      publicKey: pairOf(situation, 7).publicKey,
      notBefore: Date.UTC(2020, 0, 1),
      notAfter: Date.UTC(2040, 0, 1),
      ...contents,
    },
    { ...by, ...issuer },
  )
}

const invoked = (situation: Situation, method: number, parameter: Data): Invoked =>
  invokeMethod(situation, `64:${SETUP}:${method}`, hex(encode(data, parameter)))
const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })
const taken = (situation: Situation, value: Uint8Array) => invoked(situation, IMPORT, octets(value)).result
const bySerial = (serial: string, { description }: Situation): Data => {
  const read = readCertificate(secretOctets(description, 'certificate-authority-certificate'))
  const issuer = read.ok ? read.value.subject.octets : new Uint8Array(0)
  return identificationData({ is: 'serial-number', serialNumber: octetsOf(serial), issuer })
}
const byEntity = (entity: number, type: number, title: string): Data =>
  identificationData({ is: 'certificate-entity', entity, type, systemTitle: octetsOf(title) })
const returned = ({ returned: value }: Invoked): Uint8Array =>
  value?.is === 'octet-string' ? value.value : new Uint8Array(0)

/** entity, type and serial number of each. */
function listed(situation: Situation): readonly string[] {
  const read = decode(data, octetsOf(readHex(situation, `64:${SETUP}:6`).slice(2)))
  const infos = (read.ok && certificatesIn(read.value)) || []
  return infos.map(({ entity, type, serialNumber }) => `${entity} ${type} ${hex(serialNumber)}`)
}
const FACTORY = ['2 3 01', '0 0 0101', '0 1 0102']

describe('certificates of a Security setup', () => {
  for (const name of ['suite-1', 'suite-2']) {
    it(`${name}: the authority and the keys of the server have one`, () => {
      expect(listed(meter(name))).to.deep.equal(FACTORY)
    })
    it(`${name}: the certificate of another title is stored, exported as it came, and removed again`, () => {
      const situation = meter(name)
      const one = certificate(situation)
      expect(taken(situation, one)).to.equal('success')
      expect(listed(situation)).to.deep.equal([...FACTORY, `1 0 ${SERIAL}`])
      for (const which of [bySerial(SERIAL, situation), byEntity(1, 0, OTHER)])
        expect(hex(returned(invoked(situation, EXPORT, which)))).to.equal(hex(one))
      expect(invoked(situation, REMOVE, bySerial(SERIAL, situation)).result).to.equal('success')
      expect(listed(situation)).to.deep.equal(FACTORY)
      expect(invoked(situation, EXPORT, bySerial(SERIAL, situation)).result).to.equal('other-reason')
    })
    it(`${name}: a new key pair is requested for, and used once its certificate is there`, () => {
      const situation = meter(name)
      const key = (): string => hex(securityOf(situation, SETUP)?.keys['signing-key'] ?? new Uint8Array(0))
      const before = key()
      expect(invoked(situation, GENERATE, { is: 'enum', value: 0 }).result).to.equal('success')
      const asked = readRequest(returned(invoked(situation, REQUEST, { is: 'enum', value: 0 })))
      if (!asked.ok) return expect.fail(asked.failure)
      expect(asked.value.subject.commonName).to.equal(OWN)
      expect(asked.value.curve).to.equal(issuerOf(situation).curve)
      expect(key()).to.equal(before)
      const { publicKey } = asked.value
      expect(taken(situation, certificate(situation, { subject: OWN, publicKey }))).to.equal('success')
      expect(hex(keyPairOf(asked.value.curve, octetsOf(key())).publicKey)).to.equal(hex(publicKey))
      expect(hex(returned(invoked(situation, EXPORT, byEntity(0, 0, OWN)))).includes(hex(publicKey))).to.equal(true)
    })
  }

  const another = (situation: Situation) => pairOf(situation, 9)
  const refusals: readonly (readonly [string, (situation: Situation) => Uint8Array])[] = [
    ['an unknown issuer', (s) => certificate(s, {}, { name: 'ANOTHER-CA', pair: another(s) })],
    ['another key under the name of the authority', (s) => certificate(s, {}, { pair: another(s) })],
    [
      'one bit of the signature',
      (s) => certificate(s).map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet)),
    ],
    ['it has expired', (s) => certificate(s, { notAfter: Date.UTC(2025, 0, 1) })],
    ['it is not yet valid', (s) => certificate(s, { notBefore: Date.UTC(2030, 0, 1) })],
    ['a name that is no system title', (s) => certificate(s, { subject: 'METER' })],
    ['a key for no use here', (s) => certificate(s, { keyUsage: 0x20 })],
    ['a key for both uses', (s) => certificate(s, { keyUsage: 0x88 })],
    [
      'a key of the other curve',
      (s) => certificate(s, { curve: 'P-384', publicKey: keyPairOf('P-384', new Uint8Array(48).fill(7)).publicKey }),
    ],
    ['the server with a key that it did not make', (s) => certificate(s, { subject: OWN })],
    [
      'another with a key of the server',
      (s) => certificate(s, { publicKey: secretOctets(s.description, 'server-signing-public') }),
    ],
    [
      'a new root',
      (s) =>
        certificate(
          s,
          { subject: 'A-ROOT', purpose: 'authority', publicKey: another(s).publicKey },
          { name: 'A-ROOT', pair: another(s) },
        ),
    ],
    [
      'an authority below the one that is trusted',
      (s) => certificate(s, { subject: 'A-SUB-CA', purpose: 'authority' }),
    ],
    ['octets behind it', (s) => Uint8Array.of(...certificate(s), 0)],
    ['no certificate', () => octetsOf('3003020101')],
    ['nothing', () => new Uint8Array(0)],
  ]
  for (const [what, wrong] of refusals)
    it(`not taken: ${what}`, () => {
      const situation = meter()
      expect(taken(situation, wrong(situation))).to.equal('other-reason')
      expect(listed(situation)).to.deep.equal(FACTORY)
    })

  it('one with the serial number and issuer of another takes its place', () => {
    const situation = meter()
    taken(situation, certificate(situation))
    const second = certificate(situation, { subject: '5453540000000002' })
    expect(taken(situation, second)).to.equal('success')
    expect(listed(situation)).to.have.lengthOf(FACTORY.length + 1)
    expect(hex(returned(invoked(situation, EXPORT, bySerial(SERIAL, situation))))).to.equal(hex(second))
  })
  it('there is room for twelve', () => {
    const situation = meter()
    const results = Array.from({ length: 10 }, (_, at) =>
      taken(situation, certificate(situation, { serialNumber: Uint8Array.of(2, at) })),
    )
    expect(results).to.deep.equal([...Array.from({ length: 9 }, () => 'success'), 'other-reason'])
    expect(listed(situation)).to.have.lengthOf(12)
  })
  it('those of the authority and of keys in use are not removed', () => {
    const situation = meter()
    for (const serial of ['01', '0101', '0102'])
      expect(invoked(situation, REMOVE, bySerial(serial, situation)).result).to.equal('other-reason')
    expect(listed(situation)).to.deep.equal(FACTORY)
  })
  it('a client is known by the key that was imported for it', () => {
    const situation = meter()
    const association = { ...situation.association, clientTitle: octetsOf(OTHER) }
    expect(taken({ ...situation, association }, certificate(situation))).to.equal('success')
    const known = securityOf(situation, SETUP)?.clientKeys['signing-key'] ?? new Uint8Array(0)
    expect(hex(known)).to.equal(hex(pairOf(situation, 7).publicKey))
  })
  it('parameters of another type are refused', () => {
    const situation = meter()
    for (const method of [GENERATE, REQUEST, IMPORT, EXPORT, REMOVE])
      expect(invoked(situation, method, { is: 'long-unsigned', value: 0 }).result).to.equal('type-unmatched')
    for (const method of [GENERATE, REQUEST])
      expect(invoked(situation, method, { is: 'enum', value: 2 }).result).to.equal('other-reason')
  })
  it('a setup without certificates has none of the methods, and an empty list', () => {
    const { x509: _, ...situation } = meter()
    expect(invoked(situation, GENERATE, { is: 'enum', value: 0 }).result).to.equal('object-unavailable')
    expect(readHex(situation, `64:${SETUP}:6`)).to.equal('000100')
  })
})
