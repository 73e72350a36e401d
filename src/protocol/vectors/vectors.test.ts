import { expect } from 'chai'
import { apdu } from '../apdu.ts'
import { acseApdus } from '../acse/acse.ts'
import { applicationContextName, mechanismName } from '../acse/fields.ts'
import { build, choice, decode, encode, fromJson, tagged, toJson, type Codec } from '../../codec/codec.ts'
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

describe('golden vectors', () => {
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

  describe('malformed APDUs', () => {
    for (const vector of vectors('malformed') as readonly (Vector & { failure: object })[])
      it(`${vector.id}: ${vector.what}`, () => {
        const decoded = decode(apdu, octetsOf(vector))
        expect(decoded.ok).to.equal(false)
        if (!decoded.ok) expect(decoded.failure).to.include(vector.failure)
      })
  })
})
