// The decisions of the wrapper sublayer (IEC 62056-47) over TCP and UDP. The conformant ones stand here; a defect puts others in.
import type { Ms } from '../../protocol/line.ts'
import { createWpduStream, unwrapDatagram, type Unwrapped, type WpduStream } from '../../protocol/wrapper/stream.ts'
import type { Wpdu } from '../../protocol/wrapper/wpdu.ts'
import type { ClientDescription, DeviceDescription } from '../description.ts'
import type { Memory } from '../memory.ts'

/** What is done with a WPDU: its APDU is served, nothing, or the connection is closed. */
export type Verdict =
  | { readonly is: 'served'; readonly wpdu: Wpdu; readonly memory: Memory }
  | { readonly is: 'dropped'; readonly memory: Memory }
  | { readonly is: 'closed'; readonly memory: Memory }

/** Between whom a WPDU passes: which wPort of the header is the client's is known by the direction. */
export interface Wports {
  readonly source: number
  readonly destination: number
}

export interface WrapperRules {
  /** The logical device for which it is; undefined: not for this meter (ruling W5). */
  readonly device: (wports: Wports, devices: readonly DeviceDescription[]) => DeviceDescription | undefined
  /** The client's wPort, if a client with this one is known (ruling W6). */
  readonly client: (wports: Wports, clients: readonly ClientDescription[]) => number | undefined
  readonly tcp: TcpRules
  readonly udp: UdpRules
}

export interface TcpRules {
  /** Whether one more connection is taken, so many being open. */
  readonly admits: (open: number, limit: number, memory: Memory) => boolean
  readonly stream: () => WpduStream
  readonly takes: (item: Unwrapped, memory: Memory) => Verdict
  /** A connection quiet for so long is closed, given the declared time; Infinity: never. */
  readonly inactivityMs: (declared: Ms) => Ms
  /** A connection on which a WPDU has not ended so long after its first octet is closed. */
  readonly unfinishedMs: (declared: Ms) => Ms
  /** The connection that gets an answer, given the one that asked and all that are open, the oldest first. */
  readonly answersOn: (asked: string, open: readonly string[]) => string
  /** Whether the place of a connection is free again when it has ended so. */
  readonly freesPlace: (how: 'closed' | 'reset' | 'inactive') => boolean
  /** Whether associations end with their connection (6.5, ruling W11). */
  readonly endsAssociations: (how: 'closed' | 'reset' | 'inactive') => boolean
}

export interface UdpRules {
  /** The WPDUs of a datagram: one (ruling W8). */
  readonly unwrap: (octets: Uint8Array, at: Ms) => readonly Unwrapped[]
  readonly takes: (item: Unwrapped, memory: Memory) => Verdict
  /** The port that answers. */
  readonly answersFrom: 'own-port' | 'other-port'
}

/** A wrong version: what follows cannot be trusted, and the connection is closed; an unfinished WPDU likewise (rulings W1, W2). */
const takeWellFormed =
  (otherwise: 'dropped' | 'closed') =>
  (item: Unwrapped, memory: Memory): Verdict =>
    item.is === 'wpdu' ? { is: 'served', wpdu: item.wpdu, memory } : { is: otherwise, memory }

export const conformantWrapper: WrapperRules = {
  device: ({ destination }, devices) => devices.find(({ sap }) => sap === destination),
  client: ({ source }, clients) => (clients.some(({ sap }) => sap === source) ? source : undefined),
  tcp: {
    admits: (open, limit) => open < limit,
    stream: createWpduStream,
    takes: takeWellFormed('closed'),
    inactivityMs: (declared) => (declared === 0 ? Infinity : declared),
    unfinishedMs: (declared) => (declared === 0 ? Infinity : declared),
    answersOn: (asked) => asked,
    freesPlace: () => true,
    endsAssociations: () => true,
  },
  udp: {
    unwrap: (octets, at) => [unwrapDatagram(octets, at)],
    takes: takeWellFormed('dropped'),
    answersFrom: 'own-port',
  },
}
