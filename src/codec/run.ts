import { damage, type Damages, type Mark } from './damage.ts'
import { fail, ok, type Result } from './value.ts'
import { Recorder, type Node } from './tree.ts'
import { Sink } from './sink.ts'
import { Source } from './source.ts'
import { Unreadable, type DecodeFailure } from './failure.ts'
import type { Codec } from './definition.ts'
import type { DamageFailure } from './operator.ts'

/** Value → octets. */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const sink = new Sink()
  codec.write(sink, value)
  return sink.done()
}

/** Octets → value, or where and why not. All octets must be taken. Never throws, whatever the octets. */
export function decode<T>(codec: Codec<T>, octets: Uint8Array): Result<T, DecodeFailure> {
  const decoded = decodeNoting(codec, octets)
  return decoded.ok ? ok(decoded.value.value) : decoded
}

/** As `decode`, with what a strict reader remarks: longer forms than the shortest, padding that is not zero. */
export function decodeNoting<T>(
  codec: Codec<T>,
  octets: Uint8Array,
): Result<{ readonly value: T; readonly notes: readonly DecodeFailure[] }, DecodeFailure> {
  const source = new Source(octets)
  try {
    const value = readAll(codec, source)
    // the paths of notes are known only to the recording path
    return ok({ value, notes: source.notes.length === 0 ? [] : explain(codec, octets).notes })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return fail(explain(codec, octets).failure ?? { ...error.failure, path: '' })
  }
}

/** What octets are, field by field, as far as they can be read. */
export interface Explanation<T> {
  readonly tree: Node
  readonly value?: T
  readonly failure?: DecodeFailure
  readonly notes: readonly DecodeFailure[]
}

/** Octets → tree. `lenient` goes on after a wrong length of fixed size or check sequence, and notes it. */
export function explain<T>(
  codec: Codec<T>,
  octets: Uint8Array,
  options: { readonly lenient?: boolean } = {},
): Explanation<T> {
  const recorder = new Recorder()
  const source = new Source(octets, { ...options, recorder })
  recorder.root.end = octets.length
  const tree = recorder.root
  try {
    const value = readAll(codec, source)
    return { tree, value, notes: source.notes }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const path = recorder.path(error.field)
    recorder.abandon(source.at)
    recorder.root.end = octets.length
    return { tree, failure: { ...error.failure, path }, notes: source.notes }
  }
}

function readAll<T>(codec: Codec<T>, source: Source): T {
  const value = codec.read(source)
  if (source.left > 0) source.fail('surplus', source.at, 'the end', `${source.left} more octets`)
  return value
}

/** A message as it is sent: its tree, its octets, and where they were damaged. */
export interface Built {
  readonly tree: Node
  readonly octets: Uint8Array
  readonly marks: readonly Mark[]
}

/** Value → octets with damage, field by field. A damage that names no field, or several, or changes nothing is refused. */
export function build<T>(codec: Codec<T>, value: T, damages: Damages = {}): Result<Built, DamageFailure> {
  const recorder = new Recorder()
  const sink = new Sink(recorder)
  codec.write(sink, value)
  recorder.root.end = sink.length
  const octets = sink.done()
  if (Object.keys(damages).length === 0) return ok({ tree: recorder.root, octets, marks: [] })
  return damage(recorder, octets, damages)
}
