import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { hex, type Value } from '../codec/value.ts'
import { knows } from '../language/words.ts'
import { isRecord } from '../protocol/json.ts'
import { clientBy, clientRow, declared, recordAt } from './declared.ts'
import { SECURITY_FIELDS, securityOf } from './declared-security.ts'
import { axes } from './axes.ts'

const SAID = {
  suite: 1,
  systemTitle: '53494D0012345678',
  keys: { 'global-unicast-encryption-key': 'guek', 'signing-key': 'own' },
  serverKeys: { 'signing-key': 'other' },
  policy: 3,
  forms: ['general-signing', 'glo'],
  dedicatedKey: true,
  compression: true,
  setup: '0.0.43.0.1.255',
  counter: { 'class-id': 1, 'instance-id': '0.0.43.1.1.255', 'attribute-id': 2 },
}

describe('the security of a client', () => {
  it('has what is declared, and where nothing is said what holds then', () => {
    const security = securityOf(SAID)
    if (security === undefined) throw new TypeError('no security')
    const { systemTitle, ...others } = security
    expect(hex(systemTitle)).to.equal('53494D0012345678')
    expect(others).to.deep.equal({
      suite: 1,
      keys: { 'global-unicast-encryption-key': 'guek', 'signing-key': 'own' },
      serverKeys: { 'signing-key': 'other' },
      protection: 'authenticated-encrypted',
      policy: 3,
      policyVersion: 1,
      forms: ['glo', 'general-signing'],
      generalCipheringAad: 'with-header',
      generalSigningInput: 'standard',
      dedicatedKey: true,
      compression: true,
      setup: '0.0.43.0.1.255',
      counter: { 'class-id': 1, 'instance-id': '0.0.43.1.1.255', 'attribute-id': 2 },
      firstCounter: undefined,
      forTest: false,
      newKeyFrom: 'next-apdu',
    })
    const least = securityOf({ suite: 0, systemTitle: '0000000000000000' })
    expect(least).to.include({ policyVersion: 0, policy: undefined, dedicatedKey: false, compression: false })
    expect(least?.forms).to.deep.equal(['glo'])
    expect(securityOf({ ...SAID, generalCipheringAad: 'without-header' })).to.include({
      generalCipheringAad: 'without-header',
    })
  })

  it('is none without a suite or a system title', () => {
    for (const value of [undefined, null, {}, { suite: 0 }, { systemTitle: '00' }, { suite: 3, systemTitle: '00' }])
      expect(securityOf(value), JSON.stringify(value)).to.equal(undefined)
  })

  it('is seen by references without the names of secrets', () => {
    const own = declared({ testing: { clients: { one: { sap: 1, ciphered: true, security: SAID } } } }, 'a')
    const client = clientBy(own, 'one')
    if (client === undefined) throw new TypeError('no client')
    const row = clientRow(client)
    expect(row['ciphered']).to.equal(true)
    expect(recordAt(row['security'])).to.deep.include({
      policy: 3,
      demands: [],
      systemTitle: '53494D0012345678',
      keys: { 'global-unicast-encryption-key': true, 'signing-key': true },
      serverKeys: { 'signing-key': true },
    })
    expect(JSON.stringify(row['security'])).not.to.match(/guek|"own"|"other"/)
    const [of] = axes['clients']?.rows({ testing: { clients: { one: { sap: 1, security: SAID } } } }, undefined) ?? []
    expect(of?.['security']).to.deep.equal(row['security'])
  })

  it('says what its policy demands of requests, in either version', () => {
    const demands = (policy: number, policyVersion: 0 | 1): Value | undefined => {
      const own = declared(
        { testing: { clients: { one: { sap: 1, security: { ...SAID, policy, policyVersion } } } } },
        'a',
      )
      const client = clientBy(own, 'one')
      return client && recordAt(clientRow(client)['security'])['demands']
    }
    expect([0, 1, 2, 3].map((policy) => demands(policy, 0))).to.deep.equal([
      [],
      ['authentication'],
      ['encryption'],
      ['authentication', 'encryption'],
    ])
    // bits 2 to 4 are of requests, 5 to 7 of responses
    expect([0x04, 0x08, 0x1c, 0xe0].map((policy) => demands(policy, 1))).to.deep.equal([
      ['authentication'],
      ['encryption'],
      ['authentication', 'encryption', 'signature'],
      [],
    ])
  })

  it('has the fields of the schema, each of them known to references', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/meter.schema.json', import.meta.url), 'utf8'),
    ) as Value
    const security = recordAt(schema, '$defs', 'clientSecurity', 'properties')
    const paths = Object.entries(security).flatMap(([name, value]) => {
      const below = isRecord(value) ? recordAt(value['properties']) : {}
      const names = Object.keys(below)
      return names.length === 0 ? [`security.${name}`] : names.map((inner) => `security.${name}.${inner}`)
    })
    // what the policy demands is not said, but follows
    expect([...SECURITY_FIELDS].sort()).to.deep.equal([...paths, 'security.demands'].sort())
    expect(knows(SECURITY_FIELDS, ['security', 'polici'])).to.equal(false)
  })
})
