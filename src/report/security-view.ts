// What the page tells of security over the whole run: the counters, and what was accepted under which protection.
import { answersOf, type Answers, type Tally } from './answers.ts'
import type { CaseView } from './case-view.ts'
import { coursesOf, type Course, type Turn } from './counters.ts'
import type { Explain } from './explain.ts'
import { grouped } from './grouped.ts'
import type { RunModel } from './model.ts'
import { titleText } from './protection-words.ts'
import { sparkline, type Sparkline } from './sparkline.ts'

export interface SecurityView {
  readonly courses: readonly CourseView[]
  /** Courses beyond those that are shown. */
  readonly more: number
  readonly clients: readonly { readonly client: string; readonly rows: readonly AnswersRow[] }[]
}

interface CourseView {
  readonly client: string
  /** `tester` or `meter`. */
  readonly from: string
  readonly title: string
  readonly key: string
  readonly n: number
  readonly first: number
  readonly last: number
  readonly gaps: number
  readonly repeats: number
  readonly falls: number
  readonly line: Sparkline
  readonly warnings: readonly Warning[]
}

/** `grave`: the meter did it; what the tester does, the cases ask for. */
interface Warning {
  readonly text: string
  readonly grave: boolean
  readonly first: readonly { readonly anchor: string; readonly instance: string }[]
  readonly more: number
}

interface AnswersRow {
  readonly form: string
  readonly kind: string
  readonly requests: number
  readonly positive: number
  readonly refused: string
  readonly otherwise: string
  readonly protectedBy: string
}

/** A case may send each request under another title: these are not for one page. */
const COURSES_SHOWN = 60
/** So many cases are named in a warning. */
const NAMED = 8

/** Null: nothing was protected. */
export function securityView(model: RunModel, cases: readonly CaseView[], explain: Explain): SecurityView | null {
  if (!model.passed.some(({ event }) => event === 'protection')) return null
  const anchors = new Map(cases.map(({ instance, anchor }) => [instance, anchor]))
  const courses = coursesOf(model.passed)
  return {
    courses: courses.slice(0, COURSES_SHOWN).map((course) => courseView(course, anchors)),
    more: Math.max(0, courses.length - COURSES_SHOWN),
    clients: grouped(answersOf(model.passed, explain), ({ client }) => client).map((rows) => ({
      client: rows[0].client,
      rows: rows.map(answersRow),
    })),
  }
}

function courseView(course: Course, anchors: ReadonlyMap<string, string>): CourseView {
  const { client, direction, title, key, values, gaps, repeats, falls } = course
  const who = direction === 'sent' ? 'tester' : 'meter'
  const warning = (turns: readonly Turn[], does: string): readonly Warning[] =>
    turns.length === 0
      ? []
      : [{ text: `The ${who}'s counter ${does}`, grave: who === 'meter', ...named(turns, anchors) }]
  return {
    client,
    from: who,
    title: titleText(title),
    key,
    n: values.length,
    first: values[0] ?? 0,
    last: values.at(-1) ?? 0,
    gaps,
    repeats: repeats.length,
    falls: falls.length,
    line: sparkline(
      values,
      [...repeats, ...falls].map(({ place }) => place),
    ),
    warnings: [...warning(repeats, 'repeats'), ...warning(falls, 'falls')],
  }
}

function named(turns: readonly Turn[], anchors: ReadonlyMap<string, string>): Pick<Warning, 'first' | 'more'> {
  const instances = [...new Set(turns.map(({ instance }) => instance))]
  return {
    first: instances.slice(0, NAMED).map((instance) => {
      const anchor = anchors.get(instance)
      return anchor === undefined ? { anchor: 'between', instance: 'between the cases' } : { anchor, instance }
    }),
    more: Math.max(0, instances.length - NAMED),
  }
}

const answersRow = ({ form, refused, otherwise, protectedBy, ...row }: Answers): AnswersRow => ({
  form: form === 'none' ? 'not protected' : form,
  kind: form === 'none' ? '' : row.kind,
  requests: row.requests,
  positive: row.positive,
  refused: tallyText(refused),
  otherwise: tallyText(otherwise),
  protectedBy: tallyText(protectedBy),
})

const tallyText = (tally: Tally): string => [...tally].map(([what, n]) => `${n}× ${what}`).join('; ')
