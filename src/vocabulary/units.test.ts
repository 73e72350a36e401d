import { expect } from 'chai'
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { sharedWith, type Unit } from './units.ts'

type Client = NonNullable<NonNullable<MeterDeclaration['testing']>['clients']>[string]
type Security = NonNullable<Client['security']>

const KEYS = {
  'global-unicast-encryption-key': 'unicast',
  'global-broadcast-encryption-key': 'broadcast',
  'authentication-key': 'authentication',
  'master-key': 'master',
} as const
const security = (said: Partial<Security> = {}): Security => ({
  suite: 0,
  systemTitle: '5443530000000001',
  keys: KEYS,
  ...said,
})

interface Made {
  readonly client: Client
  /** Secret → one octet of it, sixteen times. */
  readonly secrets: Readonly<Record<string, number>>
  readonly title?: string
  readonly serial?: string
}

function unit(meter: string, { client, secrets, title, serial }: Made): Unit {
  return {
    meter,
    content: {
      meter,
      ...(title === undefined ? {} : { supports: { security: { systemTitle: title } } }),
      ...(serial === undefined ? {} : { identification: { serialNumber: serial } }),
      testing: { clients: { manager: client } },
    },
    secret: (name) => {
      const octet = secrets[name]
      return octet === undefined ? undefined : new Uint8Array(16).fill(octet)
    },
  }
}

function shared(one: Made, other: Made): Readonly<Record<string, readonly string[]>> {
  const own = unit('one', one)
  return Object.fromEntries(sharedWith(one.client, own, [own, unit('two', other)]))
}

const ciphered: Client = { sap: 1, mechanism: 'hls-gmac', ciphered: true, security: security() }
const lls: Client = { sap: 1, mechanism: 'lls', secret: 'password' }
const DIFFERENT = { unicast: 11, broadcast: 12, authentication: 13, master: 14 }
const OWN = { unicast: 1, broadcast: 2, authentication: 3, master: 4 }

describe('meters that are run together', () => {
  const cases: readonly (readonly [title: string, one: Made, other: Made, shared: readonly string[]])[] = [
    ['have nothing in common', { client: ciphered, secrets: OWN }, { client: ciphered, secrets: DIFFERENT }, []],
    ...(['unicast', 'master', 'authentication'] as const).map(
      (name) =>
        [
          `share the ${name} key`,
          { client: ciphered, secrets: OWN },
          { client: ciphered, secrets: { ...DIFFERENT, [name]: OWN[name] } },
          [name === 'unicast' ? 'global-unicast-encryption-key' : `${name}-key`],
        ] as const,
    ),
    [
      'share a key under another name',
      { client: ciphered, secrets: OWN },
      { client: ciphered, secrets: { ...DIFFERENT, master: OWN.unicast } },
      ['global-unicast-encryption-key'],
    ],
    [
      'share the broadcast key, and what authenticates with it',
      { client: ciphered, secrets: OWN },
      { client: ciphered, secrets: { ...OWN, unicast: 11, master: 14 } },
      [],
    ],
    [
      'share all, the broadcast key too',
      { client: ciphered, secrets: OWN },
      { client: ciphered, secrets: OWN },
      ['global-unicast-encryption-key', 'master-key'],
    ],
    [
      'share a password',
      { client: lls, secrets: { password: 1 } },
      { client: lls, secrets: { password: 1 } },
      ['password'],
    ],
    [
      'share an HLS secret, which is a password elsewhere',
      { client: { ...lls, mechanism: 'hls-sha256' }, secrets: { password: 1 } },
      { client: lls, secrets: { password: 1 } },
      ['HLS secret'],
    ],
    [
      'have keys for tests',
      { client: ciphered, secrets: OWN },
      { client: { ...ciphered, security: security({ forTest: true }) }, secrets: OWN },
      [],
    ],
    [
      'have a secret that no mechanism uses',
      { client: { ...lls, mechanism: 'lowest' }, secrets: { password: 1 } },
      { client: lls, secrets: { password: 1 } },
      [],
    ],
    [
      'are one meter, which is declared twice',
      { client: lls, secrets: { password: 1 }, title: '53494d0000000001', serial: '1' },
      { client: lls, secrets: { password: 1 }, title: '53494D0000000001' },
      [],
    ],
    [
      'have one title by mistake',
      { client: lls, secrets: { password: 1 }, title: '53494D0000000001', serial: '1' },
      { client: lls, secrets: { password: 1 }, title: '53494D0000000001', serial: '2' },
      ['password'],
    ],
  ]
  for (const [title, one, other, names] of cases)
    it(title, () => expect(shared(one, other)).to.deep.equal(names.length === 0 ? {} : { two: names }))

  it('are none of their own others', () => {
    const own = unit('one', { client: lls, secrets: { password: 1 } })
    expect(sharedWith(lls, own, [own]).size).to.equal(0)
  })
})
