import type { Finding } from '../finding.ts'
import type { SubCase } from '../instances.ts'
import type { Case } from '../suite.generated.ts'
import type { Words } from '../words.ts'
import type { Placed } from './place.ts'

/** What a rule looks at: a case that fits the schema, its sub-cases with their steps in order, and all words there are. */
export interface Subject {
  readonly file: string
  readonly case: Case
  readonly subs: readonly Sub[]
  readonly words: Words
}

/** A sub-case with its steps, in the order in which they run. */
export interface Sub {
  readonly sub: SubCase
  readonly steps: readonly Placed[]
}

export type Rule = (subject: Subject) => readonly Finding[]

/** A rule about each step of each sub-case on its own. */
export const forEachStep =
  (rule: (placed: Placed, words: Words, sub: SubCase) => readonly Finding[]): Rule =>
  ({ subs, words }) =>
    subs.flatMap(({ sub, steps }) => steps.flatMap((placed) => rule(placed, words, sub)))
