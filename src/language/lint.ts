import type { Value } from '../codec/value.ts'
import { problemAt } from './finding.ts'
import { subCasesOf } from './instances.ts'
import { afterKnown, alternativesReached, alternativesSaid, faultsClosed } from './lint/alternatives.ts'
import { wordsKnown } from './lint/arguments.ts'
import { connectionsSaid } from './lint/connections.ts'
import { faultsControlled } from './lint/control.ts'
import { declarationsKnown } from './lint/declared.ts'
import { messagesKnown } from './lint/messages.ts'
import { namesApart, namesKnown } from './lint/names.ts'
import { placedSteps } from './lint/place.ts'
import type { Rule } from './lint/rule.ts'
import { savesKnown } from './lint/saves.ts'
import { silenceFollowed } from './lint/silence.ts'
import { namedAsFile, partsTaken, shortEnough, stepsThere } from './lint/whole.ts'
import type { Source } from './load.ts'
import { inOrder, type Problem } from './problem.ts'
import type { Case } from './suite.generated.ts'
import type { Words } from './words.ts'

/** Each rule keeps out one way for a case to be wrong without anyone noticing. */
const RULES: readonly Rule[] = [
  namedAsFile,
  stepsThere,
  partsTaken,
  declarationsKnown,
  messagesKnown,
  wordsKnown,
  namesKnown,
  namesApart,
  savesKnown,
  connectionsSaid,
  alternativesSaid,
  alternativesReached,
  afterKnown,
  silenceFollowed,
  faultsControlled,
  faultsClosed,
  shortEnough,
]

/** What the schema cannot see in a case. `shared`: the `with` of its suite.json. In the order of the file; those with `remark` do not make it wrong. */
export function lint(
  source: Source,
  suiteCase: Case,
  words: Words,
  shared: Readonly<Record<string, Value>> = {},
): readonly Problem[] {
  const subs = subCasesOf(suiteCase, shared).map((sub) => ({ sub, steps: placedSteps(sub) }))
  const subject = { file: source.file, case: suiteCase, subs, words }
  return inOrder(RULES.flatMap((rule) => rule(subject)).map((finding) => problemAt(source, finding)))
}
