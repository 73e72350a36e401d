import { expect } from 'chai'
import { decode, encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data, type Data } from '../data/data.ts'
import { octets } from '../vectors/texts.ts'
import type { KeyInfo } from '../xdlms/ciphered.ts'
import { protectionHeader } from './protected-data.ts'
import { givenBy, parametersData, parametersIn, type ProtectionLayer } from './protection-parameters.ts'

const header = protectionHeader(octets('0000000000000007'), octets('5443530000000001'), octets('53494D0000BC614E'))
const OPTIONS = '0205' + '09080000000000000007' + '09085443530000000001' + '090853494D0000BC614E' + '0900'

const unicast: KeyInfo = { is: 'identified-key', value: { 'key-id': 'global-unicast-encryption-key' } }
const broadcast: KeyInfo = { is: 'identified-key', value: { 'key-id': 'global-broadcast-encryption-key' } }
const wrapped: KeyInfo = { is: 'wrapped-key', value: { 'kek-id': 'master-key', 'key-ciphered-data': octets('A1B2C3') } }
const agreed: KeyInfo = {
  is: 'agreed-key',
  value: { 'key-parameters': octets('02'), 'key-ciphered-data': octets('') },
}

/** By hand, after the definitions of class 30. */
const rows: readonly (readonly [string, readonly ProtectionLayer[], string])[] = [
  [
    'the unicast key',
    [{ is: 'ciphering', type: 2, header, keyInfo: unicast }],
    `01010202${'1602'}${OPTIONS}02021600${'02011600'}`,
  ],
  [
    'the broadcast key',
    [{ is: 'ciphering', type: 0, header, keyInfo: broadcast }],
    `01010202${'1600'}${OPTIONS}02021600${'02011601'}`,
  ],
  [
    'a wrapped key',
    [{ is: 'ciphering', type: 1, header, keyInfo: wrapped }],
    `01010202${'1601'}${OPTIONS}02021601${'020216000903A1B2C3'}`,
  ],
  [
    'an agreed key',
    [{ is: 'ciphering', type: 2, header, keyInfo: agreed }],
    `01010202${'1602'}${OPTIONS}02021602${'020209010209' + '00'}`,
  ],
  [
    'two layers',
    [
      { is: 'ciphering', type: 0, header, keyInfo: unicast },
      { is: 'ciphering', type: 1, header, keyInfo: wrapped },
    ],
    `0102` + `0202${'1600'}${OPTIONS}02021600${'02011600'}` + `0202${'1601'}${OPTIONS}02021601${'020216000903A1B2C3'}`,
  ],
  [
    'a signature within encryption',
    [
      { is: 'signature', header },
      { is: 'ciphering', type: 1, header, keyInfo: unicast },
    ],
    `0102` + `0202${'1603'}${OPTIONS}02021600${'02011600'}` + `0202${'1601'}${OPTIONS}02021600${'02011600'}`,
  ],
]

describe('parameters of data protected by itself', () => {
  for (const [what, layers, expected] of rows)
    it(`${what}: as octets, and back`, () => {
      expect(hex(encode(data, parametersData(layers)))).to.equal(expected)
      const read = decode(data, octets(expected))
      expect(read.ok && parametersIn(read.value)).to.deep.equal(layers)
    })

  it('a signature is one whatever stands for its key', () => {
    const options = OPTIONS.replace('0205', '0204')
    for (const key of ['0200', '00', '']) {
      const read = decode(data, octets(`01010202${'1603'}${key === '' ? options : OPTIONS + key}`))
      expect(read.ok && parametersIn(read.value)).to.deep.equal([{ is: 'signature', header }])
    }
  })

  it('layers give together what each of them gives', () => {
    const [authenticated, encrypted, both] = ([0, 1, 2] as const).map((type): ProtectionLayer => ({
      is: 'ciphering',
      type,
      header,
      keyInfo: unicast,
    }))
    if (!authenticated || !encrypted || !both) return expect.fail()
    const signed: ProtectionLayer = { is: 'signature', header }
    const table = [
      [[authenticated], true, false, false],
      [[encrypted], false, true, false],
      [[both], true, true, false],
      [[encrypted, authenticated], true, true, false],
      [[signed], false, false, true],
      [[signed, encrypted], false, true, true],
    ] as const
    for (const [layers, authentication, encryption, signature] of table)
      expect(givenBy(layers)).to.deep.equal({ authentication, encryption, signature })
  })

  it('others are none that are known', () => {
    const first = parametersData([{ is: 'ciphering', type: 0, header, keyInfo: unicast }])
    const elements = first.is === 'array' ? first.value : []
    const others: readonly (Data | undefined)[] = [
      undefined,
      { is: 'array', value: [] },
      { is: 'array', value: [...elements, { is: 'null-data' }] },
      { is: 'array', value: [{ is: 'structure', value: [{ is: 'enum', value: 4 }] }] },
    ]
    for (const value of others) expect(parametersIn(value)).to.equal(undefined)
  })
})
