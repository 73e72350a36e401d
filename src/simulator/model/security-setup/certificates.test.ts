import { expect } from 'chai'
import { hex } from '../../../codec/value.ts'
import { readRequest } from '../../../protocol/security/certificates/request.ts'
import { keyPairOf } from '../../../protocol/security/curves.ts'
import { octetsOf } from '../../dialogue.ts'
import { secretOctets } from '../../description.ts'
import type { Situation } from '../classes.ts'
import { securityOf } from '../security-state.ts'
import { readHex } from '../situation.ts'
import {
  byEntity,
  bySerial,
  certificate,
  certifiedSituation as meter,
  EXPORT,
  GENERATE,
  IMPORT,
  invoked,
  issuerOf,
  listed,
  OTHER,
  OWN,
  pairOf,
  REMOVE,
  REQUEST,
  returned,
  SERIAL,
  SETUP,
  taken,
} from './certified-situation.ts'

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
