import type { Value } from './value.ts'

/**
 * The shape of a codec as data: which named fields there are, in which order, how large where that is fixed.
 * A path and an operator of a suite are checked against it at load time, without a value.
 */
export type Shape =
  | {
      readonly is: 'integer'
      readonly size: number
      readonly signed?: true
      readonly names?: Readonly<Record<string, number>>
      /** Not a JSON number: true and false, or decimal text for 64 bits. */
      readonly as?: 'boolean' | 'decimal'
    }
  /** A run of octets, `size` of them where that is fixed. Their value is octets unless `as` says otherwise. */
  | { readonly is: 'octets'; readonly size?: number; readonly as?: 'text' | 'float' | 'unsigned' | 'bits' | Notation }
  | { readonly is: 'constant'; readonly size: number; readonly octets: string }
  /** The value is a record, or `as: 'names'` the list of the names whose bit is set. */
  | { readonly is: 'bits'; readonly size: number; readonly fields: readonly BitField[]; readonly as?: 'names' }
  /** The value is a record of the fields; with `value`, it is the value of that field alone (the contents of a TLV). */
  | { readonly is: 'sequence'; readonly fields: readonly Field[]; readonly value?: string; readonly default?: Value }
  /** Elements are named `[1]`, `[2]` … */
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'choice'; readonly arms: readonly Field[] }
  | { readonly is: 'lazy'; readonly of: () => Shape }

/** Octets that have a notation of their own, as text: what it looks like, and a pattern that all of it matches. */
interface Notation {
  readonly notation: string
  readonly pattern: string
}

/**
 * `field` must be named in a path; `through` may be left out (the contents of a TLV); `group` is a span of consecutive
 * fields of one sequence, and may be left out too.
 */
export type Kind = 'field' | 'through' | 'group'

export interface Field {
  readonly name: string
  readonly shape: Shape
  readonly kind: Kind
  readonly optional?: true
  /** It has no value: fixed octets, or octets that follow from others. */
  readonly silent?: true
  /** Its octets follow from others: a length, a count, a check sequence. */
  readonly derived?: true
}

/** A group of bits in a word of `size` octets, most significant octet first. */
export interface BitField {
  readonly name: string
  readonly mask: number
  readonly flag?: true
}

/** The size in octets if every value of this shape has the same. */
export function fixedSize(shape: Shape): number | undefined {
  switch (shape.is) {
    case 'integer':
    case 'octets':
    case 'constant':
    case 'bits':
      return shape.size
    case 'sequence': {
      let total = 0
      for (const field of shape.fields) {
        const size = field.optional ? undefined : fixedSize(field.shape)
        if (size === undefined) return undefined
        total += size
      }
      return total
    }
    case 'list':
    case 'choice':
    case 'lazy':
      return undefined
    default:
      return shape satisfies never
  }
}

/** The fields directly below a shape. */
export function fieldsOf(shape: Shape): readonly Field[] {
  switch (shape.is) {
    case 'sequence':
      return shape.fields
    case 'choice':
      return shape.arms
    case 'list':
      return [{ name: '[n]', shape: shape.of, kind: 'field' }]
    case 'lazy':
      return fieldsOf(shape.of())
    case 'integer':
    case 'octets':
    case 'constant':
    case 'bits':
      return []
    default:
      return shape satisfies never
  }
}
