// How Data protection names attributes and methods of other objects (IEC 62056-6-2, Data protection, protection_object_list).
import type { Data } from '../../protocol/data/data.ts'

export interface Named {
  readonly 'class-id': number
  readonly 'instance-id': string
}

export const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })

/** Indices are signed. */
export const reference = ({ 'class-id': classId, 'instance-id': name }: Named, id: number): readonly Data[] => [
  { is: 'long-unsigned', value: classId },
  { is: 'octet-string', value: Uint8Array.from(name.split('.'), Number) },
  { is: 'integer', value: (id << 24) >> 24 },
]

const WHOLE: Data = { is: 'long-unsigned', value: 0 }
const NO_RESTRICTION = structure({ is: 'enum', value: 0 }, { is: 'null-data' })

/** Attributes, all of each. */
export const listOf = (...attributes: readonly (Named & { readonly 'attribute-id': number })[]): Data => ({
  is: 'array',
  value: attributes.map((each) => structure(...reference(each, each['attribute-id']), WHOLE, NO_RESTRICTION)),
})
