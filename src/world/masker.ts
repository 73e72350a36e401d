import { hex } from '../codec/value.ts'
import { edgesOf, type Edges } from './edges.ts'

/** Where something stands in octets: from `from` up to but not including `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

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
  maskerOf(seeking(secrets.filter(isMasked), parts.filter(isMasked), []))

/** What a masker seeks. `kept`: keys that came up in the run, hundreds of them: their spellings are made up only where a text may hold one. */
interface Sought {
  readonly secrets: readonly Uint8Array[]
  readonly parts: readonly Uint8Array[]
  readonly kept: readonly Uint8Array[]
  /** Spellings of secrets and parts. */
  readonly pattern: RegExp | undefined
}

const isMasked = (secret: Uint8Array): boolean => secret.length >= SHORTEST_MASKED

const seeking = (secrets: Sought['secrets'], parts: Sought['parts'], kept: Sought['kept']): Sought => ({
  secrets,
  parts,
  kept,
  pattern: patternOf([...secrets, ...parts]),
})

/** Keys are that long at least, and no characters: so long a run of digits or of base64 stands in few texts. */
const KEY_OCTETS = 16
const MAY_SPELL_A_KEY = /(?:[0-9A-Fa-f][\s:,-]*(?:0x)?){32}|[\w+/-]{20}|(?:\d{1,3}[\s,]+){15}/
const isKey = (secret: Uint8Array): boolean => secret.length >= KEY_OCTETS && !isPrintable(secret)

/** One octet of hundreds of keys is at every other border by chance; a key whose other octets are hidden stays one. */
const SHORTEST_CUT = 2

function maskerOf(sought: Sought): Masker {
  const { secrets, parts, kept, pattern } = sought
  let ofKept: RegExp | undefined
  let cut: readonly Edges[] | undefined
  const edges = (): readonly Edges[] => (cut ??= [edgesOf(secrets, 1), edgesOf(kept, SHORTEST_CUT)])
  const ranges = (octets: Uint8Array) =>
    merged([...secrets, ...parts, ...kept].flatMap((secret) => occurrences(octets, secret)))
  const hidden = (text: string): string => (pattern === undefined ? text : text.replace(pattern, '[secret]'))
  return {
    ranges,
    hex: (octets) => maskedHex(octets, ranges(octets)),
    text(text) {
      if (kept.length === 0 || !MAY_SPELL_A_KEY.test(text)) return hidden(text)
      ofKept ??= patternOf(kept)
      return hidden(ofKept === undefined ? text : text.replace(ofKept, '[secret]'))
    },
    longest: Math.max(0, ...[...secrets, ...kept].map(({ length }) => length)),
    begun: (octets) => Math.max(...edges().map(({ begun }) => begun(octets))),
    ended: (octets) => Math.max(...edges().map(({ ended }) => ended(octets))),
    knowing: (part) => maskerOf(isMasked(part) ? seeking(secrets, [...parts, part], kept) : sought),
    keeping(secret) {
      if (!isMasked(secret) || [...secrets, ...kept].some((known) => bufferOf(known).equals(secret)))
        return maskerOf(sought)
      const own = Uint8Array.from(secret)
      return maskerOf(isKey(own) ? { ...sought, kept: [...kept, own] } : seeking([...secrets, own], parts, kept))
    },
  }
}

function patternOf(secrets: readonly Uint8Array[]): RegExp | undefined {
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length)
  return forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'g')
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

/** All occurrences, also those that overlap: a key of zeros in a longer run of zeros hides all of it. */
function occurrences(octets: Uint8Array, secret: Uint8Array): readonly Range[] {
  const view = bufferOf(octets)
  const found: Range[] = []
  for (let from = view.indexOf(secret); from >= 0; from = view.indexOf(secret, from + 1)) {
    found.push({ from, to: from + secret.length })
  }
  return found
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last !== undefined && range.from <= last.to)
      apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else apart.push(range)
  }
  return apart
}

/** What a secret looks like in text, as regular expressions. */
function formsOf(secret: Uint8Array): readonly string[] {
  const forms = [hexForm(secret), ...base64Forms(secret), ...decimalForms(secret)]
  if (!isPrintable(secret)) return forms
  const characters = Buffer.from(secret).toString('latin1')
  const quoted = JSON.stringify(characters).slice(1, -1)
  return [
    ...forms,
    ...new Set(
      [literal(characters), literal(quoted)].map((form) => (HEX_DIGITS.test(characters) ? alone(form) : form)),
    ),
  ]
}

const isPrintable = (secret: Uint8Array): boolean => secret.every((octet) => octet >= 0x20 && octet <= 0x7e)

const HEX_DIGITS = /^[0-9A-Fa-f]+$/
/** A password of digits alone is found between other characters, not inside longer hex: octets like `00 00 00 01` are no password. */
const alone = (form: string): string => `(?<![0-9A-Fa-f])${form}(?![0-9A-Fa-f])`

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Digits of either case; blanks, dashes, colons or commas may stand between octets, also `0x`. */
const hexForm = (secret: Uint8Array) =>
  [...hex(secret).matchAll(/../g)]
    .map(([pair]) => [...pair].map((digit) => `[${digit}${digit.toLowerCase()}]`).join(''))
    .join('(?:[\\s:,-]*(?:0x)?)')

/** Fewer numbers in a row turn up by chance. */
const SHORTEST_IN_DECIMAL = 8

/** Octets as a list of numbers. */
const decimalForms = (secret: Uint8Array): readonly string[] =>
  secret.length < SHORTEST_IN_DECIMAL ? [] : [`(?<!\\d)${[...secret].join('[\\s,]+')}(?!\\d)`]

/** Base64 as it is, and as it stands in URLs and JSON Web Keys. */
const eitherAlphabet = (base64: string): string => base64.replaceAll('+', '[+-]').replaceAll('/', '[/_]')

/** Within the base64 of something longer a secret looks one of three ways; of each the characters that hold nothing but the secret. */
function base64Forms(secret: Uint8Array): readonly string[] {
  const whole = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  const inner = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), secret]).toString('base64')
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor(((before + secret.length) * 8) / 6)
    return all.slice(from, to)
  })
  const long = inner.filter((form) => form.length >= SHORTEST_MASKED)
  return [`${eitherAlphabet(whole)}={0,2}`, ...long.map(eitherAlphabet)]
}
