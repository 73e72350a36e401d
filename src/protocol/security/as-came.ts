// What is authenticated or signed in the form that it came in (ruling G15): a length may have more octets than it needs.
import { octetString } from '../../codec/codec.ts'
import { Source } from '../../codec/source.ts'

/** The first OCTET STRINGs behind the tag of an APDU that can be read, each with its length. */
export function octetStringsIn(apdu: Uint8Array, count: number): Uint8Array {
  const from = new Source(apdu)
  from.u8()
  for (let n = 0; n < count; n++) octetString.read(from)
  return apdu.subarray(1, from.at)
}
