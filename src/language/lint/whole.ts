import { basename } from 'node:path'
import type { Finding } from '../finding.ts'
import type { Rule } from './rule.ts'

/** The file is named after the case, so that a verdict leads to it. */
export const namedAsFile: Rule = ({ file, case: { id } }) => {
  const name = basename(file, '.json')
  return name === id ? [] : [{ path: ['id'], code: 'other-name', expected: `${name}, as the file is named`, found: id }]
}

/** Every sub-case does something. */
export const stepsThere: Rule = ({ subs }) =>
  subs.flatMap(({ sub }): readonly Finding[] =>
    sub.blocks.steps.length > 0
      ? []
      : [
          {
            path: sub.subtest === undefined ? [] : ['subtests', sub.subtest],
            code: 'no-steps',
            expected: 'steps',
            found: 'none, neither here nor in the case',
          },
        ],
  )

/** What each subtest has of its own is not read where it stands in the case. */
export const partsTaken: Rule = ({ case: whole, subs }) => {
  if (whole.subtests === undefined) return []
  const parts = ['prepare', 'steps', 'then', 'matrix', 'given', 'connections', 'claim', 'kills'] as const
  return parts.flatMap((part): readonly Finding[] => {
    const standsHere = whole[part] !== undefined && !(part === 'kills')
    const taken = subs.some(({ sub }) => sub.at[part].length === 1)
    return standsHere && !taken
      ? [
          {
            path: [part],
            part: 'key',
            code: 'unused',
            expected: 'something that a subtest takes from the case',
            found: `${part}, which each subtest has of its own`,
          },
        ]
      : []
  })
}

const LONGEST = 60
const WIDTH = 120

/** A case that does not fit on a page is two cases, or needs a word. Measured without its layout. */
export const shortEnough: Rule = ({ case: whole }) => {
  const lines = Math.ceil(JSON.stringify(whole).length / WIDTH)
  return lines <= LONGEST
    ? []
    : [
        {
          path: [],
          code: 'long-case',
          expected: `at most ${LONGEST} lines of ${WIDTH} characters`,
          found: `${lines}`,
          remark: true,
        },
      ]
}
