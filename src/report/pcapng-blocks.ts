// The three blocks of draft-ietf-opsawg-pcapng that a capture needs. Little-endian; each block and option is padded to 4 octets.

/** Link types: https://www.tcpdump.org/linktypes.html */
export const USER0 = 147
export const RAW_IP = 101

type Option = readonly [code: number, value: Uint8Array]

const COMMENT = 1
/** Length of an option's value is a 16-bit number. */
const LONGEST = 65_000

/** The section header: what made the file. */
export function sectionHeader(application: string): Uint8Array {
  const body = new Uint8Array(16)
  const view = new DataView(body.buffer)
  view.setUint32(0, 0x1a2b3c4d, true)
  view.setUint16(4, 1, true)
  // Section length: not specified.
  view.setBigInt64(8, -1n, true)
  return block(0x0a0d0d0a, body, [[4, utf8(application)]])
}

/** An interface; times of its packets are in microseconds. */
export function interfaceDescription(linkType: number, name: string, description: string): Uint8Array {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setUint16(0, linkType, true)
  return block(1, body, [
    [2, utf8(name)],
    [3, utf8(description)],
    [9, Uint8Array.of(6)],
  ])
}

/** A packet. `at`: milliseconds since 1970. */
export function enhancedPacket(packet: {
  readonly interface: number
  readonly at: number
  readonly octets: Uint8Array
  readonly direction: 'sent' | 'received'
  readonly comment?: string | undefined
}): Uint8Array {
  const { octets, comment } = packet
  const micros = BigInt(Math.round(packet.at * 1000))
  const body = new Uint8Array(20 + padded(octets.length))
  const view = new DataView(body.buffer)
  view.setUint32(0, packet.interface, true)
  view.setUint32(4, Number(micros >> 32n), true)
  view.setUint32(8, Number(micros & 0xffff_ffffn), true)
  view.setUint32(12, octets.length, true)
  view.setUint32(16, octets.length, true)
  body.set(octets, 20)
  // epb_flags: bits 0 and 1 are 01 inbound, 10 outbound.
  const flags = Uint8Array.of(packet.direction === 'received' ? 1 : 2, 0, 0, 0)
  return block(6, body, [...(comment === undefined ? [] : [[COMMENT, utf8(comment)] as const]), [2, flags]])
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const size = options.reduce((sum, [, value]) => sum + 4 + padded(value.length), 0) + 4
  const total = 12 + body.length + size
  const octets = new Uint8Array(total)
  const view = new DataView(octets.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, total, true)
  octets.set(body, 8)
  let at = 8 + body.length
  for (const [code, value] of options) {
    view.setUint16(at, code, true)
    view.setUint16(at + 2, value.length, true)
    octets.set(value, at + 4)
    at += 4 + padded(value.length)
  }
  view.setUint32(total - 4, total, true)
  return octets
}

const padded = (length: number): number => Math.ceil(length / 4) * 4

/** Text as UTF-8, cut before a character where it is too long for an option. */
function utf8(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text)
  if (octets.length <= LONGEST) return octets
  let end = LONGEST
  while (((octets[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return octets.subarray(0, end)
}
