// The thresholds of a Register monitor against what it monitors and what it does (IEC 62056-6-2, class 21).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const elementsIn = (value: Value | undefined): readonly Value[] | undefined => {
  const elements = value !== undefined && isRecord(value) ? value['array'] : undefined
  return elements !== undefined && isList(elements) ? elements : undefined
}

const typeOf = (value: Value | undefined): string =>
  (value !== undefined && isRecord(value) ? Object.keys(value)[0] : undefined) ?? 'none'

const NUMBER = /^(unsigned|integer|long|double-long|float|bcd|enum)/

/** `monitored`: the value that is monitored; `actions`: a set of them for each threshold. */
export function thresholdsOf(value: Value, argument: Value | undefined): Checked {
  const { monitored, actions } = argument !== undefined && isRecord(argument) ? argument : {}
  const thresholds = elementsIn(value)
  const sets = elementsIn(actions)
  if (thresholds === undefined) return fails('an array of thresholds', JSON.stringify(value).slice(0, 80))
  if (sets === undefined) return fails('an array of actions', JSON.stringify(actions ?? null).slice(0, 80))
  const types = [...new Set(thresholds.map(typeOf))]
  if (types.length > 1) return fails('thresholds of one type', types.join(', '))
  if (sets.length !== thresholds.length)
    return fails(`a set of actions for each of ${thresholds.length} thresholds`, `${sets.length}`)
  const [type] = types
  const due = typeOf(monitored)
  if (type === undefined || type === due) return PASS
  if (NUMBER.test(type) && NUMBER.test(due))
    return { is: 'remark', text: `thresholds are ${type}, what is monitored is ${due}`, ruling: 'C8' }
  return fails(`thresholds of the type that is monitored, ${due}`, type)
}
