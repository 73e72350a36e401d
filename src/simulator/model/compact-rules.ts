// What a Compact data object makes of what it captures (IEC 62056-6-2, class 62).
import { encode } from '../../codec/codec.ts'
import { typeDescription, type TypeDescription } from '../../protocol/data/compact-array.ts'
import { contentsOf } from '../../protocol/data/compact-writing.ts'
import type { Data } from '../../protocol/data/data.ts'

export interface CompactDataRules {
  /** template_description. */
  readonly template: (description: TypeDescription) => Uint8Array
  /** compact_buffer, of a structure of all that is captured. */
  readonly contents: (captured: Data) => Uint8Array
  /** Whether the method capture does what it says. */
  readonly captures: boolean
}

export const conformantCompactData: CompactDataRules = {
  template: (description) => encode(typeDescription, description),
  contents: contentsOf,
  captures: true,
}
