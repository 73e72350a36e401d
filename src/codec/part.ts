import { sequence } from './sequence.ts'
import type { Codec, SilentCodec } from './definition.ts'

/** Gives a part inside a field a name of its own, so that `length` of one TLV in another can be told apart. */
export function named<T>(name: string, codec: Codec<T>): Codec<T> {
  return {
    shape: { is: 'sequence', value: name, fields: [{ name, kind: 'through', shape: codec.shape }] },
    write(to, value) {
      to.recorder?.open(name, to.length, 'through')
      codec.write(to, value)
      to.recorder?.close(to.length, value)
    },
    read(from) {
      from.recorder?.open(name, from.at, 'through')
      const value = codec.read(from)
      from.recorder?.close(from.at, value)
      return value
    },
  }
}

/** Fixed fields before a value: the value of the last field, `name`, which may be left out in a path, is that of the whole. */
export function preceded<T>(fixed: Readonly<Record<string, SilentCodec>>, name: string, codec: Codec<T>): Codec<T> {
  const before = sequence(fixed)
  const last = named(name, codec)
  const fields = [before, last].flatMap(({ shape }) => (shape.is === 'sequence' ? shape.fields : []))
  return {
    shape: { is: 'sequence', value: name, fields },
    write(to, value) {
      before.write(to, {})
      last.write(to, value)
    },
    read(from) {
      before.read(from)
      return last.read(from)
    },
  }
}
