import type { Event, MeterHeader, TrafficEvent } from '../engine/events.ts'
import { unmasked, type Explain } from './explain.ts'
import { beneathComment, packetComments } from './packet-comment.ts'
import { enhancedPacket, interfaceDescription, RAW_IP, sectionHeader, USER0 } from './pcapng-blocks.ts'
import type { Passed } from './model.ts'
import { safeText } from './safe-text.ts'
import { datagram, DLMS_PORT, endpoint, tcpStream, type Endpoint, type Packet, type TcpStream } from './synthetic-ip.ts'

// `traffic.pcapng`. HDLC, sign-on and stray octets as they passed (USER0, direction in the flags, decoded in the comment). The
// wrapper's units in synthetic IPv4 packets on port 4059, so that any dissector of DLMS/COSEM finds them.

const TESTER: Endpoint = { address: [192, 0, 2, 1], port: 49152 }
const METER: Endpoint = { address: [192, 0, 2, 2], port: DLMS_PORT }

/** The traffic of a run as a capture file, in the order of the stream. */
export function renderPcapng(events: Iterable<Event>, explain: Explain): Uint8Array {
  const blocks: Uint8Array[] = []
  const interfaces = new Map<string, number>()
  let ip = ipOver()
  let ports = new Map<string, Port>()
  let began = 0
  const commentOf = packetComments(explain)
  const beneath = beneathComment(explain)
  /** The last packet of each side: what lay beneath its protection is told behind it. */
  const last = new Map<string, Written>()

  const interfaceOf = (port: string, linkType: number): number => {
    const key = `${linkType} ${port}`
    const known = interfaces.get(key)
    if (known !== undefined) return known
    blocks.push(interfaceDescription(linkType, safeText(port), safeText(ports.get(port)?.url ?? '')))
    interfaces.set(key, interfaces.size)
    return interfaces.size - 1
  }

  for (const event of events) {
    if (event.event === 'run') {
      if (blocks.length === 0) blocks.push(sectionHeader(safeText(`${event.tool.name} ${event.tool.version}`)))
      // A resumed run counts its time from its own header.
      began = Date.parse(event.started)
      ports = portsOf(event.meters)
      ip = ipOver()
    }
    if (event.event === 'protection') {
      const written = last.get(sideOf(event))
      if (written === undefined) continue
      written.comment += `\n${beneath(event)}`
      blocks[written.block] = enhancedPacket({ ...written.packet, comment: written.comment })
    }
    if (event.event !== 'traffic') continue
    last.delete(sideOf(event))
    const port = ports.get(event.port)
    const overIp = event.is === 'wrapper' || (port?.wrapper === true && event.is !== 'hdlc' && event.is !== 'sign-on')
    const packets: readonly Packet[] = overIp
      ? ip(event, port?.udp === true)
      : [{ direction: event.direction, octets: unmasked(event.octets).octets }]
    const number = interfaceOf(event.port, overIp ? RAW_IP : USER0)
    const comment = commentOf(event)
    packets.forEach((each, i) => {
      const packet = { ...each, interface: number, at: began + event.at }
      // The last packet of an event is the one that it is about: a handshake comes before the data that need it.
      const isLast = i === packets.length - 1
      if (isLast) last.set(sideOf(event), { block: blocks.length, packet, comment })
      blocks.push(enhancedPacket({ ...packet, comment: isLast ? comment : undefined }))
    })
  }
  if (blocks.length === 0) blocks.push(sectionHeader(''))
  return Buffer.concat(blocks)
}

interface Written {
  readonly block: number
  readonly packet: Parameters<typeof enhancedPacket>[0]
  comment: string
}

const sideOf = ({ port, connection, direction }: Passed): string => JSON.stringify([port, connection, direction])

interface Port {
  readonly url: string
  readonly wrapper: boolean
  readonly udp: boolean
}

const portsOf = (meters: readonly MeterHeader[]): Map<string, Port> =>
  new Map(
    meters.flatMap(({ ports }) =>
      ports.map(({ name, url, profile }) => {
        const words = profile.split(/[^a-z-]+/)
        const udp = words.includes('udp') || url.startsWith('udp:')
        return [name, { url, udp, wrapper: words.includes('wrapper') || words.includes('udp') }] as const
      }),
    ),
  )

/** Packets for what passes over sockets; keeps the numbers of each connection. */
function ipOver(): (event: TrafficEvent, udp: boolean) => readonly Packet[] {
  const streams = new Map<string, TcpStream>()
  const testers = new Map<string, Endpoint>()
  const remotes = new Map<string, string | undefined>()
  let connections = 0

  const testerOf = ({ connection, local }: TrafficEvent): Endpoint => {
    const own = testers.get(connection) ?? { ...TESTER, port: TESTER.port + (connections++ % 16384) }
    testers.set(connection, own)
    return endpoint(local, own)
  }
  // The meter's port is shown as 4059; another one than the connection's own (a faulty meter) as it is.
  const meterOf = ({ connection, remote }: TrafficEvent): Endpoint => {
    const meter = endpoint(remote, METER)
    if (!remotes.has(connection)) remotes.set(connection, remote)
    return remote === undefined || remote === remotes.get(connection) ? { ...meter, port: DLMS_PORT } : meter
  }
  const fresh = (event: TrafficEvent): TcpStream => {
    testers.delete(event.connection)
    remotes.delete(event.connection)
    const stream = tcpStream(testerOf(event), meterOf(event))
    streams.set(event.connection, stream)
    return stream
  }

  return (event, udp) => {
    const { is, direction } = event
    const octets = unmasked(event.octets).octets
    if (udp) return octets.length === 0 ? [] : [datagram(direction, testerOf(event), meterOf(event), octets)]
    const stream = streams.get(event.connection)
    switch (is) {
      case 'opened':
        return fresh(event).open()
      case 'refused':
        return fresh(event).refused()
      case 'closed':
        return stream?.close(direction) ?? []
      case 'reset':
        return stream?.reset(direction) ?? []
      case 'fault':
        return []
      case 'hdlc':
      case 'wrapper':
      case 'sign-on':
      case 'octets':
        return (stream ?? fresh(event)).data(direction, octets)
      default:
        return is satisfies never
    }
  }
}
