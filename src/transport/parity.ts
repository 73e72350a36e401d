import { addParity } from '../protocol/sign-on/parity.ts'

/**
 * Characters at 7E1 ↔ the octets that pass on an 8-bit channel: on the wire seven bits and an even parity bit look just like eight data bits.
 * In a character bit 7 says "parity wrong", on the channel it makes the number of ones even or odd: the same function does both ways.
 */
export function withParity(octets: Uint8Array): Uint8Array {
  const even = addParity(octets)
  return octets.map((octet, at) => (even[at] ?? 0) ^ (octet & 0x80))
}
