// Data (IEC 62056-5-3 clause 8.4, in A-XDR of IEC 61334-6): a tag and the value, as in every attribute of COSEM.
import { arm, choice, lazy, list, type Codec } from '../../codec/codec.ts'
import { compactArray, type CompactArray } from './compact-array.ts'
import { SIMPLE_TYPES } from './simple-types.ts'

/**
 * A COSEM value. 64-bit integers are decimal strings, bit-strings text of `0` and `1`, octet-strings and the three
 * time types octets, visible-strings one character an octet.
 */
export type Data =
  | { readonly is: 'null-data' | 'dont-care' }
  | { readonly is: 'array' | 'structure'; readonly value: readonly Data[] }
  | { readonly is: 'boolean'; readonly value: boolean }
  | {
      readonly is: 'bit-string' | 'visible-string' | 'utf8-string' | 'long64' | 'long64-unsigned'
      readonly value: string
    }
  | { readonly is: 'octet-string' | 'date-time' | 'date' | 'time'; readonly value: Uint8Array }
  | { readonly is: NumberType; readonly value: number }
  | { readonly is: 'compact-array'; readonly value: CompactArray }

type NumberType =
  | 'double-long'
  | 'double-long-unsigned'
  | 'bcd'
  | 'integer'
  | 'long'
  | 'unsigned'
  | 'long-unsigned'
  | 'enum'
  | 'float32'
  | 'float64'
  | 'delta-integer'
  | 'delta-long'
  | 'delta-double-long'
  | 'delta-unsigned'
  | 'delta-long-unsigned'
  | 'delta-double-long-unsigned'

/** Data with its tag. In a path the type may be left out: `data[2].tag` is the tag of the second element. */
export const data: Codec<Data> = choice(
  {
    ...SIMPLE_TYPES,
    array: arm(1, list(lazy(() => data))),
    structure: arm(2, list(lazy(() => data))),
    'compact-array': arm(19, compactArray),
  },
  'through',
)
