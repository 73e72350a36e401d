// Frame check sequence of ISO/IEC 13239 (CRC-16/X-25): x^16+x^12+x^5+1, reflected, all ones at the start, complemented at the end.

const POLYNOMIAL = 0x8408

const TABLE = Uint16Array.from({ length: 256 }, (_, octet) => {
  let register = octet
  for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ POLYNOMIAL : register >> 1
  return register
})

/** Check sequence over `octets[from..to)` as a 16-bit number. */
function fcs16(octets: Uint8Array, from = 0, to = octets.length): number {
  let register = 0xffff
  for (let at = from; at < to; at++) register = (register >> 8) ^ (TABLE[(register ^ (octets[at] ?? 0)) & 0xff] ?? 0)
  return register ^ 0xffff
}

/** The check sequence as it is sent: low octet first. */
export function fcsOctets(octets: Uint8Array, from = 0, to = octets.length): Uint8Array {
  const value = fcs16(octets, from, to)
  return Uint8Array.of(value & 0xff, value >> 8)
}
