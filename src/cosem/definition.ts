// How an interface class is written down (IEC 62056-6-2 clause 4): attributes and methods in their order, and the type of each.
import type { SimpleType } from '../protocol/data/simple-types.ts'

/**
 * How sure the tables are. High: the same in all editions. Medium: ids and types are known; fields, numbers, ranges or
 * the step from one version to the next are not confirmed. Low: known in part. What contradicts anything but `high` is
 * never more than a remark (ruling G18).
 */
export type Confidence = 'high' | 'medium' | 'low'

/** Octet-strings that hold something else. */
export type Format = 'logical-name' | 'date-time' | 'date' | 'time'

/** Inclusive. */
export type Limits = readonly [least: number, most: number]
type Names = Readonly<Record<number, string>>

/** A type that is told by its tag alone, and what the class says beyond the tag. */
export interface SimpleSpec {
  readonly is: SimpleType | 'compact-array'
  /** Octets; bits of a bit-string. */
  readonly size?: Limits
  readonly range?: Limits
  /** What the numbers of an enum mean. None: they are not known here. */
  readonly values?: Names
  /** Numbers that `values` leaves to others. */
  readonly others?: readonly (readonly [...Limits, string])[]
  /** Bit 0 is the least significant of a number, the first of a bit-string. */
  readonly bits?: Names
  readonly format?: Format
  /** Types that meters are known to send in its place. */
  readonly also?: readonly SimpleType[]
}

export interface Field {
  readonly name: string
  readonly type: TypeSpec
}

export type TypeSpec =
  | { readonly is: 'instance-specific' }
  /** Empty: not known here. */
  | { readonly is: 'choice'; readonly of: readonly TypeSpec[] }
  | { readonly is: 'array'; readonly items: TypeSpec }
  /** Empty: not known here. */
  | { readonly is: 'structure'; readonly fields: readonly Field[] }
  | SimpleSpec

export interface AttributeDefinition {
  readonly id: number
  readonly name: string
  /** Set by configuration, not by what is metered. */
  readonly static: boolean
  readonly mandatory: boolean
  readonly type: TypeSpec
}

export interface MethodDefinition {
  readonly id: number
  readonly name: string
  readonly mandatory: boolean
  readonly parameter?: TypeSpec
}

export interface SelectiveAccess {
  readonly attribute: number
  readonly selector: number
  readonly name: string
  readonly parameter: TypeSpec
}

export interface InterfaceClass {
  readonly classId: number
  readonly version: number
  readonly name: string
  readonly confidence: Confidence
  /** There are more attributes than are listed. */
  readonly incomplete?: true
  readonly attributes: readonly AttributeDefinition[]
  readonly methods: readonly MethodDefinition[]
  /** From the base name to the short name of method 1. */
  readonly snMethodOffset?: number
  readonly selectiveAccess: readonly SelectiveAccess[]
}

export const instanceSpecific: TypeSpec = { is: 'instance-specific' }
export const nullData: SimpleSpec = { is: 'null-data' }
export const boolean: SimpleSpec = { is: 'boolean' }
export const bitString: SimpleSpec = { is: 'bit-string' }
export const doubleLong: SimpleSpec = { is: 'double-long' }
export const doubleLongUnsigned: SimpleSpec = { is: 'double-long-unsigned' }
export const octetString: SimpleSpec = { is: 'octet-string' }
export const visibleString: SimpleSpec = { is: 'visible-string' }
export const utf8String: SimpleSpec = { is: 'utf8-string' }
export const bcd: SimpleSpec = { is: 'bcd' }
export const integer: SimpleSpec = { is: 'integer' }
export const long: SimpleSpec = { is: 'long' }
export const unsigned: SimpleSpec = { is: 'unsigned' }
export const longUnsigned: SimpleSpec = { is: 'long-unsigned' }
export const compactArray: SimpleSpec = { is: 'compact-array' }
export const long64: SimpleSpec = { is: 'long64' }
export const long64Unsigned: SimpleSpec = { is: 'long64-unsigned' }
export const float32: SimpleSpec = { is: 'float32' }
export const float64: SimpleSpec = { is: 'float64' }
export const taggedDateTime: SimpleSpec = { is: 'date-time' }
export const taggedDate: SimpleSpec = { is: 'date' }
export const taggedTime: SimpleSpec = { is: 'time' }

export const octets = (least: number, most = least): SimpleSpec => ({ is: 'octet-string', size: [least, most] })
export const bits = (count: number): SimpleSpec => ({ is: 'bit-string', size: [count, count] })
export const logicalName: SimpleSpec = { ...octets(6), format: 'logical-name' }
export const dateTime: SimpleSpec = { ...octets(12), format: 'date-time' }
export const date: SimpleSpec = { ...octets(5), format: 'date' }
export const time: SimpleSpec = { ...octets(4), format: 'time' }

export const within = (type: SimpleSpec, least: number, most: number): SimpleSpec => ({ ...type, range: [least, most] })
export const named = (type: SimpleSpec, values: Names): SimpleSpec => ({ ...type, values })
export const enumerated = (values: Names, ...others: readonly (readonly [...Limits, string])[]): SimpleSpec => ({
  is: 'enum',
  values,
  others,
})
export const flags = (type: 'enum' | 'unsigned' | 'bit-string', meanings: Names, size?: number): SimpleSpec => ({
  is: type,
  bits: meanings,
  ...(size === undefined ? {} : { size: [size, size] }),
})
export const tolerating = (type: SimpleSpec, ...also: readonly SimpleType[]): SimpleSpec => ({ ...type, also })

export const choice = (...of: readonly TypeSpec[]): TypeSpec => ({ is: 'choice', of })
export const array = (items: TypeSpec): TypeSpec => ({ is: 'array', items })
export const structure = (fields: Readonly<Record<string, TypeSpec>>): TypeSpec => ({
  is: 'structure',
  fields: Object.entries(fields).map(([name, type]) => ({ name, type })),
})

/** An attribute or method and what its class says of it; a bare type is a static attribute, or a mandatory method. */
interface Row {
  readonly type: TypeSpec
  readonly dynamic?: true
  readonly optional?: true
  readonly id?: number
}
type Rows = Readonly<Record<string, TypeSpec | Row>>
const row = (written: TypeSpec | Row): Row => ('is' in written ? { type: written } : written)

export const dynamic = (type: TypeSpec): Row => ({ type, dynamic: true })
export const optional = (written: TypeSpec | Row): Row => ({ ...row(written), optional: true })
/** A method whose number does not follow from the one before: those between are reserved from earlier versions. */
export const at = (id: number, written: TypeSpec | Row): Row => ({ ...row(written), id })

interface Definition {
  readonly attributes: Rows
  readonly methods?: Rows
  readonly snMethodOffset?: number
  readonly selectiveAccess?: readonly SelectiveAccess[]
  readonly incomplete?: true
}

/** A class. Attribute 1 is the logical name in every one, and the others are numbered on from it. */
export function defined(
  classId: number,
  version: number,
  name: string,
  confidence: Confidence,
  { attributes, methods = {}, selectiveAccess = [], ...more }: Definition,
): InterfaceClass {
  return {
    classId,
    version,
    name,
    confidence,
    attributes: numbered({ logical_name: logicalName, ...attributes }).map(({ id, name, row }) => ({
      id,
      name,
      static: row.dynamic !== true,
      mandatory: row.optional !== true,
      type: row.type,
    })),
    methods: numbered(methods).map(({ id, name, row }) => ({
      id,
      name,
      mandatory: row.optional !== true,
      parameter: row.type,
    })),
    selectiveAccess,
    ...more,
  }
}

function numbered(rows: Rows): readonly { readonly id: number; readonly name: string; readonly row: Row }[] {
  let last = 0
  return Object.entries(rows).map(([name, written]) => {
    const one = row(written)
    last = one.id ?? last + 1
    return { id: last, name, row: one }
  })
}
