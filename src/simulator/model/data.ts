// Short ways to write COSEM values, and to take apart what a client sends.
import type { Data } from '../../protocol/data/data.ts'

export const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })
export const text = (value: string): Data => octets(new TextEncoder().encode(value))
export const unsigned = (value: number): Data => ({ is: 'unsigned', value })
export const longUnsigned = (value: number): Data => ({ is: 'long-unsigned', value })
export const doubleLongUnsigned = (value: number): Data => ({ is: 'double-long-unsigned', value })
export const integer = (value: number): Data => ({ is: 'integer', value })
export const enumerated = (value: number): Data => ({ is: 'enum', value })
export const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
export const array = (value: readonly Data[]): Data => ({ is: 'array', value })
export const nothing: Data = { is: 'null-data' }

/** `0.0.1.0.0.255` → six octets. */
export const logicalName = (name: string): Uint8Array => Uint8Array.from(name.split('.'), Number)

/** The elements of an array. */
export const elementsOf = (value: Data | undefined): readonly Data[] | undefined =>
  value?.is === 'array' ? value.value : undefined

/** The fields of a structure of so many. */
export const fieldsOf = (value: Data | undefined, count: number): readonly Data[] | undefined =>
  value?.is === 'structure' && value.value.length === count ? value.value : undefined

/** A number of this type, and of no other. */
export const numberOf = (value: Data | undefined, type: Data['is']): number | undefined =>
  value?.is === type && 'value' in value && typeof value.value === 'number' ? value.value : undefined

/** A logical name in six octets. */
export const nameOf = (value: Data | undefined): string | undefined =>
  value?.is === 'octet-string' && value.value.length === 6 ? value.value.join('.') : undefined
