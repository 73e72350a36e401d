// What checks of rows have in common: the answer to a selection as `profile.read` saves it (`came`), and the rows of a reference that were asked for.
import { encode } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { toJson } from '../../codec/codec.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { readReference, type Reference } from '../profile/reference.ts'
import { savedRows, type Row } from '../profile/rows.ts'
import { selectedOf, type Selected } from '../profile/selected.ts'
import { fails, PASS } from './exchange.ts'

export interface Answered {
  readonly rows: readonly Row[]
  readonly reference: Reference
  readonly selected: Selected
  readonly asked: JsonRecord
}

/** JSON Schema of what each of these checks takes. */
export const SELECTION: Value = {
  type: 'object',
  properties: { of: { type: ['object', 'string'] }, entry: {}, range: {}, or: { enum: ['refused'] } },
  required: ['of'],
  additionalProperties: false,
}

/** A check of rows that were read. Where the step has let a refusal pass, `"or": "refused"` lets it pass here too. */
export const overRows =
  (check: (answered: Answered) => Checked) =>
  (value: Value, argument: Value | undefined): Checked => {
    const asked = isRecord(argument) ? argument : {}
    const reference = readReference(asked['of'])
    const selected = reference && selectedOf(reference, asked)
    if (reference === undefined || selected === undefined)
      return fails('a reference, and an entry or a range of it', short(asked))
    const { rows: saved, refused } = isRecord(value) ? value : {}
    if (refused !== undefined && asked['or'] === 'refused') return PASS
    const rows = savedRows(saved)
    return rows === undefined
      ? fails('rows as profile.read saves them', short(value))
      : check({ rows, reference, selected, asked })
  }

const TOLD = 160
const short = (value: Value): string => {
  const text = JSON.stringify(value)
  return text.length <= TOLD ? text : `${text.slice(0, TOLD - 1)}…`
}

export const isSame = (a: Data | undefined, b: Data | undefined): boolean =>
  a !== undefined && b !== undefined && hex(encode(data, a)) === hex(encode(data, b))

export const rowText = (row: Row | undefined): string =>
  row === undefined ? 'no row' : short(row.map((cell) => toJson(cell)))

/** Whether the columns were chosen one by one. */
export const choseColumns = ({ asked: { range } }: Answered): boolean => {
  const columns = isRecord(range) ? range['columns'] : undefined
  return columns !== undefined && isList(columns) && columns.length > 0
}
