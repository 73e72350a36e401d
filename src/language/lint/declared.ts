import type { Finding } from '../finding.ts'
import type { Path } from '../load.ts'
import { isEach } from '../matrix.ts'
import { didYouMean } from '../suggest.ts'
import type { Words } from '../words.ts'
import type { Rule } from './rule.ts'

/** Clauses, rulings, defects, needs and axes are known. A typo here would otherwise be a silent skip. */
export const declarationsKnown: Rule = ({ case: whole, subs, words }) => {
  const clause = (key: string, path: Path) =>
    known(words.clauses, key, path, 'unknown-clause', 'a clause of the catalogue')
  const parts = Object.entries(whole.subtests ?? {})
  const at: readonly { readonly path: Path; readonly part: typeof whole | (typeof parts)[number][1] }[] = [
    { path: [], part: whole },
    ...parts.map(([number, part]) => ({ path: ['subtests', number], part })),
  ]
  return [
    ...whole.proves.flatMap((proof, i) => clause(proof.clause, ['proves', i, 'clause'])),
    ...at.flatMap(({ path, part }) => [
      ...(part.needs ?? []).flatMap((need, i) =>
        known(new Set(words.needs), need, [...path, 'needs', i], 'unknown-need', 'something a bench may have'),
      ),
      ...Object.entries(part.matrix ?? {}).flatMap(([name, axis]) =>
        isEach(axis)
          ? known(
              new Set(Object.keys(words.axes)),
              axis.each,
              [...path, 'matrix', name, 'each'],
              'unknown-axis',
              'an axis of the vocabulary',
            )
          : [],
      ),
      ...(part.kills === undefined || 'none' in part.kills ? [] : part.kills).flatMap((defect, i) =>
        known(words.defects, defect, [...path, 'kills', i], 'unknown-defect', 'a defect of the simulated meter'),
      ),
    ]),
    ...subs.flatMap(({ steps }) =>
      steps.flatMap(({ view, at: place, expect, never }) => [
        ...('clause' in view.step && typeof view.step.clause === 'string'
          ? clause(view.step.clause, [...place, 'clause'])
          : []),
        ...(view.is === 'check' && view.step.otherwise
          ? cited(view.step.otherwise, [...place, 'otherwise'], words)
          : []),
        ...[...expect, ...never].flatMap((list) => list.flatMap((entry) => cited(entry.alternative, entry.at, words))),
      ]),
    ),
  ]
}

const cited = (
  citing: { readonly clause?: string; readonly ruling?: string },
  path: Path,
  words: Words,
): readonly Finding[] => [
  ...(citing.clause === undefined
    ? []
    : known(words.clauses, citing.clause, [...path, 'clause'], 'unknown-clause', 'a clause of the catalogue')),
  ...(citing.ruling === undefined
    ? []
    : known(words.rulings, citing.ruling, [...path, 'ruling'], 'unknown-ruling', 'a ruling')),
]

type Known = Pick<ReadonlySet<string>, 'has' | 'keys'>

function known(words: Known, found: string, path: Path, code: string, expected: string): readonly Finding[] {
  return words.has(found) ? [] : [{ path, code, expected, found, ...didYouMean(found, words.keys()) }]
}
