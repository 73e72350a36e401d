import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { decodeObjectList } from '../object-list/decode.ts'
import { fails, PASS } from './exchange.ts'

/** object_list names an access selector of some attribute. */
export function listsASelector(value: Value): Checked {
  const read = fromJson(data, value)
  const list = read.ok ? decodeObjectList(read.value) : undefined
  if (!list?.ok) return fails('an object_list', JSON.stringify(value).slice(0, 80))
  const listed = list.value.some(({ attributes }) => attributes.some(({ selectors = [] }) => selectors.length > 0))
  return listed ? PASS : fails('an attribute with access_selectors', `none among ${list.value.length} objects`)
}
