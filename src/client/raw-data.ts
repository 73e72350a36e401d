// What blocks hold, put together → a value; and a long value → what each block holds.
import { decode, type Codec } from '../codec/codec.ts'
import type { Session } from './session.ts'
import { broken, type Irregularity, type ServiceOutcome } from './service-outcome.ts'

/** The raw data of all blocks as what they should be. `more`: what is irregular about the transfer besides. */
export function contentsAs<T>(
  codec: Codec<T>,
  outcome: ServiceOutcome<Uint8Array>,
  more: (raw: Uint8Array, blocks: number) => readonly Irregularity[],
): ServiceOutcome<T> {
  if (outcome.is !== 'done') return outcome
  const { value: raw } = outcome
  const transfer = {
    ...outcome.transfer,
    irregular: [...outcome.transfer.irregular, ...more(raw, outcome.transfer.blocks)],
  }
  const read = decode(codec, raw)
  if (read.ok) return { is: 'done', value: read.value, transfer }
  const { at, expected, found } = read.failure
  return broken(
    { rule: 'block-contents', expected: `${expected} at octet ${at} of the raw data`, found: `${found}` },
    transfer,
  )
}

/**
 * Cuts the raw data of a long request so that every APDU fits. `first`, `later`: octets of such an APDU around its raw data, the length of the
 * raw data left out. Undefined: not one octet has room.
 */
export function cutFor(
  { agreed, blockOctets = Infinity }: Session,
  raw: Uint8Array,
  around: { readonly first: number; readonly later: number },
): readonly Uint8Array[] | undefined {
  const limit = limitOf(agreed?.serverMaxReceivePduSize)
  const first = Math.min(blockOctets, room(limit - around.first))
  const later = Math.min(blockOctets, room(limit - around.later))
  if (first < 1 || later < 1) return undefined
  const blocks = [raw.subarray(0, first)]
  for (let at = first; at < raw.length; at += later) blocks.push(raw.subarray(at, at + later))
  return blocks
}

/** Does a request of so many octets go in one APDU? */
export const fitsInOne = ({ agreed, blockOctets }: Session, octets: number): boolean =>
  blockOctets === undefined && octets <= limitOf(agreed?.serverMaxReceivePduSize)

const limitOf = (size = 0): number => (size === 0 ? Infinity : size)

/** The longest OCTET STRING that is, with its length in front, no longer than this. */
function room(octets: number): number {
  if (octets <= 0x80) return octets - 1
  if (octets <= 0x101) return Math.max(0x7f, octets - 2)
  return octets <= 0x10002 ? Math.max(0xff, octets - 3) : octets - 4
}
