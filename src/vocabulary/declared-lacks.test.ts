import { expect } from 'chai'
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { unsecured } from './declared-lacks.ts'

type Client = Omit<NonNullable<NonNullable<MeterDeclaration['testing']>['clients']>[string], 'sap'>

const SYMMETRIC = { 'global-unicast-encryption-key': 'guek', 'authentication-key': 'gak' }
const CURVES = { keys: { 'signing-key': 'own' }, serverKeys: { 'signing-key': 'other' } }
const title = { suite: 0, systemTitle: '53494D0012345678' } as const

const of = (client: Client) => unsecured({ meter: 'made-up', testing: { clients: { one: { sap: 1, ...client } } } })

describe('a client', () => {
  const complete: readonly Client[] = [
    {},
    { mechanism: 'lls' },
    { mechanism: 'hls-2', secret: 'a' },
    { mechanism: 'hls-md5', secret: 'a' },
    { mechanism: 'hls-sha1', secret: 'a' },
    { mechanism: 'hls-sha256', secret: 'a', security: title },
    { mechanism: 'hls-gmac', security: { ...title, keys: SYMMETRIC } },
    { mechanism: 'hls-ecdsa', security: { ...title, suite: 1, ...CURVES } },
    { ciphered: true, security: { ...title, keys: SYMMETRIC } },
    { ciphered: true, security: { ...title, suite: 2, keys: { 'agreement-key': 'own', 'authentication-key': 'gak' } } },
  ]
  for (const client of complete)
    it(`lacks nothing: ${JSON.stringify(client)}`, () => {
      expect(of(client)).to.deep.equal([])
    })

  const lacking: readonly (readonly [client: Client, at: string, expected: readonly string[]])[] = [
    [{ ciphered: true }, 'ciphered', ['"security" of a client that is ciphered']],
    [{ mechanism: 'hls-gmac' }, 'mechanism', ['"security" of a client with hls-gmac']],
    [{ mechanism: 'hls-sha1' }, 'mechanism', ['"secret" of a client with hls-sha1']],
    [
      { mechanism: 'hls-sha256' },
      'mechanism',
      ['"secret" of a client with hls-sha256', '"security" of a client with hls-sha256'],
    ],
    [
      { mechanism: 'hls-gmac', security: title },
      'mechanism',
      [
        '"security.keys.global-unicast-encryption-key" of a client with hls-gmac',
        '"security.keys.authentication-key" of a client with hls-gmac',
      ],
    ],
    [
      { ciphered: true, security: { ...title, keys: { 'global-unicast-encryption-key': 'guek' } } },
      'ciphered',
      ['"security.keys.authentication-key" of a client that is ciphered'],
    ],
    [
      { mechanism: 'hls-ecdsa', security: { ...title, suite: 2 } },
      'mechanism',
      [
        '"security.keys.signing-key" of a client with hls-ecdsa',
        '"security.serverKeys.signing-key" of a client with hls-ecdsa',
      ],
    ],
    [
      { mechanism: 'hls-ecdsa', security: { ...title, ...CURVES } },
      'security.suite',
      ['suite 1 or 2 of a client with signing-key'],
    ],
  ]
  for (const [client, at, expected] of lacking)
    it(`lacks something: ${JSON.stringify(client)}`, () => {
      const found = of(client)
      expect(found.map((finding) => finding.expected)).to.deep.equal(expected)
      for (const { path } of found) expect(path.join('.')).to.equal(`testing.clients.one.${at}`)
    })
})
