import { expect } from 'chai'
import { createDecipheriv, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hex, unhex } from '../codec/value.ts'
import type { Event } from '../engine/events.ts'
import { secretOctets } from '../simulator/description.ts'
import { leaks } from './leaks.ts'
import { readDeclaration, readDescription } from './meter.ts'
import { publicOctets } from './public-keys.ts'
import { cli, eventsIn, inFolder, verdictsIn } from './spawned.ts'

const METER = 'meters/reference.json'
const CLIENTS = [
  { name: 'ciphered', title: '5443530000000001' },
  { name: 'sacrificial', title: '5443530000000002' },
]

describe('keys', () => {
  it('of the meter, and those that came up in the run, stand in no output, also not deciphered', () =>
    inFolder(async (folder) => {
      const description = readDescription(readDeclaration(METER))
      const key = (name: string): Uint8Array => secretOctets(description, name)
      const suite = ownSuite(folder, hex(key('ciphered-master')))
      const out = join(folder, 'out')
      const ran = await cli(['run', suite, 'suites/security', '--meter', METER, '--port', 'wrapper', '--report', out])
      expect(ran.code, ran.err).to.equal(1)
      const events = eventsIn(out)
      const dedicated = CLIENTS.flatMap(({ name, title }) => dedicatedIn(events, key(`${name}-unicast`), title))
      expect(new Set(dedicated.map(hex)).size).to.be.at.least(2)
      const known = Object.keys(description.secrets).map(key)
      expect(leaks(out, [ran.out, ran.err], [...dedicated, ...known])).to.deep.equal([])

      const verdicts = verdictsIn(events)
      const failed = events.find((event) => event.event === 'verdict' && event.instance.startsWith('OWN_2'))
      expect(failed).to.have.nested.property('reason.text').that.contains('[secret]')
      expect([...verdicts].filter(([name]) => name.startsWith('OWN_1')).map(([, verdict]) => verdict)).to.deep.equal([
        'PASSED',
        'PASSED',
      ])
      // What is beneath the protection is shown, but for the keys.
      const beneath = (pattern: RegExp): number =>
        events.filter((event) => event.event === 'protection' && pattern.test(event.apdu ?? '')).length
      expect(beneath(/^010110(XX){16}00/)).to.be.at.least(2)
      expect(beneath(/^C1.*0910(XX){16}$/)).to.be.at.least(3)
      expect(beneath(/^C4.*0910(XX){16}$/)).to.be.at.least(3)
    })).timeout(120_000)

  it('that are public are shown, and certificates: what signs and deciphers stands in no output', () =>
    inFolder(async (folder) => {
      const meter = 'meters/types/suite-1.json'
      const description = readDescription(readDeclaration(meter))
      const known = Object.keys(description.secrets)
      const isPublic = (name: string): boolean => /-(public|certificate)$/.test(name)
      const hidden = known.filter((name) => !isPublic(name))
      expect([hidden.length, known.length]).to.deep.equal([21, 30])
      const chosen = ['--case', 'SUITE1_CERT_N2/own*', '--allow', 'irreversible', '--allow', 'keys']
      const words = ['run', 'suites/security', '--meter', meter, ...chosen, '--report', folder]
      const ran = await cli(words)
      expect(ran.code, ran.err).to.equal(0)
      const octets = (names: readonly string[]) => names.map((name) => secretOctets(description, name))
      expect(leaks(folder, [ran.out, ran.err], octets(hidden))).to.deep.equal([])
      // The server has exported the certificate of its own key.
      expect(leaks(folder, [], octets(['server-signing-public']))).to.deep.include(
        `events.jsonl: ${hex(secretOctets(description, 'server-signing-public'))}`,
      )
    })).timeout(120_000)

  it('are hidden all the same where a declaration calls them public by mistake', () => {
    const password = Buffer.from('as long as a public key of suite 1'.padEnd(64, '.'))
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const der = privateKey.export({ format: 'der', type: 'pkcs8' })
    const secrets = new Map([
      ['password', password],
      ['private', der],
    ])
    const testing = {
      clients: {
        a: { sap: 1, security: { suite: 1, systemTitle: '00'.repeat(8), serverKeys: { 'signing-key': 'password' } } },
      },
      certificateAuthority: { key: 'private', certificate: 'private' },
    } as const
    expect(publicOctets({ meter: 'any', testing }, undefined, (name) => secrets.get(name))).to.deep.equal([])
  })
})

/** Keys that AARQs brought along, deciphered by other means than those of the tester: the InitiateRequest is authenticated and encrypted. */
function dedicatedIn(events: readonly Event[], key: Uint8Array, title: string): readonly Uint8Array[] {
  return events.flatMap((event) => {
    if (event.event !== 'traffic' || !event.names.includes('aarq')) return []
    const [, content] = /21..30([0-9A-F]+)$/.exec(event.octets) ?? []
    const octets = unhex(content ?? '')
    if (octets === undefined) return []
    const decipher = createDecipheriv(
      'aes-128-gcm',
      key,
      Buffer.concat([unhex(title) ?? octets, octets.subarray(0, 4)]),
    )
    const request = decipher.update(octets.subarray(4, -12))
    return hex(request).startsWith('010110') ? [request.subarray(3, 19)] : []
  })
}

/** Dedicated keys; a key that is written and read; one that comes where another value is expected. */
function ownSuite(folder: string, key: string): string {
  const suite = join(folder, 'own')
  mkdirSync(suite)
  const write = { do: 'write', attribute: '$testing.objects.scratch', value: { 'octet-string': key } }
  const read = { do: 'read', attribute: '$testing.objects.scratch' }
  const common = {
    proves: [{ clause: 'security.response', level: 'MUST' }],
    effect: 'persistent',
    kills: ['block.octet-lost'],
  }
  const cases = [
    {
      id: 'OWN_1',
      title: 'A key is written and read under a dedicated key',
      ...common,
      matrix: { client: { each: 'clients', where: { is: ['client.ciphered', true] } } },
      given: { rung: 'association', client: '$client', propose: { 'dedicated-key': true } },
      steps: [
        { ...write, expect: [{ success: true }] },
        { ...read, expect: [{ value: { any: true } }] },
      ],
    },
    {
      id: 'OWN_2',
      title: 'A key comes, and another value is expected',
      ...common,
      given: { rung: 'association', client: 'ciphered' },
      steps: [
        { ...write, expect: [{ success: true }] },
        { ...read, expect: [{ value: { 'octet-string': '00' } }] },
      ],
    },
  ]
  writeFileSync(
    join(suite, 'suite.json'),
    JSON.stringify({ id: 'own', title: 'Own', order: cases.map(({ id }) => id) }),
  )
  for (const each of cases) writeFileSync(join(suite, `${each.id}.json`), JSON.stringify(each))
  return suite
}
