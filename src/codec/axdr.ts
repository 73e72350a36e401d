// A-XDR (IEC 61334-6): lengths and counts, OPTIONAL and DEFAULT, SEQUENCE OF, strings.
import { hexOctet, lengthOctets, readLength } from './length.ts'
import { rest } from './fixed.ts'
import type { Codec, OptionalCodec } from './definition.ts'
import type { Field, Shape } from './shape.ts'
import type { Scope } from './tree.ts'

const LENGTH: Field = { name: 'length', kind: 'field', derived: true, shape: { is: 'octets' } }
const COUNT: Field = { name: 'count', kind: 'field', derived: true, shape: { is: 'octets' } }

/** A length and that many octets of contents; the same in A-XDR and BER. Fields `length` and, to be left out, `contents`. */
export function lengthPrefixed<T>(contents: Codec<T>): Codec<T> {
  return {
    shape: {
      is: 'sequence',
      value: 'contents',
      fields: [LENGTH, { name: 'contents', kind: 'through', shape: contents.shape }],
    },
    write(to, value) {
      const { recorder } = to
      const at = to.length
      const scope = recorder?.current
      const length = recorder?.open('length', at)
      recorder?.close(at)
      const recorded = recorder?.open('contents', at, 'through')
      contents.write(to, value)
      recorder?.close(to.length, value)
      const size = to.length - at
      const width = to.prefixLength(at, recorded)
      if (!recorder || !length || !scope) return
      length.end = at + width
      length.value = size
      const compute = (settled: Scope): Uint8Array => lengthOctets(settled.end('contents') - settled.start('contents'))
      recorder.derivations.set(length, { stage: 'sizes', scope, compute })
    },
    read(from) {
      const { recorder, at } = from
      recorder?.open('length', at)
      const length = readLength(from)
      const outer = from.enter(length, at)
      recorder?.close(from.at, length)
      recorder?.open('contents', from.at, 'through')
      const value = contents.read(from)
      from.leave(outer)
      recorder?.close(from.at, value)
      return value
    },
  }
}

/** Octets with their length before them. */
export const octetString: Codec<Uint8Array> = lengthPrefixed(rest)

/** A-XDR OPTIONAL: 00, or 01 and the value. Fields `presence` and, to be left out, `value`. */
export function optional<T>(codec: Codec<T>): OptionalCodec<T> {
  const shape: Shape = {
    is: 'sequence',
    value: 'value',
    fields: [
      { name: 'presence', kind: 'field', shape: { is: 'integer', size: 1 } },
      { name: 'value', kind: 'through', shape: codec.shape, optional: true },
    ],
  }
  return {
    role: 'optional',
    shape,
    write(to, value) {
      to.recorder?.open('presence', to.length)
      to.u8(value === undefined ? 0 : 1)
      to.recorder?.close(to.length, value !== undefined)
      if (value === undefined) return
      to.recorder?.open('value', to.length, 'through')
      codec.write(to, value)
      to.recorder?.close(to.length)
    },
    read(from) {
      from.recorder?.open('presence', from.at)
      const presence = from.u8()
      if (presence > 1) from.fail('presence', from.at - 1, '00 or 01', hexOctet(presence))
      from.recorder?.close(from.at, presence === 1)
      if (presence === 0) return undefined
      from.recorder?.open('value', from.at, 'through')
      const value = codec.read(from)
      from.recorder?.close(from.at)
      return value
    },
  }
}

/** A-XDR DEFAULT: 00 stands for the default value, which is not sent. */
export function withDefault<T extends boolean | number | string>(codec: Codec<T>, value: T): Codec<T> {
  const inner = optional(codec)
  return {
    shape: inner.shape.is === 'sequence' ? { ...inner.shape, default: value } : inner.shape,
    write: (to, given) => inner.write(to, given === value ? undefined : given),
    read(from) {
      const at = from.at
      const found = inner.read(from)
      if (found === value) from.note('form', at, '00 for the default', '01 and the default')
      return found ?? value
    },
  }
}

/** SEQUENCE OF: a count and that many elements. Fields `count` and `[1]`, `[2]` … */
export function list<T>(element: Codec<T>): Codec<readonly T[]> {
  return {
    shape: {
      is: 'sequence',
      value: 'elements',
      fields: [COUNT, { name: 'elements', kind: 'through', shape: { is: 'list', of: element.shape } }],
    },
    write(to, values) {
      const { recorder } = to
      const scope = recorder?.current
      const count = recorder?.open('count', to.length)
      to.put(lengthOctets(values.length))
      recorder?.close(to.length, values.length)
      recorder?.open('elements', to.length, 'through')
      for (let i = 0; i < values.length; i++) {
        recorder?.open(`[${i + 1}]`, to.length)
        const value = values[i] as T
        element.write(to, value)
        recorder?.close(to.length, value)
      }
      recorder?.close(to.length)
      if (!recorder || !count || !scope) return
      const compute = (settled: Scope): Uint8Array => lengthOctets(settled.count('elements'))
      recorder.derivations.set(count, { stage: 'sizes', scope, compute })
    },
    read(from) {
      const { recorder, at } = from
      recorder?.open('count', at)
      const count = readLength(from)
      if (count > from.left) from.fail('count', at, `at most ${from.left} elements`, `${count}`)
      recorder?.close(from.at, count)
      recorder?.open('elements', from.at, 'through')
      const values = new Array<T>(count)
      for (let i = 0; i < count; i++) {
        if (recorder) recorder.open(`[${i + 1}]`, from.at)
        const value = element.read(from)
        values[i] = value
        if (recorder) recorder.close(from.at, value)
      }
      recorder?.close(from.at)
      return values
    },
  }
}

/** BOOLEAN: 00 is FALSE, any other octet TRUE; TRUE is written as 01. */
export const boolean: Codec<boolean> = {
  shape: { is: 'integer', size: 1, as: 'boolean' },
  write: (to, value) => to.u8(value ? 1 : 0),
  read: (from) => from.u8() !== 0,
}

/** BIT STRING of any length: a count of bits and the bits, left-aligned. The value is text of `0` and `1`. */
export const bitString: Codec<string> = {
  shape: {
    is: 'sequence',
    value: 'bits',
    fields: [COUNT, { name: 'bits', kind: 'through', shape: { is: 'octets', as: 'bits' } }],
  },
  write(to, value) {
    to.recorder?.open('count', to.length)
    to.put(lengthOctets(value.length))
    to.recorder?.close(to.length, value.length)
    to.recorder?.open('bits', to.length, 'through')
    for (let i = 0; i < value.length; i += 8) to.u8(Number.parseInt(value.slice(i, i + 8).padEnd(8, '0'), 2))
    to.recorder?.close(to.length)
  },
  read(from) {
    from.recorder?.open('count', from.at)
    const at = from.at
    const count = readLength(from)
    if (Math.ceil(count / 8) > from.left) from.fail('length', at, `at most ${from.left * 8} bits`, `${count}`)
    from.recorder?.close(from.at, count)
    from.recorder?.open('bits', from.at, 'through')
    const octets = from.take(Math.ceil(count / 8))
    from.recorder?.close(from.at, octets)
    const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('')
    if (bits.slice(count).includes('1')) from.note('form', from.at - 1, 'padding bits zero', bits.slice(count))
    return bits.slice(0, count)
  },
}

/** UTF-8 text with its length in octets before it. */
export const utf8String: Codec<string> = lengthPrefixed({
  shape: { is: 'octets', as: 'text' },
  write: (to, value) => to.put(new TextEncoder().encode(value)),
  read(from) {
    const { at, left } = from
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(from.take(left))
    } catch {
      return from.fail('value', at, 'UTF-8', `${left} octets that are not`)
    }
  },
})
