// What a simulated meter is, as `meters/simulated/*.json` says it. Durations in milliseconds, lengths in octets.
import { unhex, type Value } from '../codec/value.ts'
import type { MECHANISM } from '../protocol/acse/names.ts'
import type { CharacterFormat, Ms } from '../protocol/line.ts'
import type { KeyName, SecuritySuite } from '../protocol/security/key-names.ts'

export interface MeterDescription {
  readonly title: string
  readonly serialNumber: string
  /** Date and time (ISO 8601, UTC) of the meter's clock when the world began, and its deviation in minutes. */
  readonly clock: { readonly start: string; readonly deviation: number }
  /** How long it is dead after power comes back. */
  readonly bootMs: Ms
  /** server-max-receive-pdu-size of every association. */
  readonly maxReceivePduSize: number
  /** Of the server, eight octets in hex; needed where anything is ciphered, and for HLS 5 to 7. */
  readonly systemTitle?: string
  readonly devices: Readonly<Record<string, DeviceAddresses>>
  readonly clients: Readonly<Record<string, ClientDescription>>
  readonly secrets: Readonly<Record<string, SecretDescription>>
  /** By the logical name of the class 64 object, which stands in `objects` as all others. */
  readonly securitySetups?: Readonly<Record<string, SecuritySetupDescription>>
  readonly ports: Readonly<Record<string, PortDescription>>
  readonly objects: readonly ObjectDescription[]
}

export interface DeviceAddresses {
  /** HDLC upper address. */
  readonly upper: number
  /** wPort. */
  readonly sap: number
  readonly name: string
}

/** A logical device under its name in the description. */
export interface DeviceDescription extends DeviceAddresses {
  readonly key: string
}

export interface ClientDescription {
  readonly sap: number
  /** Logical devices that know this client. */
  readonly devices: readonly string[]
  /** Referencing by logical names or by short names; `ln` unless given. */
  readonly context?: 'ln' | 'sn'
  readonly mechanism: Mechanism
  /** Name of its password, or of its HLS secret with mechanisms 2, 3, 4 and 6. */
  readonly secret?: string
  /** The application context is that with ciphering. */
  readonly ciphered?: true
  /** The only system title it is known by, in hex; absent: that of its AARQ is taken. */
  readonly systemTitle?: string
  /** The class 64 object whose keys and policy are its own. */
  readonly securitySetup?: string
  /** Version of its class 15 object; 1 unless given. From 3 on access_mode is bits. */
  readonly associationVersion?: 1 | 3
  /** user_id of its users, where each has to say who it is; absent: nobody is asked. */
  readonly users?: readonly number[]
  /** Names of the conformance bits this association can negotiate. */
  readonly conformance: readonly string[]
}

export type Mechanism = keyof typeof MECHANISM

/** Keys of a client that the server knows, public ones. */
export type ClientKeyName = Extract<KeyName, 'signing-key' | 'agreement-key'>

/** Class 64 besides what its object stores: what is secret, and how it begins. */
export interface SecuritySetupDescription {
  /** Of the class: in version 0 the policy is a number from 0 to 3, in version 1 bits. */
  readonly version: 0 | 1
  readonly suite: SecuritySuite
  readonly policy: number
  /** Names of secrets; `signing-key` and `agreement-key` are private keys. */
  readonly keys: Readonly<Partial<Record<KeyName, string>>>
  readonly clientKeys?: Readonly<Partial<Record<ClientKeyName, string>>>
  /** Whether a client may bring a dedicated key. */
  readonly dedicatedKeys: boolean
  /** The first invocation counter that is sent and the lowest that is taken; 0 unless given. */
  readonly counters?: { readonly start: number }
  readonly certificates?: CertificatesDescription
}

/** What a setup that has certificates came with. */
export interface CertificatesDescription {
  /** Names of secrets: of the authority that the meter trusts the private key, by which the factory made the first certificates, and the certificate in DER. */
  readonly authority: { readonly key: string; readonly certificate: string }
  /** How many it can store, those that it came with included. */
  readonly room: number
}

export type SecretDescription = { readonly ascii: string } | { readonly hex: string }

export type PortDescription = SerialPortDescription | StreamPortDescription | DatagramPortDescription

export interface SerialPortDescription {
  readonly kind: 'serial'
  readonly baud: number
  readonly format: CharacterFormat
  readonly signOn?: SignOnDescription
  readonly hdlc?: HdlcDescription
  readonly push?: PushDescription
}

export interface StreamPortDescription {
  readonly kind: 'stream'
  readonly carries: 'wrapper' | 'hdlc'
  /** nb_of_sim_conn: connections beyond it are refused. */
  readonly connections: number
  /** A connection without octets, or with an unfinished message, for longer is closed. */
  readonly inactivityMs: Ms
  readonly tcpPort: number
  readonly reactionMs: Ms
  readonly hdlc?: HdlcDescription
}

export interface DatagramPortDescription {
  readonly kind: 'datagram'
  readonly carries: 'wrapper' | 'hdlc'
  readonly udpPort: number
  readonly reactionMs: Ms
  readonly hdlc?: HdlcDescription
}

export interface HdlcDescription {
  /** Octets of the server address. */
  readonly addressing: 1 | 2 | 4
  /** Lower address (physical device); no meaning with one octet. */
  readonly lower: number
  readonly maxInformationTransmit: number
  readonly maxInformationReceive: number
  readonly windowTransmit: number
  readonly windowReceive: number
  readonly interOctetMs: Ms
  /** 0: never. */
  readonly inactivityMs: Ms
  /** From the last octet of a frame to the first of the answer. */
  readonly reactionMs: Ms
}

/** What holds where a port that carries HDLC does not say (IEC 62056-46 6.4.4.4.3.2, class 23). */
export const DEFAULT_HDLC: HdlcDescription = {
  addressing: 1,
  lower: 0,
  maxInformationTransmit: 128,
  maxInformationReceive: 128,
  windowTransmit: 1,
  windowReceive: 1,
  interOctetMs: 25,
  inactivityMs: 120_000,
  reactionMs: 20,
}

export type SignOnMode = 'A' | 'B' | 'C' | 'D'

export interface SignOnDescription {
  readonly mode: SignOnMode
  /** Three letters. */
  readonly manufacturer: string
  readonly identification: string
  /** Rate announced, and used after the switch; 300 in mode A, 2400 in mode D. */
  readonly baud: number
  /** Mode E: offers HDLC behind the option select. */
  readonly offersHdlc: boolean
  readonly address: string
  readonly reactionMs: Ms
  /** Lines of the data readout, without CR LF. */
  readonly readout: readonly string[]
  readonly programming?: ProgrammingDescription
  /** Mode D: a telegram is sent this often. */
  readonly periodMs?: Ms
}

export interface ProgrammingDescription {
  /** Operand of P0. */
  readonly operand: string
  /** Name of the password of P1. */
  readonly secret: string
  readonly registers: Readonly<Record<string, RegisterDescription>>
  /** A session without traffic for so long is over. */
  readonly signOffMs: Ms
  /** So many wrong passwords in a row, and none is taken for `ms`. */
  readonly lockout: { readonly attempts: number; readonly ms: Ms }
}

export interface RegisterDescription {
  readonly value: string
  /** `free`: read without password; `password`: read and written behind it. */
  readonly access: 'free' | 'password'
}

/** A data-notification in a UI frame, whenever no link is up and the line has been idle for so long. */
export interface PushDescription {
  readonly afterIdleMs: Ms
  readonly client: string
  readonly device: string
  readonly body: Value
}

export interface ObjectDescription {
  readonly 'class-id': number
  readonly 'logical-name': string
  /** base_name: where its attributes begin for clients with short names; none: they do not see it. A multiple of 8. */
  readonly 'base-name'?: number
  readonly devices: readonly string[]
  /** What is stored, as tagged Data: `{"2": {"long-unsigned": 5}}`. */
  readonly attributes?: Readonly<Record<string, Value>>
  /** How stored numbers move with the time of the world, by attribute. */
  readonly course?: Readonly<Record<string, CourseDescription>>
  /** Rights by client. */
  readonly access: Readonly<Record<string, AccessDescription>>
  /** The port that an object of classes 19, 23, 41 describes. */
  readonly port?: string
  /** An attribute of which a client is told by EVENT-NOTIFICATION when it has invoked a method of this object. */
  readonly notifies?: EventDescription
  /** Class 40. */
  readonly push?: PushSetupDescription
  /** Class 7. */
  readonly profile?: ProfileDescription
  /** Class 18: absent, any image that is whole can be activated. */
  readonly image?: ImageDescription
}

/** The images that are for this meter: of which type, and from which version on; `secret`: what the maker signs with. */
export interface ImageDescription {
  readonly type: string
  readonly version: number
  readonly secret: string
}

export interface EventDescription {
  readonly 'class-id': number
  readonly 'logical-name': string
  readonly attribute: number
}

/** To which client a push goes; `blockOctets`: in general block transfer, so many octets in a block. */
export interface PushSetupDescription {
  readonly client: string
  readonly blockOctets?: number
}

/** What is stored is the value when the world began. */
export interface CourseDescription {
  /** It grows by so much in an hour. */
  readonly perHour?: number
  /** It swings by so much up and down in a day. */
  readonly daily?: number
}

export interface ProfileDescription {
  /** What is captured. */
  readonly columns: readonly ColumnDescription[]
  /** How many rows are kept. */
  readonly entries: number
  /** capture_period in seconds: at each multiple of it on the clock a row is captured. */
  readonly period?: number
  /** Before the world began a row was captured when a month began; since then a Single action schedule has to do it. */
  readonly monthly?: true
  /** Rows that it had before the world began, as tagged Data: structures. */
  readonly rows?: readonly Value[]
  /** How many periods or months have been captured before the world began. */
  readonly history?: number
}

export interface ColumnDescription {
  readonly 'class-id': number
  readonly 'logical-name': string
  readonly attribute: number
}

export interface AccessDescription {
  readonly read?: 'all' | readonly number[]
  readonly write?: readonly number[]
  readonly invoke?: readonly number[]
  /** Bits 2 to 7 of access_mode, by attribute and by method: how a request has to be protected, and its response. */
  readonly protection?: ProtectionDescription
}

export interface ProtectionDescription {
  readonly attributes?: Readonly<Record<string, number>>
  readonly methods?: Readonly<Record<string, number>>
}

/** The logical devices, each with its name. */
export const devicesOf = (description: MeterDescription): readonly DeviceDescription[] =>
  Object.entries(description.devices).map(([key, device]) => ({ key, ...device }))

/** The octets of a secret. */
export function secretOctets(description: MeterDescription, name: string): Uint8Array {
  const secret = description.secrets[name]
  if (secret === undefined) return new Uint8Array(0)
  return 'ascii' in secret ? new TextEncoder().encode(secret.ascii) : (unhex(secret.hex) ?? new Uint8Array(0))
}

/** The same as text: passwords of the local port are characters. */
export const secretText = (description: MeterDescription, name: string): string =>
  String.fromCharCode(...secretOctets(description, name))
