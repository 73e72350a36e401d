// profile.reference · profile.read: rows of a Profile generic, between two times or by their numbers (IEC 62056-6-2, class 7).
import { toJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { rowsOf } from '../profile/rows.ts'
import { askedOf } from './attribute.ts'
import { conversed } from './conversation.ts'
import { PROFILE_GENERIC, reference } from './profile-reference.ts'
import { FIELDS, isRefusal, type Word } from './word.ts'

const BUFFER = 2

/** Any attribute of the profile stands for it. */
const bufferOf = (profile: JsonRecord): JsonRecord => {
  const { 'instance-id': name } = profile
  return { 'class-id': PROFILE_GENERIC, 'attribute-id': BUFFER, ...(name === undefined ? {} : { 'instance-id': name }) }
}

const read: Word = {
  says: 'read rows of the profile',
  properties: { profile: FIELDS, entry: FIELDS, range: FIELDS },
  required: ['profile'],
  outcomes: ['rows', 'value', 'refused', 'unlisted'],
  saves: ['count', 'came', 'blocks'],
  alive: true,
  async run(doing) {
    const { profile, entry, range } = doing.args
    const selection = entry !== undefined ? { entry } : range !== undefined ? { range } : undefined
    const attribute = isRecord(profile) ? bufferOf(profile) : {}
    const asked = askedOf({ attribute, ...(selection === undefined ? {} : { selection }) })
    if (!asked.ok) return { refusal: asked.failure }
    const came = await conversed(
      doing,
      (services) => services.get(asked.value),
      {},
      (buffer) => {
        const rows = rowsOf(buffer)
        if (rows === undefined) return { names: { value: toJson(buffer) } }
        return { names: { rows: rows.map((row) => toJson(row)) }, saves: { count: rows.length } }
      },
    )
    return withAnswer(came)
  },
}

/** `came`: rows or a refusal, for checks to judge. */
function withAnswer(came: Came | Refusal): Came | Refusal {
  if (isRefusal(came)) return came
  const { rows, refused } = came.outcome.names
  const answer = rows !== undefined ? { rows } : refused !== undefined ? { refused } : {}
  return { ...came, saves: { ...came.saves, came: answer } }
}

export const profileWords: Readonly<Record<string, Word>> = {
  'profile.reference': reference,
  'profile.read': read,
}
