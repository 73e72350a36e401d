import { expect } from 'chai'
import { octetsOf } from '../dialogue.ts'
import { conformantChecks, imageContent, isAuthentic } from './image-content.ts'
import { invokeMethod, readHex, situationOf } from './situation.ts'

const KEY = '5D31C08E7BA24F9613E2D5084AC76B90'
const MAKER = { type: 'TWO2', version: 2, key: octetsOf(KEY) }

/** HMAC-SHA256 of what is in front of it, under the key of the maker or of somebody else, its first 16 octets. */
const VALID = '53494D490154574F320003A403A0DEB6669E0F977278C1C8EF3C3C'
const rows: readonly (readonly [what: string, octets: string, authentic: boolean])[] = [
  ['signed by the maker', VALID, true],
  ['one bit changed', VALID.replace('53494D49015457', '53494D49015456'), false],
  ['signed by somebody else', '53494D490154574F3200031E633BB36E78063634797CB7696D660F', false],
  ['not signed', '53494D490054574F320003', false],
  ['of an older version', '53494D490154574F320001505CE08D60B926B942A208C0008086C9', false],
  ['of another type', '53494D49014F4E453100033BCBBFB63795F426E9F371B522A451A3', false],
  ['its signature cut', VALID.slice(0, -2), false],
  ['a header and nothing else', VALID.slice(0, 22), false],
  ['no header', '5349', false],
]

describe('images of a maker', () => {
  for (const [what, octets, authentic] of rows)
    it(`${what}: ${authentic ? '' : 'not '}authentic`, () =>
      expect(isAuthentic(conformantChecks, octetsOf(octets), MAKER)).to.equal(authentic))

  it('have a type and a version', () =>
    expect(imageContent(octetsOf(VALID))).to.deep.include({ magic: 'SIMI', signed: true, type: 'TWO2', version: 3 }))

  for (const [what, octets, authentic] of rows.slice(0, 3))
    it(`class 18, ${what}: ${authentic ? 'verified' : 'refused, with status 4'}`, () => {
      const meter = situationOf('two-octet', 'management')
      const image = (id: number): string => `18:0.0.44.0.0.255:${id}`
      invokeMethod(meter, image(1), `0202090141060000001B`)
      expect(invokeMethod(meter, image(2), `02020600000000091B${octets}`).result).to.equal('success')
      expect(invokeMethod(meter, image(3)).result).to.equal(authentic ? 'success' : 'other-reason')
      expect(readHex(meter, image(6))).to.equal(authentic ? '001603' : '001604')
    })
})
