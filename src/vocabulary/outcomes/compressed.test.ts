import { expect } from 'chai'
import { CounterWatch } from '../../client/counter-watch.ts'
import { SecurityContext } from '../../client/security-context.ts'
import { ok, unhex } from '../../codec/value.ts'
import { apduOutcome } from './apdu.ts'

const octets = (hex: string): Uint8Array => unhex(hex) ?? new Uint8Array(0)

const security = new SecurityContext(
  {
    suite: 1,
    title: octets('5443530000000001'),
    serverTitle: octets('53494D0000BC614E'),
    keys: new Map([
      ['global-unicast-encryption-key', octets('000102030405060708090A0B0C0D0E0F')],
      ['authentication-key', octets('D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF')],
    ]),
    kind: 'authenticated',
    ciphers: true,
  },
  { take: () => ok(0), pass() {} },
)
const protection = {
  security,
  watch: new CounterWatch(),
  policy: { authentication: true, encryption: false },
  newKeyFrom: 'next-apdu',
} as const

/** glo-get-response, authenticated and compressed; its tag by an independent AES-GCM. */
const COMPRESSED = 'CC1591000000075A01FF33A217604C941F9998D7A7B4D9'

describe('answers that are compressed', () => {
  it('are known by their security control, and say nothing that could be judged', () => {
    const { names, broken, text, advice } = apduOutcome(octets(COMPRESSED), { protection })
    expect(names).to.include({ compressed: true })
    expect(names).not.to.have.any.keys('garbled', 'refused', 'executed', 'get-response')
    expect(broken).to.deep.equal([])
    expect(text).to.match(/compressed by V\.44, which this tool cannot undo$/)
    expect(advice).to.match(/V\.44/)
  })

  it('are no such where the tag is wrong', () => {
    const { names, broken, advice } = apduOutcome(octets(COMPRESSED.replace('5A01', '5A02')), { protection })
    expect(names).to.have.property('garbled')
    expect(broken.map(({ rule }) => rule)).to.include('tag-verifies')
    expect(advice).to.equal(undefined)
  })
})
