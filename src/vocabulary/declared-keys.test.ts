import { expect } from 'chai'
import type { ClientSecurity, MeterDeclaration } from '../engine/declaration.generated.ts'
import { namesKeys, wrongKeys } from './declared-keys.ts'

const meter = (security: Partial<ClientSecurity>): MeterDeclaration => ({
  meter: 'made-up',
  testing: { clients: { one: { sap: 1, security: { suite: 0, systemTitle: '53494D0012345678', ...security } } } },
})

/** Secrets by their length: `of 16`. */
const secret = (name: string): Uint8Array | undefined => {
  const [, length] = /^of (\d+)$/.exec(name) ?? []
  return length === undefined ? undefined : new Uint8Array(Number(length)).fill(0xa5)
}
const codes = (security: Partial<ClientSecurity>): readonly string[] =>
  wrongKeys(meter(security), secret).map(({ path, code }) => `${path.slice(3).join('.')}: ${code}`)

describe('secrets that are keys', () => {
  it('are as long as the suite asks', () => {
    const rows: readonly (readonly [suite: 0 | 1 | 2, symmetric: string, own: string, other: string])[] = [
      [1, 'of 16', 'of 32', 'of 64'],
      [2, 'of 32', 'of 48', 'of 96'],
    ]
    for (const [suite, symmetric, own, other] of rows)
      expect(
        codes({
          suite,
          keys: { 'authentication-key': symmetric, 'master-key': symmetric, 'signing-key': own, 'agreement-key': own },
          serverKeys: { 'signing-key': other, 'agreement-key': other },
        }),
        `suite ${suite}`,
      ).to.deep.equal([])
    expect(codes({ suite: 0, keys: { 'global-unicast-encryption-key': 'of 16' } })).to.deep.equal([])
  })

  it('are told by name where they are not, and never shown', () => {
    expect(codes({ suite: 0, keys: { 'global-unicast-encryption-key': 'of 32' } })).to.deep.equal([
      'security.keys.global-unicast-encryption-key: key-length',
    ])
    expect(codes({ suite: 2, keys: { 'authentication-key': 'of 16', 'signing-key': 'of 32' } })).to.have.length(2)
    expect(codes({ suite: 1, serverKeys: { 'signing-key': 'of 65' } })).to.deep.equal([
      'security.serverKeys.signing-key: key-length',
    ])
    const [finding] = wrongKeys(meter({ keys: { 'master-key': 'of 17' } }), secret)
    expect(finding).to.include({ expected: 'a key of 16 octets in suite 0', found: '"of 17", which has 17' })
    expect(JSON.stringify(finding)).not.to.match(/a5|165/i)
  })

  it('are known', () => {
    expect(codes({ keys: { 'master-key': 'nobody' } })).to.deep.equal(['security.keys.master-key: unknown-secret'])
  })

  it('those of the authority that makes certificates are known, too', () => {
    const declared = (key: string): MeterDeclaration => ({
      meter: 'made-up',
      testing: { certificateAuthority: { key, certificate: 'of 400' } },
    })
    expect(namesKeys(declared('of 32'))).to.equal(true)
    expect(wrongKeys(declared('of 32'), secret)).to.deep.equal([])
    expect(wrongKeys(declared('nobody'), secret).map(({ path }) => path.join('.'))).to.deep.equal([
      'testing.certificateAuthority.key',
    ])
  })

  it('are looked for where clients name any', () => {
    expect(namesKeys(meter({ keys: { 'master-key': 'of 16' } }))).to.equal(true)
    expect(namesKeys(meter({}))).to.equal(false)
    expect(namesKeys({ meter: 'nothing' })).to.equal(false)
  })
})
