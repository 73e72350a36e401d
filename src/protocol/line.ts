// What passes between a protocol machine and a line: octets with their times. Sans-IO: time is always given, never asked.

/** Milliseconds since the world began. Fractions count: at 9600 Bd an octet takes 1.041666 ms. */
export type Ms = number

/** Octets that follow one another without a gap: octet i has fully arrived at `firstEnd + i * octetMs`. */
export interface Burst {
  readonly octets: Uint8Array
  readonly firstEnd: Ms
  readonly octetMs: Ms
}

/** When the last octet of a burst has fully arrived. */
export const lastEnd = (burst: Burst): Ms => burst.firstEnd + Math.max(0, burst.octets.length - 1) * burst.octetMs

/** When the first octet of a burst began. */
export const begin = (burst: Burst): Ms => burst.firstEnd - burst.octetMs

/**
 * Rate and character format of an asynchronous line. IEC 62056-21 opens at 300 Bd 7E1; HDLC uses 8N1.
 * At 7E1 an octet is a character of 7 bits; bit 7 set says that its parity is wrong (as received), or shall be (as sent).
 */
export interface LineSettings {
  readonly baud: number
  readonly format: CharacterFormat
}
export type CharacterFormat = '7E1' | '8N1'

/** What a line brings to a party (the simulated meter's end of a port). `peer` names who is at the other end of a stream or sent a datagram. */
export type PartyInput =
  | { readonly is: 'octets'; readonly peer: string; readonly burst: Burst }
  | { readonly is: 'connected'; readonly peer: string; readonly at: Ms }
  | { readonly is: 'closed'; readonly peer: string; readonly at: Ms }
  | { readonly is: 'reset'; readonly peer: string; readonly at: Ms }
  | { readonly is: 'datagram'; readonly peer: string; readonly octets: Uint8Array; readonly at: Ms }

/** What a party wants done, not before `at`. Octets are laid on the line one after the other, in the order given. */
export type PartyOutput =
  | { readonly is: 'octets'; readonly peer: string; readonly at: Ms; readonly octets: Uint8Array }
  /** A serial party changes its own rate and format, after all that it gave before has left. */
  | { readonly is: 'settings'; readonly at: Ms; readonly settings: LineSettings }
  | { readonly is: 'close' | 'reset'; readonly peer: string; readonly at: Ms }
  /** `from`: another local port than the one the party listens on (only a faulty meter does that). */
  | {
      readonly is: 'datagram'
      readonly peer: string
      readonly at: Ms
      readonly octets: Uint8Array
      readonly from?: 'other-port'
    }

/**
 * One end of a port as a sans-IO machine. A serial line has one peer, named `'line'`; a stream server sees
 * `connected` before octets of a peer, and answers it by `reset` at the same instant to refuse the connection.
 */
export interface Party {
  receive(input: PartyInput): readonly PartyOutput[]
  /** When `expire` wants to be called next; Infinity: never. */
  deadline(): Ms
  expire(now: Ms): readonly PartyOutput[]
}

// A meter that calls others by itself (push), and the network.

/** Names one call; the caller chooses it, and never uses it twice. */
export type CallId = number

export type CallInput =
  /** The connection has come about. */
  | { readonly is: 'answered'; readonly call: CallId; readonly at: Ms }
  /** It has not: refused, not answered, or nobody has such an address. */
  | { readonly is: 'failed'; readonly call: CallId; readonly at: Ms }
  /** The other end has ended it. */
  | { readonly is: 'ended'; readonly call: CallId; readonly at: Ms }

/** What a caller wants done, not before `at`. `to`: host and port, as `192.0.2.1:4059`. */
export type CallOutput =
  | { readonly is: 'call'; readonly call: CallId; readonly at: Ms; readonly to: string }
  | { readonly is: 'octets'; readonly call: CallId; readonly at: Ms; readonly octets: Uint8Array }
  | { readonly is: 'close'; readonly call: CallId; readonly at: Ms }
  | { readonly is: 'datagram'; readonly at: Ms; readonly to: string; readonly octets: Uint8Array }

/** The end of a network that begins calls, as a sans-IO machine. */
export interface Caller {
  receive(input: CallInput): readonly CallOutput[]
  /** When `expire` wants to be called next; Infinity: never. */
  deadline(): Ms
  expire(now: Ms): readonly CallOutput[]
}
