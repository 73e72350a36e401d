// The one writer of the event stream.
import { unhex } from '../codec/value.ts'
import type { Event, ProtectionEvent, TrafficEvent } from './events.ts'
import { maskTexts, withMasks, type Masker, type Range } from './masking.ts'
import { Pieces, type Place } from './pieces.ts'

export interface Stream {
  emit(event: Event): void
  /** Writes what is held back. */
  flush(): void
  /** Hides this in all that is written from now on. */
  readonly keepSecret: (octets: Uint8Array) => void
}

/**
 * Where in a message a piece of something longer lies, to its end if not said otherwise; pieces `of` one kind follow each other. An `apdu` is what was
 * found beneath a protection.
 */
export type PartOf = (
  unit: Pick<TrafficEvent, 'is' | 'information'> | { readonly is: 'apdu' },
  message: Uint8Array,
) => (Place & { readonly of: string; readonly from: number; readonly to?: number }) | undefined

/** No message has more parts; what is longer is masked part by part. */
const MOST_HELD = 512

/** A unit, or the APDU beneath a protection, that is not written yet. `hidden`: what of it is secret. */
interface Held {
  readonly event: TrafficEvent | ProtectionEvent
  readonly octets: Uint8Array
  readonly hidden: Range[]
}

/** Octets of a message, each with its unit. */
interface Part extends Range {
  readonly held: Held
}

/**
 * It masks secrets by value in all that passes. Units that are parts of one message are held back until the message is whole, and messages that are
 * pieces of something longer while the end of one may be the beginning of a secret: one that is cut by a border is found too. The order stays as it was.
 */
export function createStream(masker: Masker, readers: readonly ((event: Event) => void)[], partOf: PartOf): Stream {
  let current = masker
  let held: Held[] = []
  const open = new Map<string, Held[]>()
  const longer = new Map<string, Pieces>()
  const write = (event: Event): void => {
    const clear = maskTexts(current, event)
    for (const reader of readers) reader(clear)
  }
  const take = (side: string, units: readonly Held[]): void => {
    const parts = partsOf(units)
    hideTogether(current, parts)
    const message = joined(parts)
    const unit = units.at(-1)?.event
    const part = unit && partOf(unit.event === 'traffic' ? unit : APDU, message)
    if (part === undefined) return
    const key = `${side} ${part.of}`
    const pieces = longer.get(key) ?? new Pieces()
    longer.set(key, pieces)
    const hide = (range: Range): void => hideIn(parts, { from: range.from + part.from, to: range.to + part.from })
    for (const cut of pieces.add(current, part, { octets: message.subarray(part.from, part.to), hide }))
      current = current.knowing(cut)
  }
  const flush = (): void => {
    for (const [side, units] of open) take(side, units)
    open.clear()
    for (const pieces of longer.values()) pieces.settle()
    const units = held
    held = []
    for (const unit of units) write(unit.hidden.length === 0 ? unit.event : maskedUnit(unit))
  }
  const isWaiting = (): boolean => open.size > 0 || [...longer.values()].some(({ isUndecided }) => isUndecided)
  return {
    flush,
    keepSecret: (octets) => {
      current = current.keeping(octets)
    },
    emit(event) {
      if (event.event !== 'traffic' && event.event !== 'protection') {
        flush()
        write(event)
        return
      }
      const unit: Held = { event, octets: octetsIn(event), hidden: [] }
      held.push(unit)
      const side = `${event.connection} ${event.direction}`
      const message = [...(open.get(side) ?? []), unit]
      if (event.event === 'protection') take(`${side} beneath`, [unit])
      else if (event.more) open.set(side, message)
      else {
        open.delete(side)
        take(side, message)
      }
      if (!isWaiting() || held.length >= MOST_HELD) flush()
    },
  }
}

const APDU = { is: 'apdu' } as const

const octetsIn = (event: TrafficEvent | ProtectionEvent): Uint8Array =>
  unhex((event.event === 'traffic' ? event.octets : event.apdu) ?? '') ?? new Uint8Array()

const partsOf = (units: readonly Held[]): readonly Part[] =>
  units.map((held) => ({ held, ...(informationOf(held.event) ?? { from: 0, to: held.octets.length }) }))

const informationOf = (event: Held['event']): Range | undefined =>
  event.event === 'traffic' ? event.information : undefined

const octetsOf = ({ held, from, to }: Part): Uint8Array => held.octets.subarray(from, to)

const joined = (parts: readonly Part[]): Uint8Array => Buffer.concat(parts.map(octetsOf))

/** A check sequence of two octets over a few hidden ones would tell them. */
const TOLD_BY_CHECK = 4
const CHECK_OCTETS = 2

function maskedUnit({ event, octets, hidden }: Held): Held['event'] {
  if (event.event === 'protection') return { ...event, apdu: withMasks(octets, hidden) }
  const to = event.is === 'hdlc' ? event.information?.to : undefined
  const few = hidden.every((range) => range.to - range.from < TOLD_BY_CHECK)
  const check = to !== undefined && few ? [{ from: to, to: to + CHECK_OCTETS }] : []
  return { ...event, octets: withMasks(octets, [...hidden, ...check]) }
}

/** Each unit by itself, and the parts of the message joined; one that was sent once more has its place where it was first. */
function hideTogether(masker: Masker, parts: readonly Part[]): void {
  for (const { held } of parts) held.hidden.push(...masker.ranges(held.octets))
  if (parts.length < 2) return
  const first = parts.map((part) => parts.find((other) => isSame(other, part)) ?? part)
  const once = parts.filter((part, at) => first[at] === part)
  for (const run of once.length < parts.length ? [parts, once] : [parts])
    for (const range of masker.ranges(joined(run))) hideIn(run, range)
  parts.forEach((part, at) => {
    if (first[at] !== part) part.held.hidden.push(...(first[at]?.held.hidden ?? []))
  })
}

const isSame = (a: Part, b: Part): boolean => a.from === b.from && Buffer.compare(octetsOf(a), octetsOf(b)) === 0

/** Hides a range of a message in the units that carry it. */
function hideIn(parts: readonly Part[], range: Range): void {
  let start = 0
  for (const { held, from, to } of parts) {
    const begin = Math.max(range.from - start, 0)
    const end = Math.min(range.to - start, to - from)
    if (begin < end) held.hidden.push({ from: from + begin, to: from + end })
    start += to - from
  }
}
