import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ask, describedMeter, lines } from './dialogue.ts'
import { readDescription } from './read.ts'

const folder = new URL('../../meters/simulated/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

/** What is wrong with the reference meter after a change. */
const after = (change: (description: Record<string, unknown>) => void): readonly string[] => {
  const description = JSON.parse(readFileSync(new URL('reference.json', folder), 'utf8')) as Record<string, unknown>
  change(description)
  const read = readDescription(description)
  return read.ok ? [] : read.failure.map(({ path, expected, found }) => `${path} ${expected} ${found}`)
}

describe('descriptions of simulated meters', () => {
  for (const file of files) {
    it(`${file} is right, and each of its ports answers`, () => {
      expect(readDescription(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))).ok).to.equal(true)
      const name = file.replace('.json', '')
      for (const port of Object.keys(describedMeter(name).ports))
        expect(() => ask(name, port, [{ wait: 1000 }])).not.to.throw()
    })
  }
  it('there are meters for every scheme of addresses and every mode', () => {
    expect(files.map((file) => file.replace('.json', ''))).to.include.members([
      'reference',
      'one-octet',
      'two-octet',
      'mode-a',
      'mode-b',
      'mode-c',
      'mode-d',
      'short-timeouts',
      'hls',
      'suite-1',
      'suite-2',
    ])
  })
  it('refuses unknown keys, names that refer to nothing, and values that are no Data', () => {
    expect(after(() => undefined)).to.deep.equal([])
    expect(after((meter) => Object.assign(meter, { colour: 'grey' }))[0]).to.contain('additional properties')
    expect(after((meter) => Object.assign(meter, { secrets: {} }))).to.include(
      '/clients/reader/secret one of  reader-password',
    )
    const scratch = {
      'class-id': 1,
      'logical-name': '0.0.96.128.1.255',
      devices: ['management'],
      access: { nobody: {} },
      attributes: { 2: { unsigned: 256 } },
    }
    const told = after((meter) => Object.assign(meter, { objects: [scratch] }))
    expect(
      told.some((line) =>
        line.startsWith('/objects/0/access one of public, reader, ciphered, sacrificial, hls, management nobody'),
      ),
    ).to.equal(true)
    expect(told.some((line) => line.startsWith('/objects/0/attributes/2'))).to.equal(true)
  })
  it('refuses security that does not fit together', () => {
    const setup = '0.0.43.0.1.255'
    const changed = (part: 'clients' | 'securitySetups' | 'secrets', name: string, change: object): readonly string[] =>
      after((meter) => {
        const all = meter[part] as Record<string, object>
        Object.assign(meter, { [part]: { ...all, [name]: { ...all[name], ...change } } })
      })
    expect(changed('clients', 'ciphered', { securitySetup: '0.0.43.0.9.255' })).to.deep.equal([
      '/clients/ciphered/securitySetup one of 0.0.43.0.1.255, 0.0.43.0.2.255 0.0.43.0.9.255',
    ])
    expect(changed('clients', 'hls', { mechanism: 'hls-ecdsa', securitySetup: setup })).to.deep.equal([
      '/clients/hls/mechanism a setup of suite 1 or 2, for suite 0 signs nothing 0',
    ])
    expect(changed('clients', 'hls', { mechanism: 'hls-md5', secret: 'nobody' })[0]).to.contain('/clients/hls/secret')
    expect(changed('secrets', 'ciphered-unicast', { hex: '00' })).to.deep.equal([
      `/securitySetups/${setup}/keys/global-unicast-encryption-key 16 octets 1`,
    ])
    expect(changed('securitySetups', setup, { suite: 2 })).to.include(
      `/securitySetups/${setup}/keys/authentication-key 32 octets 16`,
    )
    expect(changed('securitySetups', setup, { policy: 4 })).to.deep.equal([
      `/securitySetups/${setup}/policy a number from 0 to 3 in version 0 4`,
    ])
    expect(changed('securitySetups', setup, { keys: {} })).to.deep.equal([
      `/securitySetups/${setup}/keys global-unicast-encryption-key none`,
      `/securitySetups/${setup}/keys authentication-key none`,
    ])
    const certificates = { authority: { key: 'nobody', certificate: 'ciphered-unicast' }, room: 4 }
    expect(changed('securitySetups', setup, { certificates })[0]).to.contain(
      `/securitySetups/${setup}/certificates/authority/key`,
    )
    expect(
      changed('securitySetups', '0.0.43.0.9.255', { version: 0, suite: 0, policy: 0, keys: {}, dedicatedKeys: true }),
    ).to.deep.equal(['/securitySetups/0.0.43.0.9.255 an object of class 64 with this logical name none'])
    expect(after((meter) => delete meter['systemTitle'])).to.have.lengthOf(3)
  })
  it('a meter without anything to say is silent', () => {
    expect(lines(ask('one-octet', 'hdlc', [{ wait: 600_000 }]))).to.deep.equal([])
  })
})
