// What passed over a socket was seen as octets, without headers. For a capture they get headers: IPv4 (RFC 791) with TCP (RFC 9293)
// or UDP (RFC 768), right enough that streams are followed and reassembled. Nothing here was on the wire.

/** DLMS/COSEM (IANA). */
export const DLMS_PORT = 4059

export interface Endpoint {
  /** Four octets. */
  readonly address: readonly number[]
  readonly port: number
}

type Direction = 'sent' | 'received'

/** A packet of the capture, IPv4 header first. */
export interface Packet {
  readonly direction: Direction
  readonly octets: Uint8Array
}

const FIN = 0x01
const SYN = 0x02
const RST = 0x04
const PSH = 0x08
const ACK = 0x10
/** Octets in a segment: what fits into Ethernet. */
const SEGMENT = 1460

/** `host:port` as endpoint where the host is an IPv4 address; else what is given in its place (RFC 5737 addresses are nobody's). */
export function endpoint(text: string | undefined, otherwise: Endpoint): Endpoint {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+):(\d+)$/.exec(text ?? '')
  const numbers = (found ?? []).slice(1).map(Number)
  const [a = 256, b = 256, c = 256, d = 256, port = 65536] = numbers
  const address = [a, b, c, d]
  return port > 65535 || address.some((octet) => octet > 255) ? otherwise : { address, port }
}

export function datagram(direction: Direction, tester: Endpoint, meter: Endpoint, data: Uint8Array): Packet {
  const [from, to] = direction === 'sent' ? [tester, meter] : [meter, tester]
  const udp = new Uint8Array(8 + data.length)
  const view = new DataView(udp.buffer)
  view.setUint16(0, from.port)
  view.setUint16(2, to.port)
  view.setUint16(4, udp.length)
  udp.set(data, 8)
  view.setUint16(6, checksum(pseudo(from, to, 17, udp)) || 0xffff)
  return { direction, octets: ip(from, to, 17, udp) }
}

/** One TCP connection as a capture shows it. */
export interface TcpStream {
  readonly open: () => readonly Packet[]
  readonly refused: () => readonly Packet[]
  readonly data: (direction: Direction, octets: Uint8Array) => readonly Packet[]
  readonly close: (direction: Direction) => readonly Packet[]
  readonly reset: (direction: Direction) => readonly Packet[]
}

export function tcpStream(tester: Endpoint, meter: Endpoint): TcpStream {
  const next = { sent: 0, received: 0 }
  const finished = { sent: false, received: false }
  let connected = false

  const segment = (direction: Direction, flags: number, data = new Uint8Array()): Packet => {
    const back = direction === 'sent' ? 'received' : 'sent'
    const [from, to] = direction === 'sent' ? [tester, meter] : [meter, tester]
    const tcp = new Uint8Array(20 + data.length)
    const view = new DataView(tcp.buffer)
    view.setUint16(0, from.port)
    view.setUint16(2, to.port)
    view.setUint32(4, next[direction])
    view.setUint32(8, flags & ACK ? next[back] : 0)
    view.setUint16(12, 0x5000 | flags)
    view.setUint16(14, 0xffff)
    tcp.set(data, 20)
    view.setUint16(16, checksum(pseudo(from, to, 6, tcp)))
    next[direction] += data.length + (flags & (SYN | FIN) ? 1 : 0)
    return { direction, octets: ip(from, to, 6, tcp) }
  }

  const open = (): readonly Packet[] => {
    if (connected) return []
    connected = true
    return [segment('sent', SYN), segment('received', SYN | ACK), segment('sent', ACK)]
  }

  return {
    open,
    refused: () => [segment('sent', SYN), segment('received', RST | ACK)],
    data(direction, octets) {
      const packets = [...open()]
      for (let at = 0; at < octets.length; at += SEGMENT) {
        packets.push(segment(direction, PSH | ACK, octets.slice(at, at + SEGMENT)))
      }
      return packets
    },
    close(direction) {
      if (finished[direction]) return []
      finished[direction] = true
      return [...open(), segment(direction, FIN | ACK), segment(direction === 'sent' ? 'received' : 'sent', ACK)]
    },
    reset: (direction) => [...open(), segment(direction, RST | ACK)],
  }
}

function ip(from: Endpoint, to: Endpoint, protocol: number, payload: Uint8Array): Uint8Array {
  const octets = new Uint8Array(20 + payload.length)
  const view = new DataView(octets.buffer)
  view.setUint8(0, 0x45)
  view.setUint16(2, octets.length)
  // Do not fragment.
  view.setUint16(6, 0x4000)
  view.setUint8(8, 64)
  view.setUint8(9, protocol)
  octets.set(from.address, 12)
  octets.set(to.address, 16)
  view.setUint16(10, checksum(octets.subarray(0, 20)))
  octets.set(payload, 20)
  return octets
}

function pseudo(from: Endpoint, to: Endpoint, protocol: number, payload: Uint8Array): Uint8Array {
  const length = payload.length
  return Uint8Array.from([...from.address, ...to.address, 0, protocol, (length >> 8) & 0xff, length & 0xff, ...payload])
}

/** Ones' complement of the ones' complement sum of 16-bit words (RFC 1071). */
function checksum(octets: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < octets.length; i += 2) sum += ((octets[i] ?? 0) << 8) | (octets[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}
