import { fromJson } from '../../codec/codec.ts'
import type { Result, Value } from '../../codec/value.ts'
import type { ListedObject } from '../../engine/events.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { decodeObjectList } from '../object-list/decode.ts'
import { decodeRightsList } from '../object-list/decode-sn.ts'
import { fails, PASS } from './exchange.ts'

/** object_list of Association LN, or access_rights_list of Association SN, names an access selector of some attribute. */
export function listsASelector(value: Value): Checked {
  const read = fromJson(data, value)
  const list = read.ok ? rightsIn(read.value) : undefined
  if (!list?.ok) return fails('an object_list or access_rights_list', JSON.stringify(value).slice(0, 80))
  const listed = list.value.some(({ attributes }) => attributes.some(({ selectors = [] }) => selectors.length > 0))
  return listed ? PASS : fails('an attribute with access_selectors', `none among ${list.value.length} objects`)
}

function rightsIn(list: Data): Result<readonly Pick<ListedObject, 'attributes'>[], unknown> {
  const long = decodeObjectList(list)
  return long.ok ? long : decodeRightsList(list)
}
