// Length and count fields have one form in BER (X.690 8.1.3) and A-XDR (IEC 61334-6 6.10): 00..7F, or 8n and n octets.
import type { Source } from './source.ts'

/** The shortest form of a length or count. */
export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  if (length < 0x100) return Uint8Array.of(0x81, length)
  if (length < 0x10000) return Uint8Array.of(0x82, length >> 8, length)
  if (length < 0x1000000) return Uint8Array.of(0x83, length >> 16, length >> 8, length)
  return Uint8Array.of(0x84, length >>> 24, length >> 16, length >> 8, length)
}

/** Reads a length; longer forms than the shortest are taken and noted (G15). */
export function readLength(from: Source): number {
  const at = from.at
  const first = from.u8()
  return first < 0x80 ? first : readLongLength(from, at, first)
}

function readLongLength(from: Source, at: number, first: number): number {
  const count = first & 0x7f
  if (count === 0 || count > 4) from.fail('length', at, 'a length of at most 4 octets', hexOctet(first))
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + from.u8()
  if (lengthOctets(length).length !== count + 1)
    from.note('form', at, 'the shortest form', `${count + 1} octets for ${length}`)
  return length
}

export const hexOctet = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0')
