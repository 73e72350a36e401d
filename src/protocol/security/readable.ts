// What of a protected APDU can be read without a key: authenticated only, or signed. By tags and places alone.
import { TAG_OCTETS } from './aes-gcm.ts'
import { securityControlOf } from './security-control.ts'

export interface Readable {
  readonly from: number
  readonly to: number
}

/** Where the APDU beneath stands. Undefined: it is encrypted or compressed, or the APDU is not protected. */
export function readableIn(octets: Uint8Array): Readable | undefined {
  const [tag = 0] = octets
  if (SPECIFIC.has(tag)) return inContent(octets, 1)
  switch (tag) {
    case 0xdb:
    case 0xdc:
      return inContent(octets, behindString(octets, 1))
    case 0xdd:
      return inContent(octets, behindKeyInfo(octets, behindHeader(octets)))
    case 0xdf: {
      const at = behindHeader(octets)
      return { from: contentsAt(octets, at), to: Math.min(octets.length, behindString(octets, at)) }
    }
    default:
      return undefined
  }
}

/** Tags of the service-specific forms, with global and with dedicated keys. */
const SPECIFIC: ReadonlySet<number> = new Set([
  ...[0x21, 0x25, 0x26, 0x28, 0x2c, 0x2d, 0x2e, 0x36, 0x38],
  ...[0x41, 0x45, 0x46, 0x48, 0x4c, 0x4d, 0x4e, 0x56, 0x58],
  ...[0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd7],
])

/** The security control and the invocation counter. */
const BEFORE = 5

/** `at`: of the length before the security control. */
function inContent(octets: Uint8Array, at: number): Readable | undefined {
  const control = contentsAt(octets, at)
  const octet = octets[control]
  if (octet === undefined) return undefined
  const { encryption, compression, authentication } = securityControlOf(octet)
  if (encryption || compression) return undefined
  const end = Math.min(octets.length, behindString(octets, at))
  return { from: control + BEFORE, to: Math.max(control + BEFORE, end - (authentication ? TAG_OCTETS : 0)) }
}

/** transaction-id, both system titles, date-time, other-information. */
const HEADER_FIELDS = 5

function behindHeader(octets: Uint8Array): number {
  let at = 1
  for (let n = 0; n < HEADER_FIELDS; n++) at = behindString(octets, at)
  return at
}

/** key-info is optional: a key that is identified, one that comes wrapped, or one that is agreed. */
function behindKeyInfo(octets: Uint8Array, at: number): number {
  if (octets[at] === 0) return at + 1
  switch (octets[at + 1]) {
    case 0:
      return at + 3
    case 1:
      return behindString(octets, at + 3)
    default:
      return behindString(octets, behindString(octets, at + 2))
  }
}

const isLong = (length: number): boolean => length > 0x80 && length < 0x88

/** Behind the octets of a length. */
function contentsAt(octets: Uint8Array, at: number): number {
  const length = octets[at] ?? 0
  return at + 1 + (isLong(length) ? length & 0x7f : 0)
}

function behindString(octets: Uint8Array, at: number): number {
  const [length = 0] = octets.subarray(at)
  const from = contentsAt(octets, at)
  if (!isLong(length)) return from + length
  return from + octets.subarray(at + 1, from).reduce((sum, octet) => sum * 256 + octet, 0)
}
