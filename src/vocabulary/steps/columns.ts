// columns.read: the attributes of a list, each as GET reads it.
import { fromJson, toJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { data } from '../../protocol/data/data.ts'
import { capturedColumns, columnOf, isComparable, type CapturedColumn } from '../captured-columns.ts'
import { readAttribute } from './attribute-services.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

/** Reads each attribute of a push_object_list or capture_objects; null for what one GET does not show, or refuses. */
const columns: Word = {
  says: 'read each attribute of the list',
  properties: { list: FIELDS },
  required: ['list'],
  outcomes: ['success'],
  saves: ['values'],
  alive: true,
  async run(doing) {
    const listed = capturedColumns(doing.args['list'])
    if (listed === undefined) return { refusal: 'list: expected a list of attributes' }
    const values: Value[] = []
    for (const column of listed) values.push(isComparable(column) ? await readColumn(doing, column) : null)
    const text = `${values.length} attributes were read`
    return { outcome: { names: { success: true }, broken: [], noise: false, text }, saves: { values } }
  },
}

async function readColumn(doing: Doing, column: CapturedColumn): Promise<Value> {
  const came = await readAttribute(within(doing), column)
  const value = isRefusal(came) ? undefined : fromJson(data, came.saves?.['value'] ?? null)
  const selected = value?.ok ? columnOf(value.value, column) : undefined
  return selected === undefined ? null : toJson(selected)
}

export const columnWords: Readonly<Record<string, Word>> = { 'columns.read': columns }
