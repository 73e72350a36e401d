// What general-ciphering authenticates besides the APDU (ruling Y28): the octets are sealed here by the cryptography of node.
import { createCipheriv } from 'node:crypto'
import { expect } from 'chai'
import { decode } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { apdu } from '../protocol/apdu.ts'
import { cipheredIn, type CipheredApdu } from '../protocol/security/ciphered-apdu.ts'
import { octets, textsOf } from '../protocol/vectors/texts.ts'
import { decipher, type Deciphered } from './decipher.ts'
import type { Manner, SecurityMaterial } from './security-material.ts'
import { SecurityContext } from './security-context.ts'

const GUEK = '000102030405060708090A0B0C0D0E0F'
const GAK = 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF'
const CLIENT = '4D4D4D0000000001'
const SERVER = '4D4D4D0000BC614E'
const GET = 'C001C1000100002B0100FF0200'
const COUNTER = '00000007'

/** transaction-id 00000000 and the counter, both titles, and two fields that are empty. */
const HEADER = `0800000000${COUNTER}08${CLIENT}08${SERVER}0000`
const WITHOUT_LENGTHS = `00000000${COUNTER}${CLIENT}${SERVER}`

/** The APDU, where the tag is over this besides it. */
function sealed(header: string, control: '10' | '30' = '30'): string {
  const aes = createCipheriv('aes-128-gcm', octets(GUEK), octets(CLIENT + COUNTER), { authTagLength: 12 })
  const isEncrypted = control === '30'
  aes.setAAD(octets(control + GAK + header + (isEncrypted ? '' : GET)))
  const text = isEncrypted ? hex(aes.update(octets(GET))) : GET
  aes.final()
  return `DD${HEADER}0100001E${control}${COUNTER}${text}${hex(aes.getAuthTag())}`
}

function ciphered(text: string): CipheredApdu {
  const read = decode(apdu, octets(text))
  const found = read.ok ? cipheredIn(read.value) : undefined
  if (found === undefined) throw new TypeError(`${text} is not ciphered`)
  return found
}

const KEYS = {
  'global-unicast-encryption-key': octets(GUEK),
  'authentication-key': octets(GAK),
} as const

const opened = (text: string): Deciphered =>
  decipher(ciphered(text), octets(SERVER), (name) =>
    name === 'global-unicast-encryption-key' || name === 'authentication-key' ? KEYS[name] : undefined,
  )

describe('the header of general-ciphering', () => {
  for (const control of ['10', '30'] as const) {
    it(`is authenticated, as the standard has it: ${control}`, () => {
      const { plain, ...seen } = opened(sealed(HEADER, control))
      expect(seen).to.include({ verified: 'right', aad: 'with-header' })
      expect(plain && hex(plain)).to.equal(GET)
    })
    it(`may be left out: ${control}`, () => {
      const { plain, ...seen } = opened(sealed('', control))
      expect(seen).to.include({ verified: 'right', aad: 'without-header' })
      expect(plain && hex(plain)).to.equal(GET)
    })
    it(`may not be there in any other form: ${control}`, () => {
      for (const header of [WITHOUT_LENGTHS, HEADER.slice(18), `${HEADER}010000`])
        expect(opened(sealed(header, control)), header)
          .to.include({ verified: 'wrong' })
          .and.not.to.have.any.keys('plain', 'aad')
    })
  }
  it('is authenticated in the vectors', () => {
    const found = textsOf('protection', 'gc-ident')
    expect(opened(found.octets)).to.include({ verified: 'right', aad: 'with-header' })
  })
  it('is nothing that can be told without a tag', () => {
    const [before, after] = sealed('').split(`1E30${COUNTER}`)
    expect(opened(`${before}1220${COUNTER}${after?.slice(0, -24)}`))
      .to.include({ verified: 'unknown' })
      .and.not.to.have.property('aad')
  })
  it('is none of the other forms', () =>
    expect(opened(textsOf('protection', 'glo-both').octets))
      .to.include({ verified: 'right' })
      .and.not.to.have.property('aad'))

  const protectedBy = (material: Partial<SecurityMaterial>, manner: Manner = {}): string => {
    const keys = new Map([
      ['global-unicast-encryption-key', KEYS['global-unicast-encryption-key']],
      ['authentication-key', KEYS['authentication-key']],
    ] as const)
    const own = { suite: 0, title: octets(CLIENT), serverTitle: octets(SERVER), keys, ciphers: true } as const
    const security = new SecurityContext(
      { ...own, kind: 'authenticated-encrypted', ...material },
      { take: () => ({ ok: true, value: 7 }), pass: () => undefined },
    )
    const done = security.protect(octets(GET), { form: 'general-ciphering', ...manner })
    return done.ok ? hex(done.value) : done.failure
  }
  it('is sent as the standard has it, as declared, or as one APDU is to go', () => {
    expect(protectedBy({})).to.equal(sealed(HEADER))
    expect(protectedBy({ aad: 'without-header' })).to.equal(sealed(''))
    expect(protectedBy({ aad: 'without-header' }, { kind: 'authenticated' })).to.equal(sealed('', '10'))
    expect(protectedBy({}, { aad: 'without-header' })).to.equal(sealed(''))
    expect(protectedBy({ aad: 'without-header' }, { aad: 'with-header' })).to.equal(sealed(HEADER))
  })
})
