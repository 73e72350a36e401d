import { lastEnd, type Burst, type LineSettings, type Ms } from '../protocol/line.ts'
import { octetTime } from './uart.ts'

/** A burst under way, with the settings of its sender. */
export interface Sent {
  readonly burst: Burst
  readonly settings: LineSettings
}

/** One direction of a serial line: octets are laid on it one after the other and arrive at the sender's rate. */
export interface Channel {
  /** Lays octets on the line, not before `at` and behind all that is there. Gives the burst; the line is free again at its end. */
  lay(octets: Uint8Array, at: Ms, settings: LineSettings): Sent
  /** When the last octet that was laid has left. */
  free(): Ms
  /** When the first burst under way will have arrived; Infinity: nothing is under way. */
  due(): Ms
  /** What has arrived by `now`; with `parts` also the octets that have arrived of a burst still under way. */
  take(now: Ms, parts: boolean): readonly Sent[]
}

/** An octet that ends at the very instant has arrived, whatever the last bit of a fraction says. */
const ROUNDING = 1e-9

export function createChannel(): Channel {
  const under: Sent[] = []
  let freeAt: Ms = 0
  return {
    lay(octets, at, settings) {
      const octetMs = octetTime(settings)
      const start = Math.max(at, freeAt)
      const sent = { burst: { octets: octets.slice(), firstEnd: start + octetMs, octetMs }, settings }
      if (octets.length === 0) return sent
      freeAt = lastEnd(sent.burst)
      under.push(sent)
      return sent
    },
    free: () => freeAt,
    due: () => (under[0] === undefined ? Infinity : lastEnd(under[0].burst)),
    take(now, parts) {
      const arrived: Sent[] = []
      for (;;) {
        const head = under[0]
        if (head === undefined) return arrived
        if (lastEnd(head.burst) <= now) {
          arrived.push(head)
          under.shift()
          continue
        }
        const whole = Math.floor((now - head.burst.firstEnd) / head.burst.octetMs + 1 + ROUNDING)
        if (!parts || whole <= 0) return arrived
        const { octets, firstEnd, octetMs } = head.burst
        arrived.push({ ...head, burst: { octets: octets.subarray(0, whole), firstEnd, octetMs } })
        under[0] = { ...head, burst: { octets: octets.subarray(whole), firstEnd: firstEnd + whole * octetMs, octetMs } }
        return arrived
      }
    },
  }
}
