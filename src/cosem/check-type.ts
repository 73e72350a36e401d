// A value against a type, to the last element.
import { compactElements } from '../protocol/data/compact-elements.ts'
import type { Data } from '../protocol/data/data.ts'
import { checkSimple } from './check-simple.ts'
import type { Field, TypeSpec } from './definition.ts'
import { isZero, partlyFilled } from './dummies.ts'
import { below, finding, NOTHING, remark, type Finding } from './finding.ts'
import { tellType, tellValue } from './tell.ts'

/** `placeholders`: structures may be zero throughout, whatever their fields say. */
export interface Manner {
  readonly placeholders: boolean
}

/** More than this of one value is told to nobody. */
const MOST_FINDINGS = 20

export function checkType(value: Data, type: TypeSpec, manner: Manner): readonly Finding[] {
  switch (type.is) {
    case 'instance-specific':
      return NOTHING
    case 'choice':
      return checkChoice(value, type.of, manner)
    case 'array':
      return checkArray(value, type.items, manner)
    case 'structure':
      return checkStructure(value, type.fields, manner)
    default:
      return checkSimple(value, type)
  }
}

/** The alternative of the same type; where several are, the one that fits best. */
function checkChoice(value: Data, of: readonly TypeSpec[], manner: Manner): readonly Finding[] {
  if (of.length === 0) return NOTHING
  const alike = of.filter(({ is }) => is === value.is || is === 'instance-specific')
  if (alike.length === 0) return finding('type', tellType({ is: 'choice', of }), tellValue(value))
  return alike
    .map((alternative) => checkType(value, alternative, manner))
    .reduce((best, findings) => (findings.length < best.length ? findings : best))
}

function checkArray(value: Data, items: TypeSpec, manner: Manner): readonly Finding[] {
  if (value.is === 'array') return checkItems(value.value, items, manner)
  const wrong = { expected: 'array', found: tellValue(value) }
  if (value.is !== 'compact-array') return finding('type', wrong.expected, wrong.found)
  const elements = compactElements(value.value)
  const other = remark('type', wrong.expected, wrong.found)
  return elements.ok ? [...other, ...checkItems(elements.value, items, manner)] : other
}

function checkItems(values: readonly Data[], items: TypeSpec, manner: Manner): readonly Finding[] {
  if (items.is === 'instance-specific') return NOTHING
  const findings: Finding[] = []
  for (const [index, value] of values.entries()) {
    if (findings.length >= MOST_FINDINGS) break
    findings.push(...below(`[${index + 1}]`, checkType(value, items, manner)))
  }
  return findings.slice(0, MOST_FINDINGS)
}

function checkStructure(value: Data, fields: readonly Field[], manner: Manner): readonly Finding[] {
  const expected = tellType({ is: 'structure', fields })
  if (value.is !== 'structure') return finding('type', expected, tellValue(value))
  if (fields.length === 0) return NOTHING
  if (value.value.length !== fields.length) return finding('count', expected, tellValue(value))
  const parts = value.value
  const findings = fields.flatMap(({ name, type }, index) => {
    const part = parts[index]
    return part ? below(name, checkType(part, type, manner)) : NOTHING
  })
  return manner.placeholders ? asPlaceholder(value, fields, findings) : findings
}

/** What zero may be wrong in: values, never types. */
export const isOfValue = ({ is, firm }: Finding): boolean => is === 'range' || is === 'enum' || is === 'format' || !firm

function asPlaceholder(
  value: Extract<Data, { is: 'array' | 'structure' }>,
  fields: readonly Field[],
  findings: readonly Finding[],
): readonly Finding[] {
  const partly = partlyFilled(value.value, fields)
  if (findings.length === 0) return partly
  return isZero(value) ? findings.filter((one) => !isOfValue(one)) : [...partly, ...findings]
}
