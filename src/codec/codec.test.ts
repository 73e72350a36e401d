import { expect } from 'chai'
import fc from 'fast-check'
import {
  allBut,
  arm,
  bits,
  bitString,
  boolean,
  build,
  choice,
  constant,
  decode,
  decodeNoting,
  encode,
  enumerated,
  explain,
  flag,
  float32,
  float64,
  i16,
  i32,
  i64,
  i8,
  ifTag,
  lazy,
  list,
  nameBits,
  nothing,
  octets,
  octetString,
  optional,
  preceded,
  rest,
  sequence,
  tagged,
  text,
  u16,
  u32,
  u64,
  u8,
  utf8String,
  withDefault,
  type Codec,
} from './codec.ts'
import { hex, unhex } from './value.ts'

const of = (written: string): Uint8Array => unhex(written) ?? new Uint8Array()

/** Value ↔ octets, by the fast path and by the recording one. */
function both<T>(name: string, codec: Codec<T>, value: T, written: string): void {
  it(`${name} ${written}`, () => {
    expect(hex(encode(codec, value))).to.equal(written)
    expect(decode(codec, of(written))).to.deep.equal({ ok: true, value })
    expect(explain(codec, of(written)).value).to.deep.equal(value)
    const built = build(codec, value)
    expect(built.ok && hex(built.value.octets)).to.equal(written)
  })
}

function refused<T>(name: string, codec: Codec<T>, written: string, failure: object): void {
  it(`${name} ${written}: refused`, () => {
    const decoded = decode(codec, of(written))
    expect(decoded.ok ? undefined : decoded.failure).to.include(failure)
  })
}

describe('codecs', () => {
  both('u8', u8, 255, 'FF')
  both('u16', u16, 0xfa00, 'FA00')
  both('u32', u32, 0xfffffffe, 'FFFFFFFE')
  both('i8', i8, -42, 'D6')
  both('i16', i16, -30123, '8A55')
  both('i32', i32, -2147483648, '80000000')
  both('u64', u64, '18446744073709551615', 'FFFFFFFFFFFFFFFF')
  both('i64', i64, '-9223372036854775808', '8000000000000000')
  both('float32', float32, 1000, '447A0000')
  both('float64', float64, -0.1, 'BFB999999999999A')
  both('octets', octets(3), of('010203'), '010203')
  both('text', text, 'A\u00ff', '41FF')
  both('utf8-string', utf8String, 'Zähler', '075AC3A4686C6572')
  both('boolean', boolean, true, '01')
  both('bit-string', bitString, '1010101011', '0AAAC0')
  both('octet-string', octetString, new Uint8Array(0), '00')
  both('octet-string', octetString, new Uint8Array(127).fill(7), `7F${'07'.repeat(127)}`)
  both('octet-string', octetString, new Uint8Array(128).fill(7), `8180${'07'.repeat(128)}`)
  both('octet-string', octetString, new Uint8Array(256).fill(7), `820100${'07'.repeat(256)}`)
  both('octet-string', octetString, new Uint8Array(65536).fill(7), `83010000${'07'.repeat(65536)}`)
  both('list', list(u16), [1, 2], '0200010002')
  both('optional', sequence({ a: optional(u8), b: u8 }), { b: 2 }, '0002')
  both('optional', sequence({ a: optional(u8), b: u8 }), { a: 1, b: 2 }, '010102')
  both('default', withDefault(boolean, true), true, '00')
  both('default', withDefault(boolean, true), false, '0100')
  both('tagged', tagged(0xa1, tagged(4, rest)), of('AB'), 'A1030401AB')
  both('if tag', sequence({ a: ifTag(0x80, u8), b: ifTag(0x81, u8) }), { b: 5 }, '810105')
  both('constant', sequence({ a: constant('5F1F'), b: u8 }), { b: 1 }, '5F1F01')
  both('preceded', preceded({ a: constant('5F1F') }, 'b', u8), 1, '5F1F01')
  both('all but the last', sequence({ a: allBut(1, rest), b: u8 }), { a: of('0102'), b: 3 }, '010203')
  both('name', enumerated({ on: 1, off: 0 }), 'on', '01')
  both('number without a name', enumerated({ on: 1, off: 0 }), 7, '07')
  both(
    'bits',
    bits(2, { type: 0xf000, last: flag(0x800), length: 0x7ff }),
    { type: 10, last: true, length: 1030 },
    'AC06',
  )
  both('bits apart', bits(1, { command: 0xef, poll: flag(0x10) }), { command: 0x43, poll: true }, '93')
  both('names of bits', nameBits(1, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']), ['b', 'h'], '41')
  both('choice', choice({ none: arm(0, nothing), one: arm([1, 2], u8) }), { is: 'none' }, '00')
  both('choice', choice({ none: arm(0, nothing), one: arm([1, 2], u8) }), { is: 'one', value: 3 }, '010203')

  refused('u16', u16, '01', { fault: 'short', at: 0, expected: '2 octets', found: '1' })
  refused('u16', u16, '010203', { fault: 'surplus', at: 2 })
  refused('octet-string', octetString, '03AABB', { fault: 'length', at: 0, expected: 'at most 2', found: '3' })
  refused('octet-string', octetString, '84FFFFFFFF', { fault: 'length', at: 0 })
  refused('indefinite length', octetString, '800000', { fault: 'length', at: 0 })
  refused('length of five octets', octetString, '850000000000', { fault: 'length', at: 0 })
  refused('list', list(u8), '84FFFFFFFF01', { fault: 'count', at: 0 })
  refused('optional', sequence({ a: optional(u8) }), '0201', { fault: 'presence', at: 0, path: 'a.presence' })
  refused('tagged', tagged(0xa1, tagged(4, rest)), 'A1030402AB', { fault: 'length', at: 3 })
  refused('contents too long', tagged(0xa1, u8), 'A1020102', { fault: 'surplus', at: 3 })
  refused('tag', tagged(0xa1, rest), 'A200', { fault: 'tag', at: 0, expected: 'A1', found: 'A2' })
  refused('constant', sequence({ flag: constant('7E') }), '7F', {
    fault: 'constant',
    expected: '7E',
    found: '7F',
    path: 'flag',
  })
  refused('choice', choice({ a: arm(0, u8), b: arm([1, 2], u8) }), '02', {
    fault: 'tag',
    expected: 'a | b',
    found: '02',
  })
  refused('choice', choice({ a: arm(0, u8), b: arm([1, 2], u8) }), '0103', {
    fault: 'tag',
    at: 1,
    expected: 'b',
    found: '03',
  })
  refused('choice', choice({ a: arm(0, u8), b: arm([1, 2], u8) }), '01', { fault: 'short', at: 1 })
  refused('utf8-string', utf8String, '02C328', { fault: 'value', at: 1 })

  describe('cannot write', () => {
    const impossible: readonly (readonly [string, () => Uint8Array])[] = [
      ['a number out of range', () => encode(u8, 256)],
      ['a negative number without sign', () => encode(u16, -1)],
      ['a fraction', () => encode(i32, 0.5)],
      ['a 64-bit number that needs 65', () => encode(i64, '9223372036854775808')],
      ['octets of another number', () => encode(octets(2), of('01'))],
    ]
    for (const [what, write] of impossible) it(what, () => expect(write).to.throw(RangeError))
  })

  describe('notes what a strict writer would not send', () => {
    const notes = <T>(codec: Codec<T>, written: string) => {
      const decoded = decodeNoting(codec, of(written))
      return decoded.ok ? decoded.value.notes : decoded.failure
    }
    const named = sequence({ name: octetString })
    it('a longer form of a length', () => {
      expect(notes(named, `820100${'07'.repeat(256)}`)).to.deep.equal([])
      expect(notes(named, '8100')).to.deep.equal([
        { fault: 'form', at: 0, expected: 'the shortest form', found: '2 octets for 0', path: 'name.length' },
      ])
    })
    it('a default that is sent', () => expect(notes(withDefault(boolean, true), '0101')).to.have.length(1))
    it('padding that is not zero', () => expect(notes(bitString, '04FF')).to.have.length(1))
  })

  it('bounds depth, so that no octets exhaust the stack', () => {
    interface Nested {
      readonly inner: readonly Nested[]
    }
    const nested: Codec<Nested> = sequence({ inner: list(lazy(() => nested)) })
    const levels = (count: number): Uint8Array => of('01'.repeat(count) + '00')
    expect(decode(nested, levels(64)).ok).to.equal(true)
    expect(decode(nested, levels(65))).to.have.nested.property('failure.fault', 'depth')
    expect(decode(nested, levels(100_000))).to.have.nested.property('failure.fault', 'depth')
  })

  it('explains as far as it can read', () => {
    const { tree, failure, value } = explain(sequence({ a: u8, b: tagged(0xa1, u16), c: u8 }), of('07A10205'))
    expect(value).to.equal(undefined)
    expect(failure).to.include({ fault: 'length', path: 'b.length', at: 2 })
    expect(tree.children.map(({ name, start, end }) => [name, start, end])).to.deep.equal([
      ['a', 0, 1],
      ['b', 1, 3],
    ])
    expect(tree.children[0]?.value).to.equal(7)
  })

  it('reads any octets to a value or a failure, and never beyond them', () => {
    const everything = sequence({
      word: bits(2, { a: 0xff00, b: 0x00ff }),
      name: ifTag(0xa1, octetString),
      many: list(choice({ number: arm(1, u32), text: arm([2, 3], utf8String), nothing: arm(4, nothing) })),
      may: optional(bitString),
      tail: rest,
    })
    const anyOctets = fc.uint8Array({ maxLength: 60 })
    fc.assert(
      fc.property(anyOctets, anyOctets, (read, behind) => {
        // what lies behind the octets in the same buffer must not be seen
        const buffer = Uint8Array.from([...read, ...behind])
        const alone = decode(everything, read)
        expect(decode(everything, buffer.subarray(0, read.length))).to.deep.equal(alone)
        if (alone.ok) expect(explain(everything, read).value).to.deep.equal(alone.value)
        else expect(alone.failure.at).to.be.within(0, read.length)
      }),
    )
  })
})
