// A stream of octets → WPDUs. A segment of TCP may hold several of them, or a part: the length field finds the end.
import type { Burst, Ms } from '../line.ts'
import { examineWpdu, HEADER_OCTETS, type Wpdu, type WpduFailure } from './wpdu.ts'

/** Times are of the first octet's begin and the last one's end. */
export type Unwrapped =
  | { readonly is: 'wpdu'; readonly octets: Uint8Array; readonly begin: Ms; readonly end: Ms; readonly wpdu: Wpdu }
  | {
      readonly is: 'damaged'
      readonly octets: Uint8Array
      readonly begin: Ms
      readonly end: Ms
      readonly failures: readonly WpduFailure[]
      /** What could be read. */
      readonly wpdu?: Wpdu
    }

export interface WpduStream {
  /** Takes octets in; gives what has ended with them. */
  push(burst: Burst): readonly Unwrapped[]
  /** Octets hang of which the rest has not come. */
  pending(): boolean
  /** Gives up what hangs: the connection was closed, or nobody waits any longer. */
  flush(): readonly Unwrapped[]
}

/** One whole datagram: exactly one WPDU, or damaged. */
export function unwrapDatagram(octets: Uint8Array, at: Ms): Unwrapped {
  const { failures, wpdu } = examineWpdu(octets)
  const piece = { octets, begin: at, end: at }
  if (failures.length === 0 && wpdu !== undefined) return { is: 'wpdu', ...piece, wpdu }
  return { is: 'damaged', ...piece, failures, ...(wpdu === undefined ? {} : { wpdu }) }
}

/** Holds one WPDU at most: eight octets and what sixteen bits can count. A wrong version does not hide the length: its octets come out as one damaged piece. */
export function createWpduStream(): WpduStream {
  let held = new Uint8Array(HEADER_OCTETS)
  let count = 0
  let begin: Ms = 0
  let end: Ms = 0

  const wanted = (): number =>
    count < HEADER_OCTETS ? HEADER_OCTETS : HEADER_OCTETS + (((held[6] ?? 0) << 8) | (held[7] ?? 0))

  function take(octets: Uint8Array): void {
    if (count + octets.length > held.length) {
      const larger = new Uint8Array(Math.max(wanted(), count + octets.length))
      larger.set(held.subarray(0, count))
      held = larger
    }
    held.set(octets, count)
    count += octets.length
  }

  function give(): Unwrapped {
    const item = { ...unwrapDatagram(held.slice(0, count), end), begin }
    held = new Uint8Array(HEADER_OCTETS)
    count = 0
    return item
  }

  return {
    push({ octets, firstEnd, octetMs }) {
      const items: Unwrapped[] = []
      for (let at = 0; at < octets.length;) {
        if (count === 0) begin = firstEnd + (at - 1) * octetMs
        const piece = octets.subarray(at, at + wanted() - count)
        take(piece)
        at += piece.length
        end = firstEnd + (at - 1) * octetMs
        if (count >= HEADER_OCTETS && count === wanted()) items.push(give())
      }
      return items
    },
    pending: () => count > 0,
    flush: () => (count > 0 ? [give()] : []),
  }
}
