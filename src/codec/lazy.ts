import type { Codec } from './definition.ts'

/** A codec that is defined in terms of itself. */
export function lazy<T>(codec: () => Codec<T>): Codec<T> {
  return {
    shape: { is: 'lazy', of: () => codec().shape },
    write: (to, value) => codec().write(to, value),
    read(from) {
      from.deeper()
      const value = codec().read(from)
      from.shallower()
      return value
    },
  }
}
