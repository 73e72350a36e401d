// Events with what is secret in them hidden: texts as texts, octets as octets.
import { hex, unhex } from '../codec/value.ts'
import type { Event } from './events.ts'

/** Octets from `from` up to but not including `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Finds secrets by value, in every spelling. Given by the world; the one writer of the stream is the only one that asks it. */
export interface Masker {
  text(text: string): string
  /** Ranges of these octets that spell a secret. */
  ranges(octets: Uint8Array): readonly Range[]
  /** Octets of the longest secret. */
  readonly longest: number
  /** How many octets at the end may be the beginning of a secret that goes on elsewhere. */
  begun(octets: Uint8Array): number
  /** How many octets at the front may be the end of a secret that began elsewhere, or its middle. */
  ended(octets: Uint8Array): number
  /** The same, and hides this part of a secret by itself too. */
  knowing(part: Uint8Array): Masker
  /** The same, and hides this secret too: a key that came up in the run. */
  keeping(secret: Uint8Array): Masker
}

const masked = (octets: Uint8Array, masker: Masker): string => withMasks(octets, masker.ranges(octets))

export function withMasks(octets: Uint8Array, ranges: readonly Range[]): string {
  const text = hex(octets)
  if (ranges.length === 0) return text
  const pairs = text.match(/../g) ?? []
  for (const { from, to } of ranges) for (let i = from; i < Math.min(to, pairs.length); i++) pairs[i] = 'XX'
  return pairs.join('')
}

/** What the writer has masked, over all borders, before it comes to the texts. */
const MASKED_BEFORE: Partial<Record<Event['event'], string>> = { traffic: 'octets', protection: 'apdu' }

/** Every text in an event, masked; octets of traffic and beneath a protection are masked already, those of a reason as octets. What holds no secret stays as it is. */
export function maskTexts(masker: Masker, event: Event): Event {
  const before = MASKED_BEFORE[event.event]
  const textOf = (text: string, key: string): string => {
    if (key === before) return text
    const octets = key === 'octets' || key === 'apdu' ? unhex(text) : undefined
    return octets === undefined ? masker.text(text) : masked(octets, masker)
  }
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return textOf(value, key)
    if (Array.isArray(value)) return value.length === 0 ? value : maskedItems(value, (item) => walk(item, key))
    return typeof value === 'object' && value !== null ? maskedFields(value, walk) : value
  }
  return maskedFields(event, walk)
}

/** Hardly anything holds a secret: only what does is made anew. */
function maskedItems(items: readonly unknown[], walk: (item: unknown) => unknown): readonly unknown[] {
  const clear = items.map(walk)
  return clear.every((item, at) => item === items[at]) ? items : clear
}

function maskedFields<T extends object>(value: T, walk: (item: unknown, name: string) => unknown): T {
  let changed: T | undefined
  for (const [name, item] of Object.entries(value)) {
    const clear = walk(item, name)
    if (clear !== item) changed = { ...(changed ?? value), [name]: clear }
  }
  return changed ?? value
}
