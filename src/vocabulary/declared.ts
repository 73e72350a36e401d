// What the tester reads of a declaration: plain JSON, loaded and completed elsewhere, made into what a port needs.
import type { Referencing } from '../client/services.ts'
import { isList, isRecord, type JsonRecord } from '../protocol/json.ts'
import type { Value } from '../codec/value.ts'
import { openingOf } from './opening.ts'
import { referencingOf } from './referencing.ts'
import { DEFAULT_TIMING } from '../engine/declaration-defaults.ts'
import type { CharacterFormat, LineSettings, Ms } from '../protocol/line.ts'
import { MECHANISM } from '../protocol/acse/names.ts'
import type { ProtocolMode } from '../protocol/sign-on/rates.ts'
import { securityOf, securityRow, type DeclaredSecurity } from './declared-security.ts'

/** How the parties prove who they are, by the names of the codec. */
export type MechanismName = keyof typeof MECHANISM

export interface Timing {
  readonly responseMs: Ms
  readonly interOctetMs: Ms
  readonly interFrameMs: Ms
  readonly inactivityMs: Ms
  readonly signOffMs: Ms
  readonly lockoutMs: Ms
  readonly tcpInactivityMs: Ms
  readonly bootMs: Ms
  readonly signOnReactionMs: readonly [Ms, Ms]
}

export interface DeclaredDevice {
  readonly name: string
  readonly upper: number
  readonly sap: number
}

export interface DeclaredClient {
  readonly name: string
  readonly role: string
  readonly sap: number
  /** Names of the devices that it may address; the first is its default. */
  readonly devices: readonly string[]
  readonly mechanism: MechanismName
  readonly context: Referencing
  /** Claimed of its association; undefined: nothing is. */
  readonly conformance: readonly string[] | undefined
  /** Name of the secret. */
  readonly secret: string | undefined
  /** user_id of its users; none: its user_list is empty. */
  readonly users: readonly number[]
  /** Its application context is one with ciphering. */
  readonly ciphered: boolean
  /** Undefined: it protects nothing, and has no system title. */
  readonly security: DeclaredSecurity | undefined
}

export interface DeclaredSignOn {
  readonly modes: readonly ProtocolMode[]
  readonly baud: number | undefined
  readonly address: string | undefined
}

/** One port of one meter. */
export interface Declared {
  readonly port: string
  readonly url: string
  readonly profile: readonly string[]
  /** What the APDUs travel in. */
  readonly carrier: 'hdlc' | 'wrapper'
  readonly opening: LineSettings
  readonly timing: Timing
  /** `supports` as declared. */
  readonly supports: Value
  readonly addressing: 1 | 2 | 4
  readonly lower: number
  readonly signOn: DeclaredSignOn | undefined
  readonly devices: readonly DeclaredDevice[]
  readonly clients: readonly DeclaredClient[]
  readonly objects: Readonly<Record<string, JsonRecord>>
  /** Where it pushes to: as the meter has it, and where this machine listens. */
  readonly push: { readonly destination: string; readonly listen: string } | undefined
  /** Name of the secret of programming mode. */
  readonly signOnPassword: string | undefined
}

const EMPTY: JsonRecord = {}
export const recordAt = (value: Value | undefined, ...path: readonly string[]): JsonRecord => {
  let here: Value | undefined = value
  for (const name of path) here = isRecord(here) ? here[name] : undefined
  return isRecord(here) ? here : EMPTY
}
const text = (value: Value | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise)
const textOrNone = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: Value | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise)
const texts = (value: Value | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.filter((each) => typeof each === 'string') : []

const numbers = (value: Value | undefined): readonly number[] =>
  value !== undefined && isList(value) ? value.filter((each) => typeof each === 'number') : []

const MODES: readonly ProtocolMode[] = ['A', 'B', 'C', 'D', 'E']
const FORMATS: readonly CharacterFormat[] = ['7E1', '8N1']

export function declared(declaration: Value, port: string): Declared {
  const own = recordAt(declaration, 'ports', port)
  const profile = texts(own['profile'])
  const signOn = profile.includes('sign-on')
  const devices = Object.entries(recordAt(declaration, 'devices')).map(([name, value]): DeclaredDevice => {
    const { upper, sap } = recordAt(value)
    return { name, upper: number(upper, 1), sap: number(sap, number(upper, 1)) }
  })
  return {
    port,
    url: text(own['url'], 'simulated'),
    profile,
    carrier: profile.includes('wrapper') ? 'wrapper' : 'hdlc',
    opening: {
      baud: number(own['baud'], signOn ? 300 : 9600),
      format: FORMATS.find((format) => format === own['format']) ?? (signOn ? '7E1' : '8N1'),
    },
    timing: timingOf({ ...recordAt(declaration, 'testing', 'timing'), ...recordAt(own['timing']) }),
    supports: recordAt(declaration, 'supports'),
    addressing: addressingOf(recordAt(declaration, 'supports', 'hdlc')['addressing']),
    lower: number(recordAt(declaration, 'supports', 'hdlc')['lower'], 0),
    signOn: signOn ? signOnOf(recordAt(declaration, 'supports', 'signOn')) : undefined,
    devices,
    clients: Object.entries(recordAt(declaration, 'testing', 'clients')).map(([name, value]) =>
      clientOf(name, recordAt(value), devices),
    ),
    objects: Object.fromEntries(
      Object.entries(recordAt(declaration, 'testing', 'objects')).map(([name, value]) => [name, recordAt(value)]),
    ),
    push: pushOf(recordAt(declaration, 'testing', 'push')),
    signOnPassword: textOrNone(recordAt(declaration, 'testing', 'signOn')['password']),
  }
}

const pushOf = ({ destination, listen }: JsonRecord): Declared['push'] =>
  typeof destination === 'string' ? { destination, listen: text(listen, destination) } : undefined

const addressingOf = (value: Value | undefined): 1 | 2 | 4 => (value === 1 || value === 2 ? value : 4)

const signOnOf = (value: JsonRecord): DeclaredSignOn => ({
  modes: MODES.filter((mode) => texts(value['modes']).includes(mode)),
  baud: typeof value['baud'] === 'number' ? value['baud'] : undefined,
  address: textOrNone(value['address']),
})

const clientOf = (name: string, value: JsonRecord, devices: readonly DeclaredDevice[]): DeclaredClient => ({
  name,
  role: text(value['role'], name),
  sap: number(value['sap'], 16),
  devices: value['devices'] === undefined ? devices.map((device) => device.name) : texts(value['devices']),
  mechanism: mechanismOf(value['mechanism']),
  context: value['context'] === 'sn' ? 'sn' : 'ln',
  secret: textOrNone(value['secret']),
  conformance: value['conformance'] === undefined ? undefined : texts(value['conformance']),
  users: numbers(value['users']),
  ciphered: value['ciphered'] === true,
  security: securityOf(value['security']),
})

const isMechanism = (value: Value | undefined): value is MechanismName =>
  typeof value === 'string' && Object.hasOwn(MECHANISM, value)
export const mechanismOf = (value: Value | undefined): MechanismName => (isMechanism(value) ? value : 'lowest')

function timingOf(value: JsonRecord): Timing {
  const reaction = value['signOnReactionMs']
  const [least, most] = reaction !== undefined && isList(reaction) ? reaction : []
  const [leastReaction, mostReaction] = DEFAULT_TIMING.signOnReactionMs
  const interOctetMs = number(value['interOctetMs'], DEFAULT_TIMING.interOctetMs)
  return {
    responseMs: number(value['responseMs'], DEFAULT_TIMING.responseMs),
    interOctetMs,
    interFrameMs: number(value['interFrameMs'], interOctetMs),
    inactivityMs: number(value['inactivityMs'], DEFAULT_TIMING.inactivityMs),
    signOffMs: number(value['signOffMs'], DEFAULT_TIMING.signOffMs),
    lockoutMs: number(value['lockoutMs'], DEFAULT_TIMING.lockoutMs),
    tcpInactivityMs: number(value['tcpInactivityMs'], DEFAULT_TIMING.tcpInactivityMs),
    bootMs: number(value['bootMs'], DEFAULT_TIMING.bootMs),
    signOnReactionMs: [number(least, leastReaction), number(most, mostReaction)],
  }
}

/** A client as references see it. */
export const clientRow = ({
  secret: _secret,
  conformance,
  users,
  security,
  ...plain
}: DeclaredClient): Readonly<Record<string, Value>> => ({
  ...plain,
  ...referencingOf(plain.context, conformance),
  ...openingOf(plain.context, plain.ciphered, plain.mechanism),
  ...(conformance === undefined ? {} : { conformance }),
  ...(users.length === 0 ? {} : { users }),
  ...(security === undefined ? {} : { security: securityRow(security) }),
})

/** By name, else by role; absent: `public`, else the first declared. */
export const clientBy = ({ clients }: Declared, wanted: string | undefined): DeclaredClient | undefined =>
  wanted === undefined
    ? (clients.find((client) => client.role === 'public') ?? clients[0])
    : (clients.find((client) => client.name === wanted) ?? clients.find((client) => client.role === wanted))

/** By name; absent: the first that the client may address. */
export const deviceBy = (
  { devices }: Declared,
  client: DeclaredClient,
  wanted: string | undefined,
): DeclaredDevice | undefined => devices.find((device) => device.name === (wanted ?? client.devices[0]))

/** Numbers that nobody has, for stimuli that must go nowhere. */
export interface Unassigned {
  readonly upper: number
  readonly lower: number
  readonly wport: number
  /** The same, but alike in all bits that a careless comparison sees: the low seven of an address, the low eight of a wPort. */
  readonly 'upper-like-own': number
  readonly 'lower-like-own': number
  readonly 'wport-like-own': number
}

/** Multiples of 128 and of 256 below the reserved numbers: what is counted on from them keeps its low bits. */
const UPPERS_AND_LOWERS = 0x3f00
const WPORTS = 0xff00

/** `device`: whose numbers are the own ones. */
export function unassigned({ addressing, lower, devices, clients }: Declared, device?: DeclaredDevice): Unassigned {
  const free = (taken: readonly number[], from: number, step = 1, below = Infinity): number => {
    let candidate = from
    while (taken.includes(candidate)) candidate = (candidate + step) % below
    return candidate
  }
  const uppers = devices.map(({ upper }) => upper)
  const saps = [...devices, ...clients].map(({ sap }) => sap)
  const from = addressing === 4 ? 0x1000 : 0x60
  const { upper: own = 1, sap = 1 } = device ?? {}
  return {
    upper: free(uppers, from),
    lower: free([lower], from),
    wport: free(saps, 0x60),
    'upper-like-own': free([...uppers, own], own, 0x80, UPPERS_AND_LOWERS),
    'lower-like-own': free([lower], lower, 0x80, UPPERS_AND_LOWERS),
    'wport-like-own': free([...saps, sap], sap, 0x100, WPORTS),
  }
}
