import type { Codec, SilentCodec } from './definition.ts'
import type { Scope, Stage } from './tree.ts'

/**
 * A field whose octets follow from the others of its sequence as they are sent: a length of fixed size, a check sequence.
 * Written, it is computed when all others are there; read, it is compared with what was read.
 */
export interface Derived<T> extends Codec<T> {
  readonly stage: Exclude<Stage, 'sizes'>
  /** Octets it takes when it is there. */
  readonly size: number
  /** For a field that is not always there (an HCS without information): told by the value, and by the octets left. */
  readonly presence: Presence | undefined
  compute(scope: Scope, value: T): Uint8Array
}
interface Presence {
  written(value: Readonly<Record<string, unknown>>): boolean
  read(left: number): boolean
}

interface Definition {
  readonly stage: Exclude<Stage, 'sizes'>
  readonly size: number
  readonly presence?: Presence
}

/** A derived field that has no value of its own. */
export function derived(
  definition: Definition & { compute(scope: Scope): Uint8Array },
): Derived<undefined> & SilentCodec {
  const { stage, size, presence } = definition
  return {
    role: 'silent',
    shape: { is: 'octets', size },
    stage,
    size,
    presence,
    compute: (scope) => definition.compute(scope),
    write: (to) => to.put(new Uint8Array(size)),
    read(from) {
      from.take(size)
      return undefined
    },
  }
}

/** A derived field of which a part is a value (the segmentation bit beside the length of an HDLC frame). */
export function derivedFrom<T>(
  codec: Codec<T>,
  definition: Definition & { compute(scope: Scope, value: T): Uint8Array },
): Derived<T> {
  const { stage, size, presence } = definition
  return {
    shape: codec.shape,
    stage,
    size,
    presence,
    compute: (scope, value) => definition.compute(scope, value),
    write: (to, value) => codec.write(to, value),
    read: (from) => codec.read(from),
  }
}
