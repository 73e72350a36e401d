// What every answer of a meter has to keep, whatever a case expects: a table for each layer, each rule with its clause.
import type { BrokenRule } from '../../engine/vocabulary.ts'

/** What is wrong with an answer. `field`: inside the message, as a matcher would name it. */
export interface Breach {
  readonly expected: string
  readonly found: string
  readonly field?: string
  readonly clause?: string
  readonly remark?: true
  readonly ruling?: string
  /** What it is about, where there are several of the kind. */
  readonly of?: string
}

export interface ImpliedRule<Case> {
  readonly id: string
  readonly clause: string
  /** It is about what was just asked, not about how the meter always is: it fails wherever it is broken. */
  readonly ofExchange?: true
  judge(answer: Case): Breach | undefined
}

/** All rules of a table that an answer breaks. `name`: how a matcher calls the message. */
export function brokenRules<Case>(
  rules: readonly ImpliedRule<Case>[],
  answer: Case,
  name: string,
): readonly BrokenRule[] {
  const broken: BrokenRule[] = []
  for (const rule of rules) {
    const breach = rule.judge(answer)
    if (breach === undefined) continue
    const { expected, found, field, clause = rule.clause, remark, ruling, of } = breach
    broken.push({
      rule: rule.id,
      clause,
      expected,
      found,
      ...(field === undefined ? {} : { field: `${name}.${field}` }),
      ...(remark ? { remark } : {}),
      ...(ruling === undefined ? {} : { ruling }),
      ...(of === undefined ? {} : { of }),
      ...(rule.ofExchange ? { ofExchange: true as const } : {}),
    })
  }
  return broken
}
