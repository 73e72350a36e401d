// What a push holds, against what GET read before it and after it (IEC 62056-6-2, class 40; rulings C16, X25).
import { fromJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { isSame } from './answered-rows.ts'
import { fails, PASS } from './exchange.ts'

/** `value`: a notification-body. `before`, `after`: what was read of each attribute of the list; null: not known. */
export function columnsBetween(value: Value, argument: Value | undefined): Checked {
  const { before, after } = argument !== undefined && isRecord(argument) ? argument : {}
  if (before === undefined || !isList(before) || after === undefined || !isList(after))
    return fails('what was read of push_object_list', 'nothing')
  const body = dataIn(value)
  if (body === undefined) return fails('a notification-body', 'none')
  const bare = before.length === 1 && !(body.is === 'structure' && body.value.length === 1)
  if (body.is !== 'structure' && !bare) return fails('a structure', tellValue(body))
  const values = body.is === 'structure' && !bare ? body.value : [body]
  if (values.length !== before.length)
    return fails(`${before.length} values, as push_object_list has`, `${values.length}`)
  for (const [at, pushed] of values.entries()) {
    const wrong = wrongIn(pushed, dataIn(before[at]), dataIn(after[at]))
    if (wrong !== undefined) return fails(`value ${at + 1}: ${wrong}`, tellValue(pushed))
  }
  return bare ? { is: 'remark', text: 'a single value comes bare, not in a structure', ruling: 'X25' } : PASS
}

const dataIn = (value: Value | undefined): Data | undefined => {
  const read = value === undefined || value === null ? undefined : fromJson(data, value)
  return read?.ok ? read.value : undefined
}

/** What was expected instead; undefined: it is right, or it is not known what would be. */
function wrongIn(pushed: Data, before: Data | undefined, after: Data | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined
  if (pushed.is !== before.is && pushed.is !== after.is) return `${before.is}, as GET reads it`
  if (isSame(pushed, before) || isSame(pushed, after)) return undefined
  if (isSame(before, after)) return tellValue(before)
  return isBetween(pushed, before, after) ? undefined : `between ${tellValue(before)} and ${tellValue(after)}`
}

/** Numbers, and times by their octets; of all else that moves nothing is known (C16). */
function isBetween(pushed: Data, before: Data, after: Data): boolean {
  const [at, from, to] = [rank(pushed), rank(before), rank(after)]
  if (at === undefined || from === undefined || to === undefined) return true
  return (from <= at && at <= to) || (to <= at && at <= from)
}

function rank(value: Data): number | string | bigint | undefined {
  if (!('value' in value)) return undefined
  const { value: inner } = value
  if (typeof inner === 'number' || typeof inner === 'bigint') return inner
  return value.is === 'octet-string' ? hex(value.value) : undefined
}
