// One client on one line, and what references of a case see of it.
import type { Association } from '../client/association.ts'
import { hdlcCarrier, wrapperCarrier, type Carrier } from '../client/carrier.ts'
import { Link } from '../client/link.ts'
import type { Port } from '../client/port.ts'
import type { SecurityContext } from '../client/security-context.ts'
import type { SignOn } from '../client/sign-on.ts'
import type { Wports } from '../client/wrapper.ts'
import { hex, type Value } from '../codec/value.ts'
import type { Given } from '../engine/vocabulary.ts'
import { addressOctets, clientAddress, serverAddress } from '../protocol/hdlc/address.ts'
import type { Ms } from '../protocol/line.ts'
import type { InitiateRequest } from '../protocol/xdlms/initiate.ts'
import { offersHdlc, type Identification } from '../protocol/sign-on/messages.ts'
import { deviceRow } from './axes.ts'
import type { SlowSenders } from './slow-senders.ts'
import type { Referencing } from '../client/services.ts'
import { servicesOf } from './referencing.ts'
import { clientRow, type Declared, type DeclaredClient, type DeclaredDevice } from './declared.ts'

/** A port that is shared by all connections over it. */
export interface Line {
  readonly port: Port
  readonly signOn: SignOn | undefined
}

/** A question that was sent and not listened to: the next step listens. */
export interface Pending {
  readonly since: Ms
  readonly end: Ms
}

/** Who speaks to whom, and the rung that the case is given. */
export interface Who {
  readonly client: DeclaredClient
  readonly device: DeclaredDevice
  readonly given: Given
}

/** One client on one line: its link or wPorts, and its association. */
export class Connection {
  readonly name: string
  readonly line: Line
  readonly client: DeclaredClient
  readonly device: DeclaredDevice
  readonly given: Given
  readonly link: Link | undefined
  readonly wports: Wports
  readonly carrier: Carrier
  association: Association | undefined
  /** What the last AARQ proposed. */
  proposed: InitiateRequest | undefined
  pending: Pending | undefined
  /** Where the last connection came from: a new one may ask for the same. */
  lastLocal: string | undefined
  /** Senders that this connection has set going beside itself. */
  slow: SlowSenders | undefined
  /** What its client protects with, and for a while perhaps somebody else in its place; undefined: nothing. */
  security: SecurityContext | undefined
  /** The challenge of its last AARQ. */
  challenge: Uint8Array | undefined
  /** What was asked last is pass 3 of HLS. */
  replying = false
  #invokeId = 0

  constructor(name: string, line: Line, declared: Declared, who: Who, security: SecurityContext | undefined) {
    this.name = name
    this.security = security
    this.line = line
    this.client = who.client
    this.device = who.device
    this.given = who.given
    this.wports = { client: who.client.sap, server: who.device.sap }
    if (declared.carrier === 'hdlc' && who.given.rung !== 'listen') {
      const { addressing, lower } = declared
      const server = addressOctets(serverAddress(addressing, who.device.upper, lower))
      this.link = new Link(line.port, { client: addressOctets(clientAddress(who.client.sap)), server })
      this.carrier = hdlcCarrier(this.link)
    } else {
      this.link = undefined
      this.carrier = wrapperCarrier(line.port, this.wports)
    }
  }

  get port(): Port {
    return this.line.port
  }

  /** The meter comes to it by itself, and nothing is sent on it. */
  get listens(): boolean {
    return this.given.rung === 'listen'
  }

  /** 1 to 15, one after the other. */
  nextInvokeId(): number {
    this.#invokeId = (this.#invokeId % 15) + 1
    return this.#invokeId
  }

  /** What references of a case see of it: `$link $association $identification $client $device`. */
  scope({ supports, timing }: Declared): Readonly<Record<string, Value>> {
    const { client, device, link, association } = this
    const identification = this.line.signOn?.identification
    return {
      client: clientRow(client),
      device: deviceRow({ supports }, { name: device.name, upper: device.upper, sap: device.sap }),
      ...(link ? { link: linkScope(link) } : {}),
      ...(association ? { association: associationScope(association, client.context) } : {}),
      ...(identification
        ? {
            identification: {
              manufacturer: identification.manufacturer,
              'baud-rate-identification': identification['baud-rate-identification'],
              identification: identification.identification,
              'offers-hdlc': offersHdlc(identification),
              baud: this.line.signOn?.announcedRate() ?? null,
              'least-reaction-ms': Math.min(timing.signOnReactionMs[0], leastReactionMs(identification)),
            },
          }
        : {}),
    }
  }
}

/** tr is 200 ms at least, or 20 ms where the third letter of the manufacturer is a small one (IEC 62056-21). */
const leastReactionMs = ({ manufacturer }: Identification): Ms => (/[a-z]$/.test(manufacturer) ? 20 : 200)

const linkScope = ({ state, addresses }: Link): Value => ({
  mode: state.mode,
  'v-s': state['v-s'],
  'v-r': state['v-r'],
  ...state.parameters,
  'server-address': hex(addresses.server),
  'client-address': hex(addresses.client),
})

const associationScope = ({ proposed, negotiated, respondingTitle }: Association, context: Referencing): Value => ({
  'responding-ap-title': hex(respondingTitle ?? new Uint8Array(0)),
  ...(proposed === undefined
    ? {}
    : {
        'proposed-conformance': proposed['proposed-conformance'],
        'client-max-receive-pdu-size': proposed['client-max-receive-pdu-size'],
      }),
  ...(negotiated === undefined
    ? {}
    : {
        'negotiated-conformance': negotiated['negotiated-conformance'],
        services: servicesOf(context, negotiated['negotiated-conformance']),
        'server-max-receive-pdu-size': negotiated['server-max-receive-pdu-size'],
      }),
})
