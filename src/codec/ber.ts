// BER (X.690) as far as ACSE needs it: definite lengths, tags of one octet.
import { hexOctet } from './length.ts'
import { lengthPrefixed } from './axdr.ts'
import type { Codec, OptionalCodec } from './definition.ts'

/** Tag, length, contents. Fields `tag`, `length` and, to be left out, `contents`. */
export function tagged<T>(tag: number, contents: Codec<T>): Codec<T> {
  const body = lengthPrefixed(contents)
  const bodyFields = body.shape.is === 'sequence' ? body.shape.fields : []
  return {
    shape: {
      is: 'sequence',
      value: 'contents',
      fields: [
        { name: 'tag', kind: 'field', shape: { is: 'constant', size: 1, octets: hexOctet(tag) } },
        ...bodyFields,
      ],
    },
    write(to, value) {
      to.recorder?.open('tag', to.length)
      to.u8(tag)
      to.recorder?.close(to.length, hexOctet(tag))
      body.write(to, value)
    },
    read(from) {
      from.recorder?.open('tag', from.at)
      const found = from.u8()
      if (found !== tag) from.fail('tag', from.at - 1, hexOctet(tag), hexOctet(found))
      from.recorder?.close(from.at, hexOctet(tag))
      return body.read(from)
    },
  }
}

/** BER OPTIONAL: there if its tag comes next. */
export function ifTag<T>(tag: number, contents: Codec<T>): OptionalCodec<T> {
  const element = tagged(tag, contents)
  return {
    role: 'optional',
    shape: element.shape,
    write(to, value) {
      if (value !== undefined) element.write(to, value)
    },
    read: (from) => (from.peek() === tag ? element.read(from) : undefined),
  }
}
