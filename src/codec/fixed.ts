// Fields of fixed size, most significant octet first, and runs of octets.
import { hex, unhex } from './value.ts'
import type { Codec, SilentCodec } from './definition.ts'
import type { Shape } from './shape.ts'

/** Unsigned integers as numbers. A number out of range cannot be written. */
export const u8: Codec<number> = {
  shape: { is: 'integer', size: 1 },
  write: (to, value) => to.u8(within(value, 0, 0xff)),
  read: (from) => from.u8(),
}
export const u16: Codec<number> = {
  shape: { is: 'integer', size: 2 },
  write: (to, value) => to.u16(within(value, 0, 0xffff)),
  read: (from) => from.u16(),
}
export const u32: Codec<number> = {
  shape: { is: 'integer', size: 4 },
  write: (to, value) => to.u32(within(value, 0, 0xffffffff)),
  read: (from) => from.u32(),
}

/** Signed integers as numbers, two's complement. */
export const i8: Codec<number> = {
  shape: { is: 'integer', size: 1, signed: true },
  write: (to, value) => to.u8(within(value, -0x80, 0x7f)),
  read: (from) => (from.u8() << 24) >> 24,
}
export const i16: Codec<number> = {
  shape: { is: 'integer', size: 2, signed: true },
  write: (to, value) => to.u16(within(value, -0x8000, 0x7fff)),
  read: (from) => (from.u16() << 16) >> 16,
}
export const i32: Codec<number> = {
  shape: { is: 'integer', size: 4, signed: true },
  write: (to, value) => to.u32(within(value, -0x80000000, 0x7fffffff)),
  read: (from) => from.u32() | 0,
}

function within(value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new RangeError(`${value} is not an integer from ${least} to ${most}`)
}

/** 64-bit integers as decimal strings: they pass through JSON unharmed. */
export const u64: Codec<string> = wide({ is: 'integer', size: 8, as: 'decimal' }, (bits) => BigInt.asUintN(64, bits))
export const i64: Codec<string> = wide({ is: 'integer', size: 8, as: 'decimal', signed: true }, (bits) =>
  BigInt.asIntN(64, bits),
)

function wide(shape: Shape, wrap: (bits: bigint) => bigint): Codec<string> {
  return {
    shape,
    write(to, value) {
      const number = BigInt(value)
      if (wrap(number) !== number) throw new RangeError(`${value} does not fit in 64 bits`)
      const bits = BigInt.asUintN(64, number)
      to.u32(Number(bits >> 32n))
      to.u32(Number(bits & 0xffffffffn))
    },
    read(from) {
      const high = BigInt(from.u32())
      return wrap((high << 32n) | BigInt(from.u32())).toString()
    },
  }
}

/** IEEE 754 numbers. */
export const float32: Codec<number> = float(4)
export const float64: Codec<number> = float(8)

function float(size: 4 | 8): Codec<number> {
  return {
    shape: { is: 'octets', size, as: 'float' },
    write(to, value) {
      const view = new DataView(new ArrayBuffer(size))
      if (size === 4) view.setFloat32(0, value)
      else view.setFloat64(0, value)
      to.put(new Uint8Array(view.buffer))
    },
    read(from) {
      const octets = from.take(size)
      const view = new DataView(octets.buffer, octets.byteOffset, size)
      return size === 4 ? view.getFloat32(0) : view.getFloat64(0)
    },
  }
}

/** Exactly `size` octets. A value of another size cannot be written. */
export function octets(size: number): Codec<Uint8Array> {
  return {
    shape: { is: 'octets', size },
    write(to, value) {
      if (value.length !== size) throw new RangeError(`a field of ${size} octets cannot hold ${value.length}`)
      to.put(value)
    },
    read: (from) => from.take(size),
  }
}

/** All octets that are left. */
export const rest: Codec<Uint8Array> = {
  shape: { is: 'octets' },
  write: (to, value) => to.put(value),
  read: (from) => from.take(from.left),
}

/** All that is left as text, one octet a character (ISO 8859-1, of which ASCII is a part). */
export const text: Codec<string> = {
  shape: { is: 'octets', as: 'text' },
  write(to, value) {
    for (let i = 0; i < value.length; i++) to.u8(value.charCodeAt(i))
  },
  read(from) {
    let characters = ''
    while (from.left > 0) characters += String.fromCharCode(from.u8())
    return characters
  },
}

/** What is left but the last `count` octets, read by `codec`: a field before a trailer of known size. */
export function allBut<T>(count: number, codec: Codec<T>): Codec<T> {
  return {
    shape: codec.shape,
    write: (to, value) => codec.write(to, value),
    read(from) {
      if (from.left < count) from.fail('short', from.at, `${count} octets`, `${from.left}`)
      const outer = from.enter(from.left - count, from.at)
      const value = codec.read(from)
      from.leave(outer)
      return value
    },
  }
}

/** Octets that the standard fixes, as hex; they have no value. */
export function constant(expected: string): SilentCodec {
  const fixed = unhex(expected)
  if (!fixed) throw new TypeError(`not hex: ${expected}`)
  return {
    role: 'silent',
    shape: { is: 'constant', size: fixed.length, octets: hex(fixed) },
    write: (to) => to.put(fixed),
    read(from) {
      const at = from.at
      const found = from.take(fixed.length)
      for (let i = 0; i < fixed.length; i++)
        if (found[i] !== fixed[i]) from.fail('constant', at, hex(fixed), hex(found))
      return undefined
    },
  }
}
