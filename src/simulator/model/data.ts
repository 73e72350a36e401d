// Short ways to write COSEM values.
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
