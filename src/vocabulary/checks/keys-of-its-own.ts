// Keys and passwords that another meter of the run has, too: they stand in declarations, and come as names.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** A row of the axis other-units. */
export function keysOfItsOwn(value: Value): Checked {
  const { name, shared } = isRecord(value) ? value : {}
  if (typeof name !== 'string' || shared === undefined || !isList(shared))
    return fails('another meter of this run', JSON.stringify(value).slice(0, 80))
  if (shared.length === 0) return PASS
  const keys = shared.filter((each) => typeof each === 'string').join(', ')
  const text = `the meter ${name} has the same: ${keys}`
  return { is: 'remark', text, clause: 'keys.defaults', ruling: 'G21' }
}
