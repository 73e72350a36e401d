import {
  arm,
  choice,
  lazy,
  list,
  nothing,
  octetString,
  sequence,
  u16,
  type Arm,
  type Codec,
} from '../../codec/codec.ts'
import { SIMPLE_TYPES, type SimpleType } from './simple-types.ts'

/** An array whose elements share one type, which is told once. The elements are octets until `compactElements` reads them. */
export interface CompactArray {
  readonly 'contents-description': TypeDescription
  readonly 'array-contents': Uint8Array
}

/** A type without a value. */
export type TypeDescription =
  | { readonly is: SimpleType }
  | { readonly is: 'structure'; readonly value: readonly TypeDescription[] }
  | { readonly is: 'array'; readonly value: ArrayDescription }

interface ArrayDescription {
  readonly 'number-of-elements': number
  readonly 'type-description': TypeDescription
}

const described: Codec<TypeDescription> = lazy(() => typeDescription)

/** The tags of Data without what follows them. */
const tagsOnly = Object.fromEntries(
  Object.entries(SIMPLE_TYPES).map(([name, { tag }]) => [name, arm(tag, nothing)]),
) as { readonly [K in SimpleType]: Arm<undefined> }

/** A type by its tags: what array-contents, or the buffer of a Compact data object, are read by. */
export const typeDescription: Codec<TypeDescription> = choice(
  {
    ...tagsOnly,
    array: arm(1, sequence({ 'number-of-elements': u16, 'type-description': described })),
    structure: arm(2, list(described)),
  },
  'through',
)

export const compactArray: Codec<CompactArray> = sequence({
  'contents-description': typeDescription,
  'array-contents': octetString,
})
