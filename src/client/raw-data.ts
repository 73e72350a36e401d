// What blocks hold, put together → a value; and which requests need blocks.
import { decode, type Codec } from '../codec/codec.ts'
import { broken, type Irregularity, type ServiceOutcome } from './service-outcome.ts'
import type { Session } from './session.ts'

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
  return broken({ rule: 'block-contents', expected: `${expected} at octet ${at} of the raw data`, found }, transfer)
}

/** Does a request of so many octets go in one APDU? */
export function fitsInOne({ agreed, blockOctets }: Session, octets: number): boolean {
  const size = agreed?.serverMaxReceivePduSize ?? 0
  return blockOctets === undefined && (size === 0 || octets <= size)
}
