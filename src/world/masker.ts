import { hex } from '../codec/value.ts'

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
}

/** Shorter ones are not looked for: one to three octets turn up everywhere by chance, and a report full of holes says nothing. */
export const SHORTEST_MASKED = 4

/** `parts`: of secrets, as they stood in pieces of something longer. */
export function masker(secrets: readonly Uint8Array[], parts: readonly Uint8Array[] = []): Masker {
  const masked = secrets.filter((secret) => secret.length >= SHORTEST_MASKED)
  const hidden = [...masked, ...parts.filter((part) => part.length >= SHORTEST_MASKED)]
  const forms = hidden.flatMap(formsOf).sort((a, b) => b.length - a.length)
  const pattern = forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'g')

  const ranges = (octets: Uint8Array) => merged(hidden.flatMap((secret) => occurrences(octets, secret)))
  return {
    ranges,
    hex: (octets) => maskedHex(octets, ranges(octets)),
    text: (text) => (pattern === undefined ? text : text.replace(pattern, '[secret]')),
    longest: Math.max(0, ...masked.map(({ length }) => length)),
    begun: (octets) => Math.max(0, ...masked.map((secret) => begunIn(octets, secret))),
    ended: (octets) => Math.max(0, ...masked.map((secret) => endedIn(octets, secret))),
    knowing: (part) => masker(secrets, [...parts, part]),
  }
}

/** Octets of a part that are compared as such, whatever lies under them. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

function begunIn(octets: Uint8Array, secret: Uint8Array): number {
  const [all, sought] = [bufferOf(octets), bufferOf(secret)]
  for (let length = Math.min(all.length, sought.length - 1); length > 0; length--)
    if (all.subarray(-length).equals(sought.subarray(0, length))) return length
  return 0
}

function endedIn(octets: Uint8Array, secret: Uint8Array): number {
  const [all, sought] = [bufferOf(octets), bufferOf(secret)]
  if (all.length < sought.length && sought.includes(all)) return all.length
  for (let length = Math.min(all.length, sought.length - 1); length > 0; length--)
    if (all.subarray(0, length).equals(sought.subarray(-length))) return length
  return 0
}

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
  const forms = [hexForm(secret), ...base64Forms(secret)]
  if (!secret.every((octet) => octet >= 0x20 && octet <= 0x7e)) return forms
  const characters = Buffer.from(secret).toString('latin1')
  const quoted = JSON.stringify(characters).slice(1, -1)
  return [
    ...forms,
    ...new Set(
      [literal(characters), literal(quoted)].map((form) => (HEX_DIGITS.test(characters) ? alone(form) : form)),
    ),
  ]
}

const HEX_DIGITS = /^[0-9A-Fa-f]+$/
/** A password of digits alone is found between other characters, not inside longer hex: octets like `00 00 00 01` are no password. */
const alone = (form: string): string => `(?<![0-9A-Fa-f])${form}(?![0-9A-Fa-f])`

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Digits of either case; blanks, dashes, colons or commas may stand between octets, also `0x`. */
const hexForm = (secret: Uint8Array) =>
  [...hex(secret).matchAll(/../g)]
    .map(([pair]) => [...pair].map((digit) => `[${digit}${digit.toLowerCase()}]`).join(''))
    .join('(?:[\\s:,-]*(?:0x)?)')

/** Within the base64 of something longer a secret looks one of three ways; of each the characters that hold nothing but the secret. */
function base64Forms(secret: Uint8Array): readonly string[] {
  const whole = literal(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
  const inner = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), secret]).toString('base64')
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor(((before + secret.length) * 8) / 6)
    return literal(all.slice(from, to))
  })
  return [`${whole}={0,2}`, ...inner.filter((form) => form.length >= SHORTEST_MASKED)]
}
