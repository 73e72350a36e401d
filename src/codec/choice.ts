import { hexOctet } from './length.ts'
import type { Codec, SilentCodec } from './definition.ts'
import type { Field, Kind } from './shape.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'
import type { Recorder } from './tree.ts'

/** One alternative: its tag (a second octet is the `choice` inside an xDLMS service) and what follows. */
export interface Arm<T> {
  readonly tag: Tag
  readonly codec: Codec<T>
}
export type Tag = readonly [number] | readonly [number, number]
export const arm = <T>(tag: number | Tag, codec: Codec<T>): Arm<T> => ({
  tag: typeof tag === 'number' ? [tag] : tag,
  codec,
})

/** What follows a tag that says it all. */
export const nothing: SilentCodec = {
  role: 'silent',
  shape: { is: 'constant', size: 0, octets: '' },
  write: () => undefined,
  read: () => undefined,
}

type Arms = Readonly<Record<string, Arm<unknown>>>
type ArmValue<A> = A extends Arm<infer T> ? T : never

/** The value of a choice: which alternative, and its value if it has one. */
export type ChoiceValue<A> = {
  [K in keyof A & string]: ArmValue<A[K]> extends undefined
    ? { readonly is: K }
    : { readonly is: K; readonly value: ArmValue<A[K]> }
}[keyof A & string]

/** A choice, and each of its alternatives as a codec of its own (with the tag, without the `is`). */
export interface Choice<A extends Arms> extends Codec<ChoiceValue<A>> {
  readonly arms: { readonly [K in keyof A]: Codec<ArmValue<A[K]>> }
  readonly tags: { readonly [K in keyof A]: Tag }
}

interface Alternative extends Arm<unknown> {
  readonly name: string
  /** `codec.read`: kept here because Data calls it for every value. */
  readonly readContents: (from: Source) => unknown
}
/** Alternatives by their first octet; where that is shared, by their second. */
type Table = (Alternative | readonly (Alternative | undefined)[] | undefined)[]

/**
 * One of several alternatives, told by the tag. Fields `tag`, `choice` where there are two octets, and those of the
 * alternative, below its name. `kind`: whether a path may leave the name of the alternative out.
 */
export function choice<const A extends Arms>(arms: A, kind: Kind = 'field'): Choice<A> {
  const alternatives = Object.entries(arms).map(([name, { tag, codec }]): Alternative => {
    return { name, tag, codec, readContents: codec.read.bind(codec) }
  })
  const byName = new Map(alternatives.map((alternative) => [alternative.name, alternative]))
  const table = tableOf(alternatives)
  const tagged = alternatives.map((alternative) => [alternative.name, withTag(alternative)] as const)
  return {
    shape: { is: 'choice', arms: tagged.map(([name, { shape }]): Field => ({ name, kind, shape })) },
    // one entry for each name of `arms`
    arms: Object.fromEntries(tagged) as Choice<A>['arms'],
    tags: Object.fromEntries(alternatives.map(({ name, tag }) => [name, tag])) as Choice<A>['tags'],
    write(to, value) {
      const alternative = byName.get(value.is)
      if (!alternative) throw new RangeError(`no alternative is called ${value.is}`)
      to.recorder?.open(value.is, to.length, kind)
      writeTagged(to, alternative, 'value' in value ? value.value : undefined)
      to.recorder?.close(to.length)
    },
    read(from) {
      const alternative = find(from, table)
      const { name } = alternative
      const { recorder } = from
      if (recorder) recorder.open(name, from.at, kind)
      const value = readTagged(from, alternative)
      if (recorder) recorder.close(from.at)
      // the alternative found has this name and value
      return (value === undefined ? { is: name } : { is: name, value }) as ChoiceValue<A>
    },
  }
}

function tableOf(alternatives: readonly Alternative[]): Table {
  const table: Table = new Array<undefined>(256).fill(undefined)
  const inner = new Map<number, (Alternative | undefined)[]>()
  for (const alternative of alternatives) {
    const [first, second] = alternative.tag
    if (second === undefined) table[first] = alternative
    else {
      const seconds = inner.get(first) ?? []
      seconds[second] = alternative
      inner.set(first, seconds)
    }
  }
  for (const [first, seconds] of inner) table[first] = seconds
  return table
}

const isTable = (entry: Table[number]): entry is readonly (Alternative | undefined)[] => Array.isArray(entry)

/** The alternative whose tag comes next. */
function find(from: Source, table: Table): Alternative {
  const first = from.peek()
  if (first === undefined) return from.fail('short', from.at, oneOf(table), 'the end')
  const entry = table[first]
  if (entry === undefined) return from.fail('tag', from.at, oneOf(table), hexOctet(first))
  if (!isTable(entry)) return entry
  const second = from.left < 2 ? undefined : from.octets[from.at + 1]
  if (second === undefined) return from.fail('short', from.at + 1, oneOf(entry), 'the end')
  return entry[second] ?? from.fail('tag', from.at + 1, oneOf(entry), hexOctet(second))
}

function oneOf(table: Readonly<Table>): string {
  const names = table
    .flatMap((entry) => (isTable(entry) ? entry : [entry]))
    .flatMap((entry) => (entry ? [entry.name] : []))
  return names.length > 8 ? `one of ${names.length} tags` : names.join(' | ')
}

/** An alternative with its tag before it, as a codec. */
function withTag(alternative: Alternative): Codec<unknown> {
  const { tag, codec } = alternative
  const tags = tag.map((octet, i): Field => {
    const shape = { is: 'constant', size: 1, octets: hexOctet(octet) } as const
    return { name: TAG_NAMES[i] ?? '', kind: 'field', silent: true, shape }
  })
  const contents: Field = { name: 'contents', kind: 'through', shape: codec.shape }
  return {
    shape: { is: 'sequence', value: 'contents', fields: [...tags, contents] },
    write: (to, value) => writeTagged(to, alternative, value),
    read(from) {
      for (const [i, octet] of tag.entries()) {
        const found = from.octets[from.at + i]
        if (from.left <= i || found === undefined) return from.fail('short', from.at + i, hexOctet(octet), 'the end')
        if (found !== octet) from.fail('tag', from.at + i, hexOctet(octet), hexOctet(found))
      }
      return readTagged(from, alternative)
    },
  }
}

const TAG_NAMES = ['tag', 'choice'] as const

function writeTagged(to: Sink, { tag, codec }: Alternative, value: unknown): void {
  for (let i = 0; i < tag.length; i++) {
    const octet = tag[i] ?? 0
    to.recorder?.open(TAG_NAMES[i] ?? '', to.length)
    to.u8(octet)
    to.recorder?.close(to.length, hexOctet(octet))
  }
  to.recorder?.open('contents', to.length, 'through')
  codec.write(to, value)
  to.recorder?.close(to.length, value)
}

/** Reads an alternative whose tag is known to come next. */
function readTagged(from: Source, alternative: Alternative): unknown {
  const { recorder } = from
  if (recorder) return recordTagged(from, recorder, alternative)
  from.at += alternative.tag.length
  return alternative.readContents(from)
}

function recordTagged(from: Source, recorder: Recorder, { tag, codec }: Alternative): unknown {
  for (const [i, octet] of tag.entries()) {
    recorder.open(TAG_NAMES[i] ?? '', from.at++)
    recorder.close(from.at, hexOctet(octet))
  }
  recorder.open('contents', from.at, 'through')
  const value = codec.read(from)
  recorder.close(from.at, value)
  return value
}
