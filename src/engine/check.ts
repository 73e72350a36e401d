// `check` and `require`: what was saved is judged by a matcher, or by named checks.
import type { Value } from '../codec/value.ts'
import { isList, isObject } from '../language/case.ts'
import { match } from '../language/matchers.ts'
import type { PortContext } from './context.ts'
import type { Remark } from './events.ts'
import { clausesOf, severityOf, type Instance, type Step } from './instance.ts'
import type { Judgement } from './judge.ts'
import { record } from './request.ts'
import { resolved, type Scope } from './scope.ts'
import type { Checked } from './vocabulary.ts'

/** A requirement that does not hold makes the case INAPPLICABLE. */
export type CheckJudgement = Judgement | { readonly is: 'inapplicable'; readonly text: string }

/** Judges one saved value. `otherwise` makes a failure a remark. */
export function judgeSaved(context: PortContext, instance: Instance, step: Step, scope: Scope): CheckJudgement {
  const required = 'require' in step
  const value = resolved(step[required ? 'require' : 'check'] ?? null, scope)
  const is = resolved(step['is'] ?? null, scope)
  const checked = checksOf(context, is).map((check) => check(value))
  const failure = checked.find((result) => result.is === 'fails')
  const severity = severityOf(instance, step)
  const otherwise = record(resolved(step['otherwise'] ?? {}, scope))
  const remarks = checked.flatMap((result): readonly Remark[] =>
    result.is === 'remark'
      ? [
          {
            text: result.text,
            severity,
            ...(result.clause === undefined ? {} : { clause: result.clause }),
            ...(result.ruling === undefined ? {} : { ruling: result.ruling }),
          },
        ]
      : [],
  )
  if (!failure) return { is: 'pass', remarks }
  if (required) return { is: 'inapplicable', text: requirementText(step, failure) }
  if (typeof otherwise['remark'] === 'string') {
    const { clause, ruling } = otherwise
    const remark: Remark = {
      text: otherwise['remark'],
      severity,
      ...(typeof clause === 'string' ? { clause } : {}),
      ...(typeof ruling === 'string' ? { ruling } : {}),
    }
    return { is: 'pass', remarks: [...remarks, remark] }
  }
  const reason = {
    text: typeof step['why'] === 'string' ? step['why'] : 'what was received does not hold',
    expected: failure.expected,
    found: failure.found,
  }
  const clauses = failure.clause === undefined ? clausesOf(instance, step) : [failure.clause]
  const { claims } = failure
  return { is: 'fails', reason, clauses, severity, noise: false, ...(claims === undefined ? {} : { claims }) }
}

function requirementText(
  step: Step,
  { expected, found }: { readonly expected: string; readonly found: string },
): string {
  const what = typeof step['require'] === 'string' ? step['require'].replace(/^\$/, '') : 'it'
  const why = typeof step['why'] === 'string' ? ` (${step['why']})` : ''
  return `it goes on only where ${what} is ${expected}${why}; found ${found}`
}

/** `is`: a matcher, the name of a check, or a list of checks with or without argument. */
function checksOf(context: PortContext, is: Value): readonly ((value: Value) => Checked)[] {
  const named = (item: Value): ((value: Value) => Checked) | undefined => {
    const [name, argument] =
      typeof item === 'string'
        ? [item, undefined]
        : isObject(item) && Object.keys(item).length === 1
          ? (Object.entries(item)[0] ?? ['', undefined])
          : ['', undefined]
    const check = context.vocabulary.checks[name]
    return check && ((value) => check(value, argument))
  }
  const items = isList(is) ? is.map(named) : [named(is)]
  if (items.every((item) => item !== undefined)) return items
  return [
    (value) => {
      const mismatch = match(is, value)
      return mismatch
        ? { is: 'fails', expected: `${mismatch.path} ${mismatch.expected}`.trim(), found: mismatch.found }
        : { is: 'pass' }
    },
  ]
}
