// A value read in a list against the same value read alone, before and after (ruling C16).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { equal } from '../../language/operators.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** `before` and `after`: what was read alone. Numbers may move between the reads. */
export function likeSingleReads(value: Value, argument: Value | undefined): Checked {
  const { before = null, after = null } = argument !== undefined && isRecord(argument) ? argument : {}
  if (equal(value, before) || equal(value, after)) return PASS
  const [type, earlier] = [numberTypeOf(value), numberTypeOf(before)]
  if (type === undefined || type !== earlier) return fails(shown(before), shown(value))
  return {
    is: 'remark',
    text: `it moves: ${shown(before)}, in the list ${shown(value)}, ${shown(after)}`,
    ruling: 'C16',
  }
}

const numberTypeOf = (value: Value): string | undefined => {
  const [type, inner] = (isRecord(value) ? Object.entries(value)[0] : undefined) ?? []
  const isNumber = typeof inner === 'number' || (typeof inner === 'string' && type?.startsWith('long64') === true)
  return isNumber ? type : undefined
}

const shown = (value: Value): string => JSON.stringify(value).slice(0, 80)
