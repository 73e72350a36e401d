import type { Burst, LineSettings, Ms } from '../protocol/line.ts'

export type TransportKind = 'serial' | 'stream' | 'datagram'

/** What comes in. `closed` and `reset` are what the meter did; a `fault` is the line's or the machine's own. */
export type Arrival =
  | { readonly is: 'octets'; readonly burst: Burst }
  | { readonly is: 'datagram'; readonly octets: Uint8Array; readonly at: Ms; readonly from: string }
  | { readonly is: 'closed' | 'reset'; readonly at: Ms }
  | { readonly is: 'fault'; readonly at: Ms; readonly fault: LineFault }

/** What is wrong with the line itself: never the meter's fault, and never a FAILED. */
export interface LineFault {
  readonly code:
    | 'busy'
    | 'echo'
    | 'missing'
    | 'not-allowed'
    | 'not-resolved'
    | 'unreachable'
    | 'unplugged'
    | 'refused-settings'
    | 'other'
  /** The URL of the port. */
  readonly where: string
  readonly detail: string
  readonly hint: string
}

export type Opening =
  | { readonly is: 'open'; readonly at: Ms; readonly local: string; readonly remote: string }
  | { readonly is: 'refused'; readonly at: Ms }
  | { readonly is: 'timed-out'; readonly at: Ms }
  | { readonly is: 'fault'; readonly at: Ms; readonly fault: LineFault }

/** How the tester ends a connection: orderly (FIN), abruptly (RST), or by vanishing (nothing is sent or heard any more; memory lines only). */
export type Ending = 'close' | 'reset' | 'vanish'

/** A way to the meter. Five small methods; a closed transport may be opened again. */
export interface Transport {
  readonly kind: TransportKind
  readonly url: string
  /** `local`: ask for this local port (as `Opening.local` named it), where it can be had. */
  open(options?: { readonly local?: string; readonly withinMs?: Ms }): Promise<Opening>
  /** Sends one piece (one TCP segment where possible, one datagram). Resolves to the time when its last octet has left. */
  write(octets: Uint8Array): Promise<Ms>
  /** The next thing to arrive, or undefined at `until`. What has been given once is not given again. */
  next(until: Ms): Promise<Arrival | undefined>
  /** Rate and format of a serial line, mid-session. No-op on others. */
  set(settings: LineSettings): Promise<void>
  close(how: Ending): Promise<void>
}
