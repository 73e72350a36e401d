import type { Codec } from './definition.ts'
import type { Draft, Recorder } from './tree.ts'
import type { BitField } from './shape.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'

/** One bit as a boolean. */
interface Flag {
  readonly flag: number
}
export const flag = (mask: number): Flag => ({ flag: mask })

/** Groups of bits of a word by name: a mask (a number as value) or a flag (a boolean), most significant octet first. */
type BitGroups = Readonly<Record<string, number | Flag>>
export type BitsValue<G> = { readonly [K in keyof G]: G[K] extends Flag ? boolean : number }

/** A word of one to four octets divided into groups of bits; bits of no group are written as zero and read unseen. */
export function bits<const G extends BitGroups>(size: 1 | 2 | 3 | 4, groups: G): Codec<BitsValue<G>> {
  const entries = Object.entries(groups).map(([name, part]) => ({
    name,
    mask: maskOf(part),
    isFlag: typeof part !== 'number',
  }))
  const fields = entries.map(({ name, mask, isFlag }): BitField =>
    isFlag ? { name, mask, flag: true } : { name, mask },
  )
  return {
    shape: { is: 'bits', size, fields },
    write(to, value) {
      const record = value as Readonly<Record<string, number | boolean>>
      let word = 0
      for (const { name, mask } of entries) word = (word | deposit(Number(record[name] ?? 0), mask)) >>> 0
      putWord(to, word, size, fields)
    },
    read(from) {
      const word = takeWord(from, size, fields)
      const record: Record<string, number | boolean> = {}
      for (const { name, mask, isFlag } of entries) {
        const part = extract(word, mask)
        record[name] = isFlag ? part !== 0 : part
      }
      return record as BitsValue<G>
    },
  }
}

/**
 * A word of named bits, the first name the most significant bit. The value is the list of the names whose bit is set.
 */
export function nameBits<const N extends readonly string[]>(
  size: 1 | 2 | 3 | 4,
  names: N,
): Codec<readonly N[number][]> {
  const fields = names.map((name, i) => ({ name, mask: 2 ** (size * 8 - 1 - i) }))
  return {
    shape: { is: 'bits', size, fields, as: 'names' },
    write(to, value) {
      const set = new Set<string>(value)
      let word = 0
      for (const { name, mask } of fields) if (set.has(name)) word += mask
      putWord(to, word, size, fields)
    },
    read(from) {
      const word = takeWord(from, size, fields)
      return names.filter((_, i) => ((fields[i]?.mask ?? 0) & word) !== 0)
    },
  }
}

const maskOf = (part: number | Flag): number => (typeof part === 'number' ? part : part.flag)

/** Where the bits of a mask begin, if they stand together, as they mostly do; undefined: other bits lie between them. */
function placeOf(mask: number): number | undefined {
  const place = 31 - Math.clz32(mask & -mask)
  const together = mask >>> place
  return (together & (together + 1)) === 0 ? place : undefined
}

/** The bits of `mask` in `word`, moved together to the right. */
export function extract(word: number, mask: number): number {
  const place = placeOf(mask)
  if (place !== undefined) return (word & mask) >>> place
  let value = 0
  for (let bit = 31; bit >= 0; bit--) if ((mask >>> bit) & 1) value = ((value << 1) | ((word >>> bit) & 1)) >>> 0
  return value
}

/** The reverse of `extract`: the low bits of `value` laid under `mask`. */
export function deposit(value: number, mask: number): number {
  const place = placeOf(mask)
  if (place !== undefined) return ((value << place) & mask) >>> 0
  let word = 0
  let left = value
  for (let bit = 0; bit < 32; bit++)
    if ((mask >>> bit) & 1) {
      word |= (left & 1) << bit
      left >>>= 1
    }
  return word >>> 0
}

export function toWord(octets: Uint8Array): number {
  let word = 0
  for (const octet of octets) word = ((word << 8) | octet) >>> 0
  return word
}

export function toOctets(word: number, size: number): Uint8Array {
  const octets = new Uint8Array(size)
  for (let at = 0; at < size; at++) octets[at] = word >>> ((size - 1 - at) * 8)
  return octets
}

function putWord(to: Sink, word: number, size: number, fields: readonly BitField[]): void {
  const at = to.length
  to.put(toOctets(word, size))
  if (to.recorder) recordBits(to.recorder, to.recorder.current, fields, word, at, to.length)
}

function takeWord(from: Source, size: number, fields: readonly BitField[]): number {
  const at = from.at
  const word = toWord(from.take(size))
  if (from.recorder) recordBits(from.recorder, from.recorder.current, fields, word, at, from.at)
  return word
}

/** Gives a recorded field its groups of bits. */
export function recordBits(
  recorder: Recorder,
  draft: Draft,
  fields: readonly BitField[],
  word: number,
  start: number,
  end: number,
): void {
  for (const { name, mask } of fields) {
    const value = extract(word, mask)
    recorder.add(draft, { name, kind: 'field', start, end, children: [], mask, value })
  }
}
