// Any value that a suite can write of any APDU and that can be encoded decodes to itself. Values are made from the shapes of the codecs.
import { expect } from 'chai'
import fc from 'fast-check'
import { decode, encode, fromJson, type Codec, type Field, type Shape } from '../codec/codec.ts'
import { hex, type Value } from '../codec/value.ts'
import { apdu } from './apdu.ts'
import { data } from './data/data.ts'

type Json = fc.Arbitrary<Value>

const hexOf = (size?: number): fc.Arbitrary<string> =>
  fc.uint8Array(size === undefined ? { maxLength: 20 } : { minLength: size, maxLength: size }).map(hex)

/** Deeper than this only what is not defined in terms of itself. */
const DEEPEST = 3

function valueOf(shape: Shape, depth: number): Json {
  switch (shape.is) {
    case 'integer':
      return integer(shape)
    case 'octets':
      return octets(shape)
    case 'constant':
      return fc.constant(null)
    case 'bits':
      return shape.as === 'names' ? fc.subarray(shape.fields.map(({ name }) => name)) : groups(shape)
    case 'list':
      return fc.array(valueOf(shape.of, depth), { maxLength: 3 })
    case 'choice':
      return choice(shape.arms, depth)
    case 'lazy':
      return valueOf(shape.of(), depth + 1)
    case 'sequence': {
      const only = shape.fields.find(({ name }) => name === shape.value)
      return only === undefined ? record(shape.fields, depth) : valueOf(only.shape, depth)
    }
    default:
      return shape satisfies never
  }
}

function integer({ size, signed, names = {}, as }: Shape & { is: 'integer' }): Json {
  if (as === 'boolean') return fc.boolean()
  const bits = BigInt(size * 8)
  const [min, max] = signed ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n]
  const number = fc.bigInt({ min, max })
  if (as === 'decimal') return number.map(String)
  // a number that has a name is read as its name
  const nameOf = new Map(Object.entries(names).map(([name, value]) => [value, name]))
  const named = Object.keys(names)
  const any = number.map(Number).map((value) => nameOf.get(value) ?? value)
  return named.length === 0 ? any : fc.oneof(any, fc.constantFrom(...named))
}

function octets({ size, as }: Shape & { is: 'octets' }): Json {
  switch (as) {
    case undefined:
      return hexOf(size)
    case 'float':
      return size === 4 ? fc.float() : fc.double()
    case 'unsigned':
      return fc.nat(0xffffffff)
    case 'bits':
      return fc.array(fc.constantFrom('0', '1'), { maxLength: 20 }).map((bits) => bits.join(''))
    case 'text':
      return fc.uint8Array({ maxLength: 20 }).map((codes) => String.fromCharCode(...codes))
    default:
      // most texts of an identifier have arcs that no identifier has
      return fc.oneof(
        fc.stringMatching(new RegExp(`^(?:${as.pattern})$`)),
        fc
          .constantFrom('0.0.1.0.0.255', '1.0.99.1.0.255')
          .filter((text) => new RegExp(`^(?:${as.pattern})$`).test(text)),
      )
  }
}

const groups = ({ fields }: Shape & { is: 'bits' }): Json =>
  fc.record(
    Object.fromEntries(
      fields.map(({ name, mask, flag }): readonly [string, Json] => [
        name,
        flag ? fc.boolean() : fc.nat(2 ** mask.toString(2).replaceAll('0', '').length - 1),
      ]),
    ),
  )

function choice(arms: readonly Field[], depth: number): Json {
  const allowed = arms.filter(({ shape }) => depth < DEEPEST || !recurs(shape))
  return fc.oneof(
    ...allowed.map(({ name, shape }) =>
      // octets in place of an APDU are any that do not begin like one
      (name === 'octets' ? hexOf().map((rest) => `FF${rest}`) : valueOf(shape, depth)).map((value): Value => ({
        [name]: value,
      })),
    ),
  )
}

function record(fields: readonly Field[], depth: number): Json {
  const named = fields.filter(({ silent }) => !silent)
  const inner = named.filter(({ kind }) => kind === 'group')
  const own = named.filter(({ kind }) => kind !== 'group')
  const parts = Object.fromEntries(own.map(({ name, shape }) => [name, valueOf(shape, depth)]))
  const required = own.filter(({ optional }) => !optional).map(({ name }) => name)
  return fc
    .tuple(fc.record(parts, { requiredKeys: required }), ...inner.map(({ shape }) => valueOf(shape, depth)))
    .map((records): Value => Object.assign({}, ...records) as Value)
}

/** Whether it is defined in terms of something lazy. */
function recurs(shape: Shape): boolean {
  switch (shape.is) {
    case 'lazy':
      return true
    case 'list':
      return recurs(shape.of)
    case 'choice':
      return shape.arms.some((arm) => recurs(arm.shape))
    case 'sequence':
      return shape.fields.some((field) => recurs(field.shape))
    default:
      return false
  }
}

/** Values that a codec of this shape refuses to write are no counterexample; but enough must be written. */
function roundTrips(codec: Codec<unknown>): void {
  let written = 0
  fc.assert(
    fc.property(valueOf(codec.shape, 0), (json) => {
      const value = fromJson(codec, json)
      if (!value.ok) throw new TypeError(JSON.stringify(value.failure))
      const encoded = writtenOctets(codec, value.value)
      if (encoded === undefined) return
      written++
      expect(decode(codec, encoded)).to.deep.equal({ ok: true, value: value.value })
    }),
  )
  expect(written).to.be.above(10)
}

function writtenOctets(codec: Codec<unknown>, value: unknown): Uint8Array | undefined {
  try {
    return encode(codec, value)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

describe('any value decodes to itself', () => {
  it('Data', () => roundTrips(data))
  for (const [name, codec] of Object.entries(apdu.arms)) it(name, () => roundTrips(codec))
})
