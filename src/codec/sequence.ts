import { hex } from './value.ts'
import { recordBits, toWord } from './bits.ts'
import { Spans } from './spans.ts'
import type { Codec } from './definition.ts'
import type { Derived } from './derived.ts'
import type { Field } from './shape.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'
import type { Scope } from './tree.ts'

/** The fields of a sequence by name, in the order in which they are sent. */
export type Fields = Readonly<Record<string, Codec<unknown> | Group<Fields>>>

/** A named span of consecutive fields: a field for damage, while its fields stay fields of the sequence around it. */
interface Group<F> {
  readonly role: 'group'
  readonly fields: F
}
export const group = <const F extends Fields>(fields: F): Group<F> => ({ role: 'group', fields })

type Grouped<F> = {
  [K in keyof F]: F[K] extends Group<infer G> ? (value: SequenceValue<G>) => void : never
}[keyof F]
/** The values of all groups at once: the parameter that suits every function of the union. */
type Joined<F> = [Grouped<F>] extends [never]
  ? unknown
  : Grouped<F> extends infer U
    ? [U] extends [(value: infer V) => void]
      ? V
      : never
    : never
type Flat<T> = { [K in keyof T]: T[K] }

/** The value of a sequence: one property a field, but for those that say nothing; optional ones may be missing. */
export type SequenceValue<F> = Flat<
  {
    readonly [K in keyof F as F[K] extends { readonly role: string } ? never : K]: F[K] extends Codec<infer T>
      ? T
      : never
  } & {
    readonly [K in keyof F as F[K] extends { readonly role: 'optional' } ? K : never]?: F[K] extends Codec<infer T>
      ? T | undefined
      : never
  } & Joined<F>
>

type Step =
  | { readonly is: 'field'; readonly name: string; readonly codec: Codec<unknown>; readonly optional: boolean }
  | { readonly is: 'derived'; readonly name: string; readonly codec: Derived<unknown> }
  | { readonly is: 'open'; readonly name: string }
  | { readonly is: 'close'; readonly name: string }

/** Named fields one after the other. */
export function sequence<const F extends Fields>(fields: F): Codec<SequenceValue<F>> {
  const steps = stepsOf(fields)
  const derived = steps.some((step) => step.is === 'derived')
  return {
    shape: { is: 'sequence', fields: shapeOf(fields) },
    write(to, value) {
      const record = value as Readonly<Record<string, unknown>>
      if (derived) writeDerived(to, steps, record)
      else for (const step of steps) writeStep(to, step, record)
    },
    read(from) {
      const record: Record<string, unknown> = {}
      if (derived) readDerived(from, steps, record)
      else for (const step of steps) readStep(from, step, record)
      return record as SequenceValue<F>
    },
  }
}

function stepsOf(fields: Fields): readonly Step[] {
  return Object.entries(fields).flatMap(([name, codec]): readonly Step[] => {
    if (isGroup(codec)) return [{ is: 'open', name }, ...stepsOf(codec.fields), { is: 'close', name }]
    if (isDerived(codec)) return [{ is: 'derived', name, codec }]
    return [{ is: 'field', name, codec, optional: 'role' in codec && codec.role === 'optional' }]
  })
}

function shapeOf(fields: Fields): readonly Field[] {
  return Object.entries(fields).map(([name, codec]): Field => {
    if (isGroup(codec)) return { name, kind: 'group', shape: { is: 'sequence', fields: shapeOf(codec.fields) } }
    const role = 'role' in codec ? codec.role : undefined
    const derived = isDerived(codec)
    return {
      name,
      kind: 'field',
      shape: codec.shape,
      ...(role === 'optional' || (derived && codec.presence) ? { optional: true } : {}),
      ...(role === 'silent' ? { silent: true } : {}),
      ...(derived ? { derived: true } : {}),
    }
  })
}

const isGroup = (codec: Codec<unknown> | Group<Fields>): codec is Group<Fields> =>
  'role' in codec && codec.role === 'group'
const isDerived = (codec: Codec<unknown>): codec is Derived<unknown> => 'compute' in codec

function writeStep(to: Sink, step: Step, record: Readonly<Record<string, unknown>>): void {
  const { recorder } = to
  switch (step.is) {
    case 'open':
      recorder?.open(step.name, to.length, 'group')
      return
    case 'close':
      recorder?.close(to.length)
      return
    case 'derived':
      return
    case 'field': {
      const value = record[step.name]
      if (!recorder) return step.codec.write(to, value)
      const draft = recorder.open(step.name, to.length)
      step.codec.write(to, value)
      recorder.close(to.length, value)
      if (step.optional && value === undefined && to.length === draft.start) recorder.discard()
      return
    }
    default:
      return step satisfies never
  }
}

function readStep(from: Source, step: Step, record: Record<string, unknown>): void {
  const { recorder } = from
  switch (step.is) {
    case 'open':
      recorder?.open(step.name, from.at, 'group')
      return
    case 'close':
      recorder?.close(from.at)
      return
    case 'derived':
    case 'field': {
      const draft = recorder?.open(step.name, from.at)
      const value = step.codec.read(from)
      if (value !== undefined) record[step.name] = value
      if (!recorder || !draft) return
      recorder.close(from.at, value)
      if (step.is === 'field' && step.optional && value === undefined && from.at === draft.start) recorder.discard()
      return
    }
    default:
      return step satisfies never
  }
}

function writeDerived(to: Sink, steps: readonly Step[], record: Readonly<Record<string, unknown>>): void {
  const base = to.length
  const spans = new Spans()
  const scope = to.recorder?.current
  for (const step of steps) {
    if (step.is === 'close') {
      writeStep(to, step, record)
      spans.close(step.name, to.length - base)
      continue
    }
    if (step.is !== 'derived') {
      spans.open(step.name, to.length - base)
      writeStep(to, step, record)
    } else if (step.codec.presence?.written(record) ?? true) {
      spans.open(step.name, to.length - base, step.codec, to.recorder?.open(step.name, to.length))
      to.put(new Uint8Array(step.codec.size))
      to.recorder?.close(to.length)
    }
    if (step.is !== 'open') spans.close(step.name, to.length - base)
  }
  for (const { name, start, codec, draft } of spans.derived()) {
    const value = record[name]
    spans.octets = to.since(base)
    const octets = codec.compute(spans, value)
    to.patch(base + start, octets)
    if (!to.recorder || !draft || !scope) continue
    const compute = (settled: Scope): Uint8Array => codec.compute(settled, value)
    to.recorder.derivations.set(draft, { stage: codec.stage, scope, compute })
    draft.value = hex(octets)
    if (codec.shape.is === 'bits')
      recordBits(to.recorder, draft, codec.shape.fields, toWord(octets), draft.start, draft.end)
  }
}

function readDerived(from: Source, steps: readonly Step[], record: Record<string, unknown>): void {
  const base = from.at
  const spans = new Spans()
  for (const step of steps) {
    if (step.is === 'derived' && !(step.codec.presence?.read(from.left) ?? true)) continue
    if (step.is !== 'close') spans.open(step.name, from.at - base, step.is === 'derived' ? step.codec : undefined)
    readStep(from, step, record)
    if (step.is !== 'open') spans.close(step.name, from.at - base)
  }
  spans.octets = from.octets.subarray(base, from.at)
  for (const { name, start, end, codec } of spans.derived()) {
    const found = spans.octets.subarray(start, end)
    const expected = codec.compute(spans, record[name])
    if (hex(found) !== hex(expected)) from.mismatch(name, base + start, hex(expected), hex(found))
  }
}
