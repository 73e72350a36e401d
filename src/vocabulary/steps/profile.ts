// profile.read: rows of a Profile generic, between two times or by their numbers (IEC 62056-6-2, class 7).
import { toJson } from '../../codec/codec.ts'
import type { Data } from '../../protocol/data/data.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { askedOf } from './attribute.ts'
import { conversed } from './conversation.ts'
import { FIELDS, type Word } from './word.ts'

const PROFILE_GENERIC = 7
const BUFFER = 2

/** Any attribute of the profile stands for it. */
const bufferOf = (profile: JsonRecord): JsonRecord => {
  const { 'instance-id': name } = profile
  return { 'class-id': PROFILE_GENERIC, 'attribute-id': BUFFER, ...(name === undefined ? {} : { 'instance-id': name }) }
}

/** The rows of a buffer, each a list of its columns; undefined: it is no array of structures. */
function rowsOf(buffer: Data): readonly (readonly Data[])[] | undefined {
  if (buffer.is !== 'array') return undefined
  const rows = buffer.value.flatMap((row) => (row.is === 'structure' ? [row.value] : []))
  return rows.length === buffer.value.length ? rows : undefined
}

const read: Word = {
  says: 'read rows of the profile',
  properties: { profile: FIELDS, entry: FIELDS, range: FIELDS },
  required: ['profile'],
  outcomes: ['rows', 'value', 'refused', 'unlisted'],
  saves: ['count', 'blocks'],
  alive: true,
  async run(doing) {
    const { profile, entry, range } = doing.args
    const selection = entry !== undefined ? { entry } : range !== undefined ? { range } : undefined
    const attribute = isRecord(profile) ? bufferOf(profile) : {}
    const asked = askedOf({ attribute, ...(selection === undefined ? {} : { selection }) })
    if (!asked.ok) return { refusal: asked.failure }
    return conversed(
      doing,
      (services) => services.get(asked.value),
      {},
      (buffer) => {
        const rows = rowsOf(buffer)
        if (rows === undefined) return { names: { value: toJson(buffer) } }
        return { names: { rows: rows.map((row) => toJson(row)) }, saves: { count: rows.length } }
      },
    )
  },
}

export const profileWords: Readonly<Record<string, Word>> = { 'profile.read': read }
