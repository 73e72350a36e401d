// A valid message made so long: what fills it is a field that a server has to pass over.
import { encode } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import type { JsonRecord } from '../../protocol/json.ts'
import type { Message } from '../../protocol/messages.ts'

/**
 * Octets of an APDU of exactly `length` octets; undefined where it cannot be made. A longer one is cut. Unused fields of an AARQ fill it; behind other APDUs come zeros, and
 * behind an AARQ where the shortest lengths allow none so long (130 and 259 octets).
 */
export function filled(message: Message, said: JsonRecord, length: number): Uint8Array | undefined {
  const plain = octetsOf(message, said)
  if (plain === undefined) return undefined
  if (plain.length >= length) return plain.subarray(0, length)
  const whole = message.name === 'aarq' ? filledAarq(message, said, length) : undefined
  return whole ?? concat([plain, new Uint8Array(length - plain.length)])
}

/** Lengths are coded in one, two or three octets: where one field skips the length wanted, another shifts it. */
const SHIFTS: readonly JsonRecord[] = [
  {},
  { 'calling-AP-invocation-id': 1 },
  { 'calling-AE-qualifier': '00' },
  { 'called-AE-qualifier': '0000' },
]

function filledAarq(message: Message, said: JsonRecord, length: number): Uint8Array | undefined {
  for (const shift of SHIFTS) {
    const base = octetsOf(message, { ...said, ...shift })
    if (base === undefined) continue
    for (let count = Math.max(0, length - base.length - 8); count <= length - base.length; count++) {
      const octets = octetsOf(message, { ...said, ...shift, 'implementation-information': '00'.repeat(count) })
      if (octets?.length === length) return octets
    }
  }
  return undefined
}

function octetsOf(message: Message, said: JsonRecord): Uint8Array | undefined {
  const value = message.from(message.canonical(said))
  return value.ok ? encode(message.codec, value.value) : undefined
}
