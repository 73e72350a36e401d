// For tests: a port on a memory line in virtual time, and at its other end a party that answers as the test says.
import { hex, unhex } from '../codec/value.ts'
import { lastEnd, type LineSettings, type Ms, type Party, type PartyInput, type PartyOutput } from '../protocol/line.ts'
import { memoryDatagram } from '../transport/memory-datagram.ts'
import { memorySerial } from '../transport/memory-serial.ts'
import { memoryStream } from '../transport/memory-stream.ts'
import type { Transport, TransportKind } from '../transport/transport.ts'
import { createVirtualWorld, type VirtualWorld } from '../world/virtual.ts'
import { Port } from './port.ts'
import type { Heard, Language } from './receiver.ts'
import type { Traffic } from './traffic.ts'

export interface Scene {
  readonly world: VirtualWorld
  readonly port: Port
  readonly traffic: readonly Traffic[]
}

/** Tolerated in a frame, and between two characters of sign-on. */
export const GAP_MS = 50
const CHARACTER_GAP_MS = 1500

/** A port that is not open yet, on a line of this kind. */
export function scene(kind: TransportKind, party: Party, language: Language, settings?: LineSettings): Scene {
  const world = createVirtualWorld()
  const traffic: Traffic[] = []
  const port = new Port(
    {
      world,
      transport: lineOf(kind, world, party, settings),
      gapMs: GAP_MS,
      characterGapMs: CHARACTER_GAP_MS,
      reactionMs: 0,
      record: (unit) => void traffic.push(unit),
    },
    language,
  )
  return { world, port, traffic }
}

function lineOf(kind: TransportKind, world: VirtualWorld, party: Party, settings: LineSettings | undefined): Transport {
  switch (kind) {
    case 'serial':
      return memorySerial(world, party, settings ? { tester: settings, meter: settings } : {})
    case 'stream':
      return memoryStream(world, party).transport()
    case 'datagram':
      return memoryDatagram(world, party).transport()
    default:
      return kind satisfies never
  }
}

/** Octets as hex, so long after the last octet of what they answer. */
export interface Reply {
  readonly octets: string
  /** 20 ms unless given. */
  readonly after?: Ms
  readonly from?: 'other-port'
}

/** How the meter ends the connection, so long after what it answers. */
export interface End {
  readonly ends: 'close' | 'reset'
  readonly after?: Ms
}

/** A party that notes what it hears as hex, and answers the n-th piece by the n-th row. */
export interface Answering extends Party {
  readonly heard: readonly string[]
}

const USUAL_MS = 20

export function answering(...rows: readonly (readonly (string | Reply | End)[])[]): Answering {
  const heard: string[] = []
  return {
    heard,
    receive(input) {
      const piece = pieceOf(input)
      if (piece === undefined) return []
      heard.push(hex(piece.octets))
      return (rows[heard.length - 1] ?? []).map((reply) => outputOf(reply, input, piece.end))
    },
    deadline: () => Infinity,
    expire: () => [],
  }
}

function pieceOf(input: PartyInput): { readonly octets: Uint8Array; readonly end: Ms } | undefined {
  if (input.is === 'octets') return { octets: input.burst.octets, end: lastEnd(input.burst) }
  return input.is === 'datagram' ? { octets: input.octets, end: input.at } : undefined
}

function outputOf(reply: string | Reply | End, input: PartyInput, end: Ms): PartyOutput {
  const { peer } = input
  if (typeof reply !== 'string' && 'ends' in reply) return { is: reply.ends, peer, at: end + (reply.after ?? USUAL_MS) }
  const { octets, after = USUAL_MS, from } = typeof reply === 'string' ? { octets: reply } : reply
  const common = { peer, at: end + after, octets: octetsOf(octets) }
  return input.is === 'datagram'
    ? { is: 'datagram', ...common, ...(from === undefined ? {} : { from }) }
    : { is: 'octets', ...common }
}

export function octetsOf(text: string): Uint8Array {
  const octets = unhex(text)
  if (octets === undefined) throw new TypeError(`not hex: ${text}`)
  return octets
}

/** What was heard, shortly: `frame 7EA0…`, `noise 00FF`. */
export const told = (heard: Heard | undefined): string =>
  heard === undefined ? 'nothing' : heard.octets.length === 0 ? heard.is : `${heard.is} ${hex(heard.octets)}`
