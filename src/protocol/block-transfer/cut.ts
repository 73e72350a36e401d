import { fail, ok, type Result } from '../../codec/value.ts'
import type { CutFailure, Datablock } from './datablock.ts'

export interface Rooms {
  /** Octets of raw data in the first block, whose APDU may name the attributes or methods. */
  readonly first: number
  readonly others: number
  /** The highest block number there is: 16 bits with short names, else 32. */
  readonly most?: number
}

/** Raw data → blocks, each but the last full. */
export function cut(
  raw: Uint8Array,
  { first, others, most = 0xffffffff }: Rooms,
): Result<readonly Datablock[], CutFailure> {
  if (first < 1 || (raw.length > first && others < 1))
    return fail({ is: 'no-room', expected: 'room for an octet', found: `${Math.min(first, others)}` })
  const count = 1 + Math.ceil(Math.max(0, raw.length - first) / Math.max(1, others))
  if (count > most) return fail({ is: 'too-many-blocks', expected: `at most ${most} blocks`, found: `${count}` })
  return ok(
    Array.from({ length: count }, (_, index) => ({
      'last-block': index === count - 1,
      'block-number': index + 1,
      'raw-data':
        index === 0 ? raw.subarray(0, first) : raw.subarray(first + (index - 1) * others, first + index * others),
    })),
  )
}
