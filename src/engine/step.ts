import type { Value } from '../codec/value.ts'
import { match } from '../language/matchers.ts'
import { isObject } from '../language/case.ts'
import { type Alternative, alternativesOf } from './alternative.ts'
import type { PortContext } from './context.ts'
import type { Block, Remark, Severity } from './events.ts'
import type { Instance, Step } from './instance.ts'
import { judge, type Judgement } from './judge.ts'
import { duration, resolved, type Scope, within } from './scope.ts'
import type { Checked, Evidence, Refusal, SendRequest } from './vocabulary.ts'
import { type PlannedWindow, windowOf } from './window.ts'

/** What a step came to: the judgement, what it saved, and what belongs to the step before it. */
export interface StepResult {
  readonly judgement: Judgement | { readonly is: 'inapplicable'; readonly text: string }
  readonly saved: Readonly<Record<string, Value>>
  readonly evidence?: Evidence
}

/** Where a step stands: its block, and the alternatives that earlier steps took. */
export interface Standing {
  readonly block: Block
  readonly taken: ReadonlySet<string>
}

/** Drives one step, then asks the judge. `scope` holds all references the step may use. */
export async function runStep(
  context: PortContext,
  instance: Instance,
  step: Step,
  on: string,
  scope: Scope,
  { block, taken }: Standing,
): Promise<StepResult> {
  if ('check' in step || 'require' in step) return judgeSaved(context, instance, step, scope)
  const alternatives = alternativesIn(step['expect'], scope).filter(
    ({ after }) => after === undefined || taken.has(after),
  )
  const never = alternativesIn(step['never'], scope)
  const window = plannedWindow(context, step, alternatives, scope)
  const evidence = await drive(context, step, on, scope, window)
  if ('refusal' in evidence)
    return {
      judgement: {
        is: 'error',
        reason: { text: evidence.refusal, hint: 'The suite asks for something that cannot be built: mend the case.' },
      },
      saved: {},
    }
  const rules = {
    alternatives: alternatives.length === 0 && 'do' in step ? [SUCCESS] : alternatives,
    never,
    clauses: clausesOf(instance, step),
    severity: severityOf(instance, step),
    window,
    tolerance: context.tolerance,
    ...('do' in step ? { doing: context.vocabulary.describeStep({ do: step['do'] ?? '' }) } : {}),
    ...(block === 'prepare' || block === 'then' ? { onlyProves: instance.proves.map(({ clause }) => clause) } : {}),
  }
  const judgement = judge(rules, evidence)
  return { judgement, saved: judgement.is === 'pass' ? savedBy(step, evidence) : {}, evidence }
}

const SUCCESS: Alternative = { outcome: 'success', matcher: true }

function drive(
  context: PortContext,
  step: Step,
  on: string,
  scope: Scope,
  window: PlannedWindow,
): Promise<Evidence | Refusal> {
  const { tester } = context
  if ('send' in step) return tester.send(on, sendRequest(step, scope), window)
  if ('do' in step) return tester.perform(on, wordOf(step), argumentsOf(step, scope), window)
  if ('wait' in step) return tester.wait(on, duration(resolved(step['wait'] ?? 0, scope), scope))
  return tester.listen(on, window)
}

export function sendRequest(step: Step, scope: Scope): SendRequest {
  const messages = resolved(step['send'] ?? [], scope)
  const as = step['as']
  return {
    messages: Array.isArray(messages) ? (messages as readonly Value[]) : [messages],
    wrong: record(resolved(step['wrong'] ?? {}, scope)),
    damage: record(resolved(step['damage'] ?? {}, scope)),
    ...(step['pace'] === undefined ? {} : { pace: withDurations(resolved(step['pace'], scope), scope) }),
    ...(typeof as === 'string' ? { as } : {}),
  }
}

/** The pause of a `pace` in ms. */
function withDurations(pace: Value, scope: Scope): Value {
  return isObject(pace) && pace['pause'] !== undefined ? { ...pace, pause: duration(pace['pause'], scope) } : pace
}

const record = (value: Value): Readonly<Record<string, Value>> => (isObject(value) ? value : {})
const wordOf = (step: Step): string => (typeof step['do'] === 'string' ? step['do'] : '')

const STEP_KEYS = new Set([
  'do',
  'expect',
  'never',
  'within',
  'save',
  'on',
  'why',
  'clause',
  'severity',
  'control',
  'otherwise',
])

function argumentsOf(step: Step, scope: Scope): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(step)
      .filter(([key]) => !STEP_KEYS.has(key))
      .map(([key, value]) => [key, durationLike(resolved(value, scope), scope)]),
  )
}

/** `{of, percent, plus}` among the arguments of a word is a duration too. */
const durationLike = (value: Value, scope: Scope): Value =>
  isObject(value) && 'of' in value && Object.keys(value).every((key) => ['of', 'percent', 'plus'].includes(key))
    ? duration(value, scope)
    : value

function alternativesIn(expected: Value | undefined, scope: Scope): readonly Alternative[] {
  return expected === undefined
    ? []
    : alternativesOf(resolved(expected, scope)).map((a) =>
        a.outcome === 'silent' ? { ...a, matcher: duration(a.matcher, scope) } : a,
      )
}

export function plannedWindow(
  context: PortContext,
  step: Step,
  alternatives: readonly Alternative[],
  scope: Scope,
): PlannedWindow {
  const limits = step['within'] === undefined ? undefined : within(step['within'], scope)
  return windowOf({
    alternatives,
    ...(limits === undefined ? {} : { within: limits }),
    silences: alternatives.flatMap((a) => (a.outcome === 'silent' && typeof a.matcher === 'number' ? [a.matcher] : [])),
    responseMs: context.responseMs,
    tolerance: context.tolerance,
    layer: context.vocabulary.layerOf(namesIn(step, alternatives, scope), { profile: context.profile }),
  })
}

/** All names by which a step says which layer it drives: messages, first segments of fault paths, outcomes. */
function namesIn(step: Step, alternatives: readonly Alternative[], scope: Scope): readonly string[] {
  const request = sendRequest(step, scope)
  return [
    ...request.messages.flatMap((message) =>
      isObject(message)
        ? [
            ...Object.keys(message).filter((key) => key !== 'at'),
            ...(typeof message['at'] === 'string' ? [`at:${message['at']}`] : []),
          ]
        : [],
    ),
    ...[...Object.keys(request.wrong), ...Object.keys(request.damage)].map((path) => path.split('.')[0] ?? path),
    ...alternatives.map((alternative) => alternative.outcome),
  ]
}

function requirementText(
  step: Step,
  { expected, found }: { readonly expected: string; readonly found: string },
): string {
  const what = typeof step['require'] === 'string' ? step['require'].replace(/^\$/, '') : 'it'
  const why = typeof step['why'] === 'string' ? ` (${step['why']})` : ''
  return `it goes on only where ${what} is ${expected}${why}; found ${found}`
}

function judgeSaved(context: PortContext, instance: Instance, step: Step, scope: Scope): StepResult {
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
  if (!failure) return { judgement: { is: 'pass', remarks }, saved: {} }
  if (required)
    return {
      judgement: { is: 'inapplicable', text: requirementText(step, failure) },
      saved: {},
    }
  if (typeof otherwise['remark'] === 'string') {
    const { clause, ruling } = otherwise
    const remark: Remark = {
      text: otherwise['remark'],
      severity,
      ...(typeof clause === 'string' ? { clause } : {}),
      ...(typeof ruling === 'string' ? { ruling } : {}),
    }
    return { judgement: { is: 'pass', remarks: [...remarks, remark] }, saved: {} }
  }
  const reason = {
    text: typeof step['why'] === 'string' ? step['why'] : 'what was received does not hold',
    expected: failure.expected,
    found: failure.found,
  }
  const clauses = failure.clause === undefined ? clausesOf(instance, step) : [failure.clause]
  return { judgement: { is: 'fails', reason, clauses, severity, noise: false }, saved: {} }
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
  const items = Array.isArray(is) ? (is as readonly Value[]).map(named) : [named(is)]
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

const clausesOf = (instance: Instance, step: Step): readonly string[] =>
  typeof step['clause'] === 'string' ? [step['clause']] : instance.proves.map((proof) => proof.clause)

const severityOf = (instance: Instance, step: Step): Severity => {
  const severity = step['severity']
  return severity === 'vulnerability' || severity === 'security' || severity === 'defect' ? severity : instance.severity
}

/** `save: {name: path}`: what the evidence holds there; null where it holds nothing. */
function savedBy(step: Step, evidence: Evidence): Readonly<Record<string, Value>> {
  const save = step['save']
  if (!isObject(save)) return {}
  return Object.fromEntries(
    Object.entries(save).map(([name, path]) => [
      name,
      at(evidence.saved, typeof path === 'string' ? path : '') ?? null,
    ]),
  )
}

function at(value: Value, path: string): Value | undefined {
  let here: Value | undefined = value
  for (const part of path.split('.'))
    here = isObject(here) ? here[part] : Array.isArray(here) ? (here as readonly Value[])[Number(part)] : undefined
  return here
}
