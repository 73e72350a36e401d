import type { Shape } from './shape.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'

/**
 * One definition of a piece of protocol. The same `write` and `read` serve the fast path and the path that records the
 * tree; what can be asked without a value (names, sizes, what may be damaged) is in `shape`.
 */
export interface Codec<T> {
  readonly shape: Shape
  write(to: Sink, value: T): void
  read(from: Source): T
}

/** The type of the values of a codec. */
export type Of<C> = C extends Codec<infer T> ? T : never

/** A codec whose value may be missing; a sequence makes its field optional. */
export interface OptionalCodec<T> extends Codec<T | undefined> {
  readonly role: 'optional'
}

/** A codec that says nothing (flags, tags, fixed octets); a sequence gives its field no value. */
export interface SilentCodec extends Codec<undefined> {
  readonly role: 'silent'
}
