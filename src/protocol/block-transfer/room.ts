import { lengthOctets } from '../../codec/length.ts'

/**
 * The longest OCTET STRING that fits in an APDU of at most `maximum` octets (0: of any size), where all but the string and its length takes
 * `around` octets. Less than 1: none.
 */
export function roomWithin(maximum: number, around: number): number {
  if (maximum === 0) return Number.MAX_SAFE_INTEGER
  for (let width = 1; ; width++) {
    const room = maximum - around - width
    if (lengthOctets(room).length <= width) return room
  }
}
