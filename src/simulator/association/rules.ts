// What the server checks in an AARQ, in this order, what it says when a check fails, and how an association lives and ends (IEC 62056-5-3 clause 6; rulings A1–A34, Y4, Y6).
import { hex } from '../../codec/value.ts'
import type { Aare, Aarq, Rlre, Rlrq } from '../../protocol/acse/acse.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../../protocol/xdlms/initiate.ts'
import type { ClientDescription, MeterDescription } from '../description.ts'
import type { Store } from '../model/store.ts'
import type { ProtectionRules } from '../protection/rules.ts'
import type { Path } from '../upper.ts'
import type { Association, ContextName, KnownClient } from './association.ts'
import {
  conformantHls,
  isHls,
  LONGEST_CHALLENGE,
  needsTitle,
  SHORTEST_CHALLENGE,
  type HlsRules,
  type RandomOctets,
} from './hls-rules.ts'

/** An AARQ, and who may be asking. */
export interface Request {
  readonly aarq: Aarq
  readonly client: ClientDescription | undefined
  /** The one that it may have. */
  readonly context: ContextName
  readonly password: Uint8Array
  /** System title of the server. */
  readonly server: Uint8Array | undefined
  /** Challenges of the server that nobody has answered yet. */
  readonly outstanding: readonly Uint8Array[]
}

/** A proposal, and what this client may have. */
export interface Proposal {
  readonly initiate: InitiateRequest
  readonly common: readonly ConformanceBit[]
  /** Whether a dedicated key may be taken that came as this one did. */
  readonly takesDedicatedKey: (key: Uint8Array) => boolean
}

/** An AARQ that may open an association, and what is there already. */
export interface Opening {
  readonly aarq: Aarq
  readonly known: KnownClient | undefined
  readonly path: Path
  readonly description: MeterDescription
  /** The association that the client has, before. */
  readonly before: Association | undefined
  readonly store: Store
  readonly protection: ProtectionRules
  readonly random: RandomOctets
  /** Number of the association. */
  readonly number: number
  readonly outstanding: readonly Uint8Array[]
  /** The challenge in the AARQ before this one. */
  readonly formerChallenge: Uint8Array | undefined
  /** The dedicated key of the association before this one. */
  readonly former: Uint8Array | undefined
}

/** What comes of an AARQ. */
export interface Opened {
  /** Undefined: the association is unconfirmed, and nothing is answered (ruling A26). */
  readonly aare?: Aare
  readonly association?: Association
}

/** What comes of an RLRQ. */
export interface Released {
  readonly rlre?: Rlre
  readonly ends: boolean
}

export type Diagnostic = Aare['result-source-diagnostic']
export type InitiateError =
  'dlms-version-too-low' | 'incompatible-conformance' | 'pdu-size-too-short' | 'refused-by-the-VDE-handler'

export interface AssociationRules {
  /** Whose association it is: one for each client and logical device of a link, or of a connection. */
  readonly key: (path: Path) => string
  readonly client: (path: Path, description: MeterDescription) => KnownClient | undefined
  /** An association that is there without AARQ. */
  readonly preEstablished: (path: Path, description: MeterDescription) => Association | undefined
  readonly acse: Readonly<Record<AcseCheck, (request: Request) => Diagnostic | undefined>>
  readonly initiate: Readonly<Record<InitiateCheck, (proposal: Proposal) => InitiateError | undefined>>
  /** What the checks have led to → what is answered, and what is open from now on. */
  readonly opened: (opened: Opened, opening: Opening) => Opened
  readonly hls: HlsRules
  /** `open`: there is an association to end (rulings A29, A31). */
  readonly release: (rlrq: Rlrq, open: boolean) => Released
  /** Whether the end of one association, by its key, is the end of another one. */
  readonly endsWith: (ended: string, other: string) => boolean
}

/** In the order in which they are made. */
export const ACSE_CHECKS = [
  'protocolVersion',
  'context',
  'client',
  'title',
  'user',
  'required',
  'mechanism',
  'value',
  'password',
  'challenge',
  'reflection',
] as const
type AcseCheck = (typeof ACSE_CHECKS)[number]

export const INITIATE_CHECKS = ['dedicatedKey', 'version', 'pduSize', 'conformance'] as const
type InitiateCheck = (typeof INITIATE_CHECKS)[number]

export const user = (value: Extract<Diagnostic, { is: 'acse-service-user' }>['value']): Diagnostic => ({
  is: 'acse-service-user',
  value,
})
export const provider = (value: Extract<Diagnostic, { is: 'acse-service-provider' }>['value']): Diagnostic => ({
  is: 'acse-service-provider',
  value,
})

/** First bit of a BIT STRING whose contents begin with the count of unused bits. */
const firstBit = (octets: Uint8Array | undefined): boolean => ((octets?.[1] ?? 0) & 0x80) !== 0

export const asksForAuthentication = ({ aarq }: Request): boolean => firstBit(aarq['sender-acse-requirements'])
export const hasFields = ({ aarq }: Request): boolean =>
  aarq['mechanism-name'] !== undefined || aarq['calling-authentication-value'] !== undefined
const needsAuthentication = ({ client }: Request): boolean => client !== undefined && client.mechanism !== 'lowest'
const failed = user('authentication-failure')

export const DLMS_VERSION = 6
/** Smaller than this no APDU makes sense; 0 means no limit (rulings A18, A19). */
const SMALLEST_PDU = 12

const TITLE_OCTETS = 8
const NOTHING = new Uint8Array(0)

export const conformantAssociation: AssociationRules = {
  key: ({ port, peer, client, device }) => `${port}/${peer}/${client}/${device.key}`,

  client(path, { clients }) {
    const found = Object.entries(clients).find(
      ([, { sap, devices }]) => sap === path.client && devices.includes(path.device.key),
    )
    return found === undefined ? undefined : { name: found[0], client: found[1] }
  },

  preEstablished: () => undefined,

  acse: {
    protocolVersion({ aarq }) {
      const version = aarq['protocol-version']
      return version === undefined || firstBit(version) ? undefined : provider('no-common-acse-version')
    },
    context: ({ aarq, context }) =>
      aarq['application-context-name'] === context ? undefined : user('application-context-name-not-supported'),
    client: ({ client }) => (client === undefined ? user('no-reason-given') : undefined),
    // ruling A12; the title of the server itself would make its counters those of the client
    title({ aarq, client, server }) {
      if (client === undefined || !needsTitle(client)) return undefined
      const title = hex(aarq['calling-AP-title'] ?? NOTHING)
      const isKnown = client.systemTitle === undefined || client.systemTitle === title
      const isOwn = server !== undefined && hex(server) === title
      return title.length === 2 * TITLE_OCTETS && isKnown && !isOwn
        ? undefined
        : user('calling-AP-title-not-recognized')
    },
    user({ aarq, client }) {
      const id = aarq['calling-AE-invocation-id']
      return client?.users === undefined || (id !== undefined && client.users.includes(id))
        ? undefined
        : user('calling-AE-invocation-identifier-not-recognized')
    },
    required: (request) => {
      if (needsAuthentication(request) && !asksForAuthentication(request)) {
        return user(hasFields(request) ? 'authentication-failure' : 'authentication-required')
      }
      return undefined
    },
    mechanism(request) {
      const mechanism = request.aarq['mechanism-name']
      if (mechanism === undefined)
        return needsAuthentication(request) ? user('authentication-mechanism-name-required') : undefined
      const right = mechanism === request.client?.mechanism
      return right ? undefined : user('authentication-mechanism-name-not-recognised')
    },
    value: (request) =>
      needsAuthentication(request) && request.aarq['calling-authentication-value'] === undefined ? failed : undefined,
    password({ aarq, client, password }) {
      const value = aarq['calling-authentication-value']
      return client?.mechanism === 'lls' && (value === undefined || hex(value) !== hex(password)) ? failed : undefined
    },
    // ruling Y6
    challenge({ aarq, client }) {
      const { 'calling-authentication-value': { length } = NOTHING } = aarq
      const { mechanism = 'lowest' } = client ?? {}
      if (!isHls(mechanism)) return undefined
      return length >= SHORTEST_CHALLENGE[mechanism] && length <= LONGEST_CHALLENGE ? undefined : failed
    },
    // ruling Y4: who sends back a challenge of the server wants it answered by the server
    reflection({ aarq, client, outstanding }) {
      const value = hex(aarq['calling-authentication-value'] ?? NOTHING)
      const isReflected =
        isHls(client?.mechanism ?? 'lowest') && outstanding.some((challenge) => hex(challenge) === value)
      return isReflected ? failed : undefined
    },
  },

  initiate: {
    dedicatedKey: ({ initiate: { 'dedicated-key': key }, takesDedicatedKey }) =>
      key === undefined || takesDedicatedKey(key) ? undefined : 'refused-by-the-VDE-handler',
    version: ({ initiate }) =>
      initiate['proposed-dlms-version-number'] < DLMS_VERSION ? 'dlms-version-too-low' : undefined,
    pduSize({ initiate }) {
      const size = initiate['client-max-receive-pdu-size']
      return size !== 0 && size < SMALLEST_PDU ? 'pdu-size-too-short' : undefined
    },
    conformance: ({ common }) => (common.length === 0 ? 'incompatible-conformance' : undefined),
  },

  opened: (opened) => opened,
  hls: conformantHls,
  release: (_, open) => (open ? { rlre: { reason: 'normal' }, ends: true } : { ends: false }),
  endsWith: (ended, other) => ended === other,
}
