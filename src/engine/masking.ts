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
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (key === MASKED_BEFORE[event.event]) return value
      if (key !== 'octets' && key !== 'apdu') return masker.text(value)
      const octets = unhex(value)
      return octets === undefined ? masker.text(value) : masked(octets, masker)
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => walk(item, key))
      return items.every((item, at) => item === value[at]) ? value : items
    }
    if (typeof value !== 'object' || value === null) return value
    const changed = Object.entries(value).flatMap(([name, item]) => {
      const masked = walk(item, name)
      return masked === item ? [] : [[name, masked] as const]
    })
    return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
  }
  return walk(event, '') as Event
}
