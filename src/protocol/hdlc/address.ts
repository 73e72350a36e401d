// Addresses of IEC 62056-46 6.4.2: seven bits an octet, high part first, bit 0 = 1 in the last octet.

/** A client has `upper` alone in one octet. A server has an upper address (logical device) and, in 2 or 4 octets, a lower one (physical device). */
export interface HdlcAddress {
  readonly size: 1 | 2 | 4
  readonly upper: number
  /** Absent in one octet. */
  readonly lower?: number
}

/** More octets than this without an end are no address of any length. */
const LONGEST = 8

/** Address → octets; the parts are taken modulo their width. */
export function addressOctets(address: HdlcAddress): Uint8Array {
  const { size, upper, lower = 0 } = address
  if (size === 1) return Uint8Array.of(((upper & 0x7f) << 1) | 1)
  if (size === 2) return Uint8Array.of((upper & 0x7f) << 1, ((lower & 0x7f) << 1) | 1)
  return Uint8Array.of(
    ((upper >> 7) & 0x7f) << 1,
    (upper & 0x7f) << 1,
    ((lower >> 7) & 0x7f) << 1,
    ((lower & 0x7f) << 1) | 1,
  )
}

/** Octets of one whole address field → address; undefined for lengths that Table 5 does not know, or where bit 0 ends the field elsewhere. */
export function readAddress(octets: Uint8Array): HdlcAddress | undefined {
  if (addressLength(octets, 0) !== octets.length) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = octets
  if (octets.length === 1) return { size: 1, upper: a >> 1 }
  if (octets.length === 2) return { size: 2, upper: a >> 1, lower: b >> 1 }
  if (octets.length === 4) return { size: 4, upper: ((a >> 1) << 7) | (b >> 1), lower: ((c >> 1) << 7) | (d >> 1) }
  return undefined
}

/** How many octets the address field at `at` has, told by bit 0; 0 if it does not end before `to`. */
export function addressLength(octets: Uint8Array, at: number, to = octets.length): number {
  const end = Math.min(to, at + LONGEST)
  for (let i = at; i < end; i++) if ((octets[i] ?? 0) & 1) return i - at + 1
  return 0
}

/** `{upper: 1, lower: 17}` in the size given: how a declaration becomes an address. In one octet the lower part has no place. */
export const serverAddress = (size: 1 | 2 | 4, upper: number, lower = 0): HdlcAddress =>
  size === 1 ? { size, upper } : { size, upper, lower }

export const clientAddress = (client: number): HdlcAddress => ({ size: 1, upper: client })

/** Addresses of IEC 62056-46 6.4.2.3 with a meaning of their own; in four octets each half has fourteen bits. */
const reservedAddresses = {
  'no-station': { short: 0x00, long: 0x0000 },
  'client-management-process': { short: 0x01, long: 0x0001 },
  'management-logical-device': { short: 0x01, long: 0x0001 },
  'public-client': { short: 0x10, long: 0x0010 },
  'calling-physical-device': { short: 0x7e, long: 0x3ffe },
  'all-station': { short: 0x7f, long: 0x3fff },
} as const

export type ReservedAddress = keyof typeof reservedAddresses

/** The number of a reserved address in a field of this size. */
export const reserved = (name: ReservedAddress, size: 1 | 2 | 4): number =>
  size === 4 ? reservedAddresses[name].long : reservedAddresses[name].short

/** True for an address that no station answers from: broadcast in its upper or lower part. */
export const isAllStation = ({ size, upper, lower }: HdlcAddress): boolean =>
  upper === reserved('all-station', size) || lower === reserved('all-station', size)
