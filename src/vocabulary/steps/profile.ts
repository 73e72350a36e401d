// profile.reference · profile.read: rows of a Profile generic, between two times or by their numbers (IEC 62056-6-2, class 7).
import { toJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { rowsOf } from '../profile/rows.ts'
import { askedOf } from './arguments.ts'
import { conversed } from './conversation.ts'
import { PROFILE_GENERIC, reference } from './profile-reference.ts'
import { COUNT, FIELDS, isRefusal, numberArg, success, within, type Word } from './word.ts'

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

/** Row after row by its number, of so many, from 1 on and round again: each answer is one row. */
const readEach: Word = {
  says: 'read rows of the profile one by one',
  properties: { profile: FIELDS, rows: COUNT, times: COUNT },
  required: ['profile', 'rows', 'times'],
  outcomes: ['success', 'lost', 'refused', 'unlisted'],
  saves: ['count'],
  alive: true,
  async run(doing) {
    const { profile = null } = doing.args
    const rows = numberArg(doing.args, 'rows') ?? 1
    const times = numberArg(doing.args, 'times') ?? 1
    for (let n = 0; n < times; n++) {
      const entry = 1 + (n % rows)
      const came = await read.run(within(doing, { profile, entry: { from: entry, to: entry } }))
      if (isRefusal(came)) return came
      const { outcome, saves } = came
      if (outcome.broken.length > 0) return came
      const names = { ...outcome.names, lost: true }
      if (saves?.['count'] !== 1) return { outcome: { ...outcome, names, text: `to entry ${entry}: ${outcome.text}` } }
    }
    return { outcome: success(doing, `${times} rows, one by one`), saves: { count: times } }
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
  'profile.read-each': readEach,
}
