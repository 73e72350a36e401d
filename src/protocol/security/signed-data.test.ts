import { expect } from 'chai'
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { hex } from '../../codec/value.ts'
import { octets } from '../vectors/texts.ts'
import { keyPairOf } from './curves.ts'
import { repeatableSignature } from './nonce-signature.ts'
import { protectionHeader } from './protected-data.ts'
import { checkSignedForms, foundSigned, signedData, signedForms } from './signed-data.ts'

const header = protectionHeader(octets('0000000000000007'), octets('5443530000000001'), octets('53494D0000BC614E'))
const FIELDS = '080000000000000007' + '085443530000000001' + '0853494D0000BC614E'
const CONTENT = '0904AABBCCDD'
const pair = keyPairOf('P-256', octets('EAA9F72E59DABB92445D988A36090455FF57BC00199B3FB7BC41DBEB1D7F4329'))

const point = {
  kty: 'EC',
  crv: 'P-256',
  x: Buffer.from(pair.publicKey.subarray(0, 32)).toString('base64url'),
  y: Buffer.from(pair.publicKey.subarray(32)).toString('base64url'),
}
const d = Buffer.from(pair.privateKey).toString('base64url')
const [privateKey, publicKey] = [
  createPrivateKey({ key: { ...point, d }, format: 'jwk' }),
  createPublicKey({ key: point, format: 'jwk' }),
]
/** By node alone. */
const signedBy = (message: string): Uint8Array =>
  Uint8Array.from(sign('sha256', octets(message), { key: privateKey, dsaEncoding: 'ieee-p1363' }))

describe('data signed by itself', () => {
  it('R and S over the options and the data, each with its length, stand behind the data', () => {
    for (const how of [{}, { sign: repeatableSignature }]) {
      const all = signedData({ header, curve: 'P-256', pair, ...how }, octets(CONTENT))
      expect(hex(all.subarray(0, -64))).to.equal(CONTENT)
      const message = octets(`${FIELDS}000006${CONTENT}`)
      const found = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
      expect(verify('sha256', message, found, all.subarray(-64))).to.equal(true)
    }
  })

  for (const [what, message] of [
    ['the options with the length of date-time', `${FIELDS}000006${CONTENT}`],
    ['the options as they stand in the parameters', `${FIELDS}0006${CONTENT}`],
    ['the data alone', `06${CONTENT}`],
    ['the data without their length', `${FIELDS}0000${CONTENT}`],
    ['the bare data', CONTENT],
  ] as const)
    it(`${what}: a way that is known`, () => {
      const found = { content: octets(CONTENT), signature: signedBy(message) }
      expect(checkSignedForms('P-256', pair.publicKey, header, found).ok).to.equal(true)
      const other = { ...found, content: octets('0904AABBCCDE') }
      expect(checkSignedForms('P-256', pair.publicKey, header, other)).to.deep.include({ failure: 'wrong-signature' })
    })

  it('numbers that are no signature are told as such', () => {
    const found = { content: octets(CONTENT), signature: new Uint8Array(64) }
    expect(checkSignedForms('P-256', pair.publicKey, header, found)).to.deep.include({ failure: 'r-out-of-range' })
  })

  it('the signature stands behind the data, or both have lengths', () => {
    const signature = '11'.repeat(64)
    const forms = (text: string) =>
      signedForms('P-256', octets(text)).map((form) => [hex(form.content), hex(form.signature)])
    expect(forms(CONTENT + signature)).to.deep.equal([[CONTENT, signature]])
    expect(forms(`06${CONTENT}40${signature}`)).to.deep.include([CONTENT, signature])
    expect(foundSigned('P-256', octets(CONTENT))).to.equal(undefined)
    expect(foundSigned('P-256', octets(signature))?.content).to.have.lengthOf(0)
  })
})
