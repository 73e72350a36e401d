import { hex } from '../codec/value.ts'
import { edgesOf, type Edges } from './edges.ts'
import { finderOf, type Range } from './finder.ts'
import { keyIndex, type KeyIndex } from './key-index.ts'
import { isPrintable, spellingsOf } from './spellings.ts'

/** Hides secrets by their value, wherever they turn up. */
export interface Masker {
  /** Where secrets stand, in order and apart. A secret that is cut by a border is found when what is on both sides is given as one. */
  readonly ranges: (octets: Uint8Array) => readonly Range[]
  /** Octets as hex, `XX` for each octet of a secret. */
  readonly hex: (octets: Uint8Array) => string
  /** Text in which secrets are replaced: as characters, as hex of any case and spacing, as base64. */
  readonly text: (text: string) => string
  /** Octets of the longest secret. */
  readonly longest: number
  /** How many octets at the end may be the beginning of a secret that goes on elsewhere. */
  readonly begun: (octets: Uint8Array) => number
  /** How many octets at the front may be the end of a secret that began elsewhere; all of them, where they may be the middle of one. */
  readonly ended: (octets: Uint8Array) => number
  /** The same, and hides this part of a secret by itself too. */
  readonly knowing: (part: Uint8Array) => Masker
  /** The same, and hides this secret too: a key that came up in the run. */
  readonly keeping: (secret: Uint8Array) => Masker
}

/** Shorter ones are not looked for: one to three octets turn up everywhere by chance, and a report full of holes says nothing. */
export const SHORTEST_MASKED = 4

/** `parts`: of secrets, as they stood in pieces of something longer. */
export const masker = (secrets: readonly Uint8Array[], parts: readonly Uint8Array[] = []): Masker =>
  maskerOf(seeking(secrets.filter(isMasked), parts.filter(isMasked)))

/** What a masker seeks. `kept`: keys that came up in the run, hundreds of them: their spellings are made up only where a text may hold one. */
interface Sought {
  readonly secrets: readonly Uint8Array[]
  readonly parts: readonly Uint8Array[]
  readonly kept: readonly Uint8Array[]
  /** Of the kept ones. */
  readonly index: KeyIndex
  /** Hides secrets and parts in a text. */
  readonly hidden: (text: string) => string
}

const isMasked = (secret: Uint8Array): boolean => secret.length >= SHORTEST_MASKED

const seeking = (
  secrets: Sought['secrets'],
  parts: Sought['parts'],
  { kept, index }: Pick<Sought, 'kept' | 'index'> = { kept: [], index: keyIndex() },
): Sought => ({ secrets, parts, kept, index, hidden: hiding([...secrets, ...parts]) })

/** Keys are that long at least, and no characters. */
const KEY_OCTETS = 16
const isKey = (secret: Uint8Array): boolean => secret.length >= KEY_OCTETS && !isPrintable(secret)

/** One octet of hundreds of keys is at every other border by chance; a key whose other octets are hidden stays one. */
const SHORTEST_CUT = 2

function maskerOf(sought: Sought): Masker {
  const { secrets, parts, kept, index, hidden } = sought
  let keptHidden: Sought['hidden'] | undefined
  let cut: readonly Edges[] | undefined
  const edges = (): readonly Edges[] => (cut ??= [edgesOf(secrets, 1), edgesOf(kept, SHORTEST_CUT)])
  let find: ReturnType<typeof finderOf> | undefined
  const ranges = (octets: Uint8Array) => {
    find ??= finderOf([...secrets, ...parts, ...kept])
    return merged(find(octets))
  }
  return {
    ranges,
    hex: (octets) => maskedHex(octets, ranges(octets)),
    text(text) {
      if (!index.mayStandIn(text)) return hidden(text)
      keptHidden ??= hiding(kept)
      return hidden(keptHidden(text))
    },
    longest: Math.max(0, ...[...secrets, ...kept].map(({ length }) => length)),
    begun: (octets) => Math.max(...edges().map(({ begun }) => begun(octets))),
    ended: (octets) => Math.max(...edges().map(({ ended }) => ended(octets))),
    knowing: (part) => maskerOf(isMasked(part) ? seeking(secrets, [...parts, part], sought) : sought),
    keeping(secret) {
      if (!isMasked(secret) || [...secrets, ...kept].some((known) => bufferOf(known).equals(secret)))
        return maskerOf(sought)
      const own = Uint8Array.from(secret)
      if (isKey(own)) index.add(own)
      return maskerOf(isKey(own) ? { ...sought, kept: [...kept, own] } : seeking([...secrets, own], parts, sought))
    },
  }
}

/** The texts of a run come again and again: so many of those that hold no secret are known by themselves. */
const MOST_REMEMBERED = 10_000
const LONGEST_REMEMBERED = 200

function hiding(secrets: readonly Uint8Array[]): (text: string) => string {
  const forms = secrets.flatMap(spellingsOf).sort((a, b) => b.length - a.length)
  if (forms.length === 0) return (text) => text
  const pattern = new RegExp(forms.join('|'), 'g')
  const harmless = new Set<string>()
  return (text) => {
    if (harmless.has(text)) return text
    const hidden = text.replace(pattern, '[secret]')
    if (hidden === text && text.length <= LONGEST_REMEMBERED) {
      if (harmless.size === MOST_REMEMBERED) harmless.clear()
      harmless.add(text)
    }
    return hidden
  }
}

/** Octets of a part that are compared as such, whatever lies under them. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

/** Octets as hex, `XX` in the ranges. */
export function maskedHex(octets: Uint8Array, ranges: readonly Range[]): string {
  let text = ''
  let done = 0
  for (const { from, to } of ranges) {
    text += hex(octets.subarray(done, from)) + 'XX'.repeat(to - from)
    done = to
  }
  return text + hex(octets.subarray(done))
}

function merged(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length < 2) return ranges
  const apart: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last !== undefined && range.from <= last.to)
      apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else apart.push(range)
  }
  return apart
}
