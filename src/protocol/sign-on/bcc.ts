// Block check character of IEC 62056-21 6.3.12: exclusive or, seven bits, of all that follows the first SOH or STX, ETX or EOT included.

/** Over `octets[from..to)`. */
export function bcc(octets: Uint8Array, from = 0, to = octets.length): number {
  let sum = 0
  for (let at = from; at < to; at++) sum ^= octets[at] ?? 0
  return sum & 0x7f
}
