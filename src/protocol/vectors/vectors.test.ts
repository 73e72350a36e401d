import { expect } from 'chai'
import { apdu } from '../apdu.ts'
import { acseApdus } from '../acse/acse.ts'
import { applicationContextName, mechanismName } from '../acse/fields.ts'
import { build, choice, decode, decodeNoting, encode, fromJson, tagged, toJson, type Codec } from '../../codec/codec.ts'
import { conformance } from '../xdlms/conformance.ts'
import { data } from '../data/data.ts'
import { hex, unhex } from '../../codec/value.ts'
import { vectors, type Vector } from './load.ts'
import { xdlms } from '../xdlms/xdlms.ts'

function octetsOf({ octets }: Vector): Uint8Array {
  const found = unhex(octets)
  if (!found) throw new TypeError(`not hex: ${octets}`)
  return found
}

function valueOf<T>(codec: Codec<T>, vector: Vector): T {
  const read = fromJson(codec, vector.value)
  if (!read.ok) throw new TypeError(`${vector.id}: ${JSON.stringify(read.failure)}`)
  return read.value
}

/** Octets ↔ value, both ways and through the recording path. */
function golden<T>(codec: Codec<T>, vector: Vector): void {
  it(`${vector.id}: ${vector.what}`, () => {
    const value = valueOf(codec, vector)
    expect(decode(codec, octetsOf(vector))).to.deep.equal({ ok: true, value })
    expect(hex(encode(codec, value))).to.equal(vector.octets)
    expect(toJson(value)).to.deep.equal(vector.value)
    const built = build(codec, value)
    expect(built.ok && hex(built.value.octets)).to.equal(vector.octets)
  })
}

const FILES = ['acse', 'acse-fields', 'xdlms', 'sn', 'access', 'gbt', 'data', 'conformance', 'date-time', 'malformed']

describe('golden vectors', () => {
  it('are all there, each once', () => {
    const ids = FILES.flatMap((name) => vectors(name).map(({ id }) => id))
    expect(ids).to.have.lengthOf(273)
    expect(new Set(ids).size).to.equal(273)
  })
  describe('ACSE', () => vectors('acse').forEach((vector) => golden(choice(acseApdus), vector)))
  describe('fields of ACSE', () =>
    vectors('acse-fields').forEach((vector) =>
      golden(vector.id.startsWith('ctx') ? tagged(0xa1, applicationContextName) : tagged(0x8b, mechanismName), vector),
    ))
  describe('xDLMS', () => vectors('xdlms').forEach((vector) => golden(xdlms, vector)))
  describe('short names', () => vectors('sn').forEach((vector) => golden(xdlms, vector)))
  describe('ACCESS', () => vectors('access').forEach((vector) => golden(xdlms, vector)))
  describe('general block transfer', () => vectors('gbt').forEach((vector) => golden(xdlms, vector)))
  describe('Data', () => vectors('data').forEach((vector) => golden(data, vector)))
  describe('conformance', () => vectors('conformance').forEach((vector) => golden(conformance, vector)))

  describe('forms of older editions', () => {
    for (const vector of vectors('legacy') as readonly (Vector & { as: string; note: object })[])
      it(`${vector.id}: ${vector.what}`, () => {
        const read = decodeNoting(apdu, octetsOf(vector))
        const strict = decodeNoting(apdu, octetsOf({ ...vector, octets: vector.as }))
        if (!read.ok || !strict.ok) throw new TypeError(JSON.stringify({ read, strict }))
        expect(read.value.value).to.deep.equal(strict.value.value)
        expect(strict.value.notes).to.deep.equal([])
        expect(read.value.notes).to.have.lengthOf(1)
        expect(read.value.notes[0]).to.include({ fault: 'legacy', ...vector.note })
      })
  })

  describe('malformed APDUs', () => {
    for (const vector of vectors('malformed') as readonly (Vector & { failure: object })[])
      it(`${vector.id}: ${vector.what}`, () => {
        const decoded = decode(apdu, octetsOf(vector))
        expect(decoded.ok).to.equal(false)
        if (!decoded.ok) expect(decoded.failure).to.include(vector.failure)
      })
  })
})
