// The simulated meter: one model, one clock, several ports, each a sans-IO party. Deterministic on the times it is given.
import { randomBytes } from 'node:crypto'
import type { Caller, LineSettings, Ms, Party, PartyOutput } from '../protocol/line.ts'
import { createApplication, type Application } from './application.ts'
import type { RandomOctets } from './association/hls-rules.ts'
import type { Decisions } from './decisions.ts'
import { createCaller } from './delivery/caller.ts'
import { withDefects } from './defects/index.ts'
import {
  DEFAULT_HDLC,
  devicesOf,
  secretText,
  type MeterDescription,
  type PortDescription,
  type SerialPortDescription,
} from './description.ts'
import { createStation, type Station } from './link/station.ts'
import { createHdlcDatagramParty, createHdlcStreamParty } from './ports/hdlc-over-ip.ts'
import { createSerialParty, pushingOf } from './ports/serial.ts'
import type { X509 } from './model/security-setup/x509.ts'
import { createStore } from './model/store.ts'
import { createSender, type Sender } from './sender.ts'
import { createSignOnParty } from './sign-on/party.ts'
import { parsing } from './services/parsing.ts'
import type { SignOnContext } from './sign-on/reaction.ts'
import { createTelegramParty } from './sign-on/telegram.ts'
import { untrue, type Untruth } from './untruths.ts'
import { createTcpParty } from './wrapper/tcp.ts'
import { createUdpParty } from './wrapper/udp.ts'

export interface MeterOptions {
  /** Ids or aliases of defects, all of them at once; none: the conformant meter. An unknown one throws: `findDefect` asks before. */
  readonly defects?: readonly string[]
  /** What it says instead of the answers of its services. */
  readonly untruth?: Untruth
  /** When the world began for this meter; 0 unless given. */
  readonly now?: Ms
  /** Where its challenges come from; the system's own source unless given. */
  readonly random?: RandomOctets
  /** From `x509For`: without it a meter has no certificates. */
  readonly x509?: X509 | undefined
  /** Is told when there is something to push: whoever drives the caller in real time asks it again. */
  readonly onTrigger?: () => void
}

export interface PortOfMeter {
  readonly name: string
  readonly kind: PortDescription['kind']
  /** How a serial port listens at first. */
  readonly settings?: LineSettings
}

export interface SimulatedMeter {
  readonly ports: readonly PortOfMeter[]
  /** The meter's end of a port: always the same one. Throws for a port that there is not. */
  party(port: string): Party
  /** What calls others by itself: its pushes. */
  readonly caller: Caller
  /** Mains. Off: the meter is dead, and forgets links, sign-ons, connections and associations; on: it is back after `bootMs`. */
  power(on: boolean, now: Ms): void
}

const BITS = 10

export function createMeter(
  description: MeterDescription,
  { defects = [], untruth, now = 0, random = randomBytes, x509, onTrigger }: MeterOptions = {},
): SimulatedMeter {
  const decisions = withDefects(defects)
  const sender = createSender(decisions.onSend)
  const store = createStore(onTrigger)
  const truthful = createApplication(description, decisions, sender, store, random, x509)
  const application = untruth === undefined ? truthful : untrue(truthful, untruth)
  const caller = createCaller(description, decisions, store)
  const upper = parsing(application, decisions.parsing, description.maxReceivePduSize)
  const parties = new Map(
    Object.entries(description.ports).map(([name, port]) => {
      const create = (startedAt: Ms): Party => partyOf({ description, decisions, upper, sender, name, port }, startedAt)
      return [name, poweredParty(create, now, settingsOf(port))]
    }),
  )
  return {
    ports: Object.entries(description.ports).map(([name, port]) => {
      const settings = settingsOf(port)
      return { name, kind: port.kind, ...(settings ? { settings } : {}) }
    }),
    party(port) {
      const found = parties.get(port)
      if (found === undefined)
        throw new RangeError(`"port" expected one of ${[...parties.keys()].join(', ')}, got ${port}`)
      return found
    },
    caller,
    power(on, at) {
      upper.restart()
      caller.restart()
      for (const party of parties.values()) party.power(on, on ? at + description.bootMs : at)
    },
  }
}

interface PoweredParty extends Party {
  power(on: boolean, at: Ms): void
}

/** Of a serial line, when the power comes. */
const settingsOf = (port: PortDescription): LineSettings | undefined =>
  port.kind === 'serial' ? { baud: port.baud, format: port.format } : undefined

/** A party that is dead while the power is off, and a new one when it is back: a line that was open then finds nobody, and one that had changed its rate finds the opening one. */
function poweredParty(create: (startedAt: Ms) => Party, now: Ms, settings: LineSettings | undefined): PoweredParty {
  let inner: Party | undefined = create(now)
  let aliveAt = now
  let isBack = false
  const timeOf = (input: Parameters<Party['receive']>[0]): Ms =>
    input.is === 'octets' ? input.burst.firstEnd : input.at
  return {
    receive(input): readonly PartyOutput[] {
      return inner === undefined || timeOf(input) < aliveAt ? [] : inner.receive(input)
    },
    deadline: () => Math.min(isBack ? aliveAt : Infinity, inner?.deadline() ?? Infinity),
    expire(at) {
      const first: readonly PartyOutput[] = isBack && settings ? [{ is: 'settings', at, settings }] : []
      isBack = false
      return [...first, ...(inner?.expire(at) ?? [])]
    },
    power(on, at) {
      inner = on ? create(at) : undefined
      aliveAt = at
      isBack = on
    },
  }
}

interface Parts {
  readonly description: MeterDescription
  readonly decisions: Decisions
  readonly upper: Application
  readonly sender: Sender
  readonly name: string
  readonly port: PortDescription
}

function partyOf(parts: Parts, startedAt: Ms): Party {
  const { description, decisions, upper, sender, name, port } = parts
  switch (port.kind) {
    case 'serial':
      return serialParty(parts, port, startedAt)
    case 'stream':
    case 'datagram': {
      if (port.carries === 'hdlc') {
        const open = (peer: string, at: Ms): Station => stationOf(parts, peer, () => 0, at)
        return port.kind === 'stream' ? createHdlcStreamParty(open, port.connections) : createHdlcDatagramParty(open)
      }
      const clients = Object.values(description.clients)
      const setting = { port: name, rules: decisions.wrapper, devices: devicesOf(description), clients, upper, sender }
      return port.kind === 'stream' ? createTcpParty(port, setting) : createUdpParty(port, setting)
    }
    default:
      return port satisfies never
  }
}

function serialParty(parts: Parts, port: SerialPortDescription, startedAt: Ms): Party {
  const { description, decisions, sender, upper } = parts
  const { signOn, hdlc } = port
  if (signOn === undefined) {
    const station = stationOf(parts, 'line', () => (BITS * 1000) / port.baud, startedAt)
    return createSerialParty(station, pushingOf(port, description, decisions, upper.clock), startedAt)
  }
  const inactivityMs = decisions.link.inactivityMs(hdlc?.inactivityMs ?? 0)
  const context: SignOnContext = {
    signOn,
    table: decisions.signOn,
    password: secretText(description, signOn.programming?.secret ?? ''),
    linkInactivityMs: inactivityMs === 0 ? Infinity : inactivityMs,
  }
  if (signOn.mode === 'D') return createTelegramParty(context, sender, startedAt)
  return createSignOnParty({
    context,
    opening: { baud: port.baud, format: port.format },
    sender,
    station: (at, octetMs) => (hdlc === undefined ? undefined : stationOf(parts, 'line', octetMs, at)),
  })
}

const stationOf = (
  { description, decisions, upper, sender, name, port }: Parts,
  peer: string,
  octetMs: () => Ms,
  startedAt: Ms,
): Station =>
  createStation(
    {
      hdlc: port.hdlc ?? DEFAULT_HDLC,
      devices: devicesOf(description),
      decisions,
      upper,
      sender,
      port: name,
      peer,
      octetMs,
      pausesCount: port.kind === 'serial',
    },
    startedAt,
  )
