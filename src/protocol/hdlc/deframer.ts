// Octets and their times → frames. Nothing is stuffed in HDLC as DLMS/COSEM uses it (IEC 62056-46 6.4.2.1): 7E may stand inside
// a frame, so the length subfield finds the end. Strict: whatever is not a well-formed frame comes out as `damaged` or `noise`,
// and each octet that is not a flag comes out exactly once.
import type { Burst, Ms } from '../line.ts'
import { examine, FLAG, FORMAT_TYPE, LONGEST, type Frame, type FrameFailure } from './examine.ts'

/** `octets` include both flags, where they are there; a flag that closes one frame and opens the next stands in both. Times are of the first octet's begin and the last one's end. */
export type Deframed =
  | { readonly is: 'frame'; readonly octets: Uint8Array; readonly begin: Ms; readonly end: Ms; readonly frame: Frame }
  | {
      readonly is: 'damaged'
      readonly octets: Uint8Array
      readonly begin: Ms
      readonly end: Ms
      readonly failures: readonly FrameFailure[]
      /** What could be read. */
      readonly frame?: Frame
    }
  | { readonly is: 'noise'; readonly octets: Uint8Array; readonly begin: Ms; readonly end: Ms }

export interface Deframer {
  /** Takes octets in; gives what has ended with them. */
  push(burst: Burst): readonly Deframed[]
  /** When something would be given up for want of a further octet; Infinity: nothing hangs, or no time-out. */
  deadline(): Ms
  /** Gives what hangs if its time-out has run out at `now`; with Infinity whatever hangs. */
  flush(now: Ms): readonly Deframed[]
}

/** Longest piece that is kept as one frame: the longest frame, and what a missing closing flag may add. */
const LONGEST_PIECE = LONGEST + 13
const NOISE_PIECE = 256
const CAPACITY = 2 * LONGEST_PIECE

/**
 * @param interOctetMs a longer pause between two octets ends the frame (IEC 62056-46 6.4.4.3.3); Infinity where pauses mean nothing (TCP)
 */
export function createDeframer({ interOctetMs = Infinity }: { readonly interOctetMs?: Ms } = {}): Deframer {
  const octets = new Uint8Array(CAPACITY)
  const begins = new Float64Array(CAPACITY)
  const ends = new Float64Array(CAPACITY)
  /** What hangs is `octets[start..stop)`: a frame if it begins with a flag, else noise. */
  let start = 0
  let stop = 0
  /** The flag at `start` has closed a frame already. */
  let shared = false
  /** No flag that could end a frame whose end is unknown stands before this. */
  let searched = 0
  let items: Deframed[] = []

  const at = (index: number): number => octets[index] ?? 0
  const deadline = (): Ms =>
    stop - start > 1 || (stop > start && at(start) !== FLAG) ? (ends[stop - 1] ?? 0) + interOctetMs : Infinity

  function give(from: number, to: number, is: 'examined' | 'noise'): void {
    if (to <= from) return
    const piece = octets.slice(from, to)
    const times = { begin: begins[from] ?? 0, end: ends[to - 1] ?? 0 }
    if (is === 'noise') {
      items.push({ is: 'noise', octets: piece, ...times })
      return
    }
    const { failures, frame } = examine(piece)
    if (failures.length === 0 && frame !== undefined) items.push({ is: 'frame', octets: piece, ...times, frame })
    else items.push({ is: 'damaged', octets: piece, ...times, failures, ...(frame === undefined ? {} : { frame }) })
  }

  /** Ends the piece at the flag `flag`, which opens the next. After a flag that has closed a frame, what is no format type 3 never was one. */
  function endAt(flag: number): void {
    const foreign = shared && at(start + 1) >> 4 !== FORMAT_TYPE
    if (foreign) give(start + 1, flag, 'noise')
    else give(start, flag + 1, 'examined')
    start = flag
    shared = !foreign
    searched = 0
  }

  /** Ends the piece where no flag ends it. */
  function endHere(): void {
    if (at(start) !== FLAG) give(start, stop, 'noise')
    else if (shared && at(start + 1) >> 4 !== FORMAT_TYPE) give(start + 1, stop, 'noise')
    else if (stop - start > 1) give(start, stop, 'examined')
    start = stop
    shared = false
    searched = 0
  }

  /** Where the closing flag should be; undefined if the format field does not tell. */
  function closingFlag(): number | undefined {
    const format = (at(start + 1) << 8) | at(start + 2)
    const length = format & LONGEST
    return format >> 12 === FORMAT_TYPE && length >= 2 ? start + 1 + length : undefined
  }

  /** A flag that may end a frame of unknown length: nothing behind it yet, fill, or a frame. */
  function nextFlag(): number | undefined {
    for (let flag = Math.max(searched, start + 2); flag < stop; flag++) {
      if (at(flag) !== FLAG) continue
      if (flag + 1 === stop || at(flag + 1) === FLAG || at(flag + 1) >> 4 === FORMAT_TYPE) return flag
    }
    searched = stop
    return undefined
  }

  /** Ends all that can be ended. `final`: nothing more will come to what hangs. */
  function advance(final: boolean): void {
    while (stop > start && at(start) === FLAG) {
      if (stop - start > 1 && at(start + 1) === FLAG) {
        start++
        shared = false
        continue
      }
      const known = stop - start < 3 ? undefined : closingFlag()
      const waiting = known === undefined ? stop - start < 3 : stop <= known
      if (waiting && !final) return
      if (known !== undefined && known < stop && at(known) === FLAG) {
        endAt(known)
        continue
      }
      const flag = nextFlag()
      if (flag !== undefined) endAt(flag)
      else if (final || stop - start >= LONGEST_PIECE) endHere()
      else return
    }
    if (stop > start && (final || stop - start >= NOISE_PIECE) && at(start) !== FLAG) endHere()
  }

  function compact(): void {
    octets.copyWithin(0, start, stop)
    begins.copyWithin(0, start, stop)
    ends.copyWithin(0, start, stop)
    searched = Math.max(0, searched - start)
    stop -= start
    start = 0
  }

  function accept(octet: number, begin: Ms, end: Ms): void {
    if (stop > start && begin - (ends[stop - 1] ?? 0) > interOctetMs) {
      advance(true)
      start = stop
      shared = false
    }
    if (octet === FLAG && stop > start && at(start) !== FLAG) endHere()
    if (stop === CAPACITY) compact()
    octets[stop] = octet
    begins[stop] = begin
    ends[stop] = end
    stop++
    advance(false)
  }

  function taken(): readonly Deframed[] {
    const all = items
    items = []
    return all
  }

  return {
    push(burst) {
      burst.octets.forEach((octet, index) => {
        const end = burst.firstEnd + index * burst.octetMs
        accept(octet, end - burst.octetMs, end)
      })
      return taken()
    },
    deadline,
    flush(now) {
      if (now >= deadline()) {
        advance(true)
        start = stop
        shared = false
      }
      return taken()
    },
  }
}
