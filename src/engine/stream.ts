import { hex, unhex } from '../codec/value.ts'
import type { Event, TrafficEvent } from './events.ts'

/** Finds secrets by value, in every spelling. Given by the world; the one writer of the stream is the only one that asks it. */
export interface Masker {
  text(text: string): string
  /** Ranges `[from, to)` of these octets that spell a secret. */
  ranges(octets: Uint8Array): readonly { readonly from: number; readonly to: number }[]
}

export interface Stream {
  emit(event: Event): void
  /** Writes what is held back. */
  flush(): void
}

/** No message has more parts; what is longer is masked part by part. */
const MOST_HELD = 512

/**
 * The one writer of the event stream. It masks secrets by value in all that passes; units that are parts of one message are held back until the
 * message is whole, so that a secret cut by a segment border is found too. The order stays as it was.
 */
export function createStream(masker: Masker, readers: readonly ((event: Event) => void)[]): Stream {
  let held: TrafficEvent[] = []
  const open = new Set<string>()
  const write = (event: Event): void => {
    for (const reader of readers) reader(event)
  }
  const flush = (): void => {
    const events = held
    held = []
    open.clear()
    const masks = new Map<TrafficEvent, TrafficEvent>()
    for (const message of messagesIn(events))
      maskTogether(masker, message).forEach((masked, i) => masks.set(message[i] ?? masked, masked))
    for (const event of events) write(maskTexts(masker, masks.get(event) ?? event))
  }
  return {
    flush,
    emit(event) {
      if (event.event !== 'traffic') {
        flush()
        write(maskTexts(masker, event))
        return
      }
      held.push(event)
      if (event.more) open.add(sideOf(event))
      else open.delete(sideOf(event))
      if (open.size === 0 || held.length >= MOST_HELD) flush()
    },
  }
}

const sideOf = (event: TrafficEvent): string => `${event.connection} ${event.direction}`

/** The units of each message, answers between its parts left out. */
function messagesIn(events: readonly TrafficEvent[]): readonly (readonly TrafficEvent[])[] {
  const begun = new Map<string, TrafficEvent[]>()
  const messages: TrafficEvent[][] = []
  for (const event of events) {
    const side = sideOf(event)
    const message = begun.get(side) ?? []
    message.push(event)
    if (message.length === 1) messages.push(message)
    if (event.more) begun.set(side, message)
    else begun.delete(side)
  }
  return messages
}

/** Masks the octets of units that carry one message: each unit by itself, and the parts of the message joined. */
function maskTogether(masker: Masker, units: readonly TrafficEvent[]): readonly TrafficEvent[] {
  const octets = units.map((unit) => unhex(unit.octets) ?? new Uint8Array())
  const masks = octets.map((unit) => masker.ranges(unit).map(({ from, to }) => ({ from, to })))
  const parts = units.map((unit, i) => unit.information ?? { from: 0, to: octets[i]?.length ?? 0 })
  if (units.length > 1) {
    const joined = Uint8Array.from(
      parts.flatMap((part, i) => [...(octets[i] ?? new Uint8Array()).subarray(part.from, part.to)]),
    )
    for (const range of masker.ranges(joined)) {
      let start = 0
      parts.forEach((part, i) => {
        const length = part.to - part.from
        const from = Math.max(range.from - start, 0)
        const to = Math.min(range.to - start, length)
        if (from < to) masks[i]?.push({ from: part.from + from, to: part.from + to })
        start += length
      })
    }
  }
  return units.map((unit, i) => {
    if (unit.apdu === undefined && (masks[i] ?? []).length === 0) return unit
    const apdu = unit.apdu === undefined ? {} : { apdu: masked(unhex(unit.apdu) ?? new Uint8Array(), masker) }
    return { ...unit, octets: withMasks(octets[i] ?? new Uint8Array(), masks[i] ?? []), ...apdu }
  })
}

const masked = (octets: Uint8Array, masker: Masker): string => withMasks(octets, masker.ranges(octets))

function withMasks(octets: Uint8Array, ranges: readonly { readonly from: number; readonly to: number }[]): string {
  const text = hex(octets)
  if (ranges.length === 0) return text
  const pairs = text.match(/../g) ?? []
  for (const { from, to } of ranges) for (let i = from; i < to; i++) pairs[i] = 'XX'
  return pairs.join('')
}

/** Every text in an event, masked; octets of traffic are masked already, those of a reason as octets. What holds no secret stays as it is. */
function maskTexts(masker: Masker, event: Event): Event {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (key !== 'octets') return masker.text(value)
      if (event.event === 'traffic') return value
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
