// Addresses as suites write them: hex of the octets, or `{upper, lower, octets}` where what is not said is the connection's own.
import { hex, type Value } from '../codec/value.ts'
import { addressOctets, readAddress, reserved, serverAddress, type HdlcAddress } from '../protocol/hdlc/address.ts'
import { isRecord } from '../protocol/json.ts'

const numberOr = (value: Value | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise
const sizeOr = (value: Value | undefined, otherwise: 1 | 2 | 4): 1 | 2 | 4 =>
  value === 1 || value === 2 || value === 4 ? value : otherwise

/** What is said of an address → its octets in hex. `own`: the address that the connection would use. */
export function addressHex(said: Value, own: Uint8Array): Value {
  if (typeof said === 'number') return hex(addressOctets(withParts(own, { upper: said })))
  if (!isRecord(said)) return said
  return hex(addressOctets(withParts(own, said)))
}

function withParts(own: Uint8Array, said: { readonly [name: string]: Value }): HdlcAddress {
  const known = readAddress(own) ?? { size: 4, upper: 0, lower: 0 }
  const size = sizeOr(said['octets'], known.size)
  return serverAddress(size, numberOr(said['upper'], known.upper), numberOr(said['lower'], known.lower ?? 0))
}

const ADDRESS = /\.(destination|source)-address$/
const NUMBER = /\.n-[sr]$/

/** Wrong values as the codecs want them: addresses whole, numbers of frames modulo 8. */
export const wrongFields = (
  wrong: Readonly<Record<string, Value>>,
  own: { readonly client: Uint8Array; readonly server: Uint8Array },
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(wrong).map(([path, value]) => {
      const [, end] = ADDRESS.exec(path) ?? []
      if (end !== undefined) return [path, addressHex(value, end === 'destination' ? own.server : own.client)]
      return [path, NUMBER.test(path) ? modulo(value) : value]
    }),
  )

/** Numbers of frames run modulo 8; a reference plus one may lead to 8. */
export const modulo = (value: Value): Value => (typeof value === 'number' ? ((value % 8) + 8) % 8 : value)

/** `$reserved`: the numbers and addresses with a meaning of their own, in this meter's size. */
export function reservedRoot(size: 1 | 2 | 4): Value {
  const named = (name: 'no-station' | 'calling-physical-device' | 'all-station'): number => reserved(name, size)
  const address = (upper: number, lower: number): string => hex(addressOctets(serverAddress(size, upper, lower)))
  return {
    upper: { 'no-station': named('no-station'), 'all-station': named('all-station') },
    lower: {
      'no-station': named('no-station'),
      calling: named('calling-physical-device'),
      'all-station': named('all-station'),
    },
    address: {
      'no-station': address(named('no-station'), named('no-station')),
      'all-station': address(named('all-station'), named('all-station')),
    },
  }
}
