// One step: driven, judged, and what it saves.
import type { Value } from '../codec/value.ts'
import { isList, isObject } from '../language/case.ts'
import { type Alternative, alternativesIn } from './alternative.ts'
import { judgeSaved, type CheckJudgement } from './check.ts'
import type { PortContext } from './context.ts'
import type { Block } from './events.ts'
import { clausesOf, type Instance, severityOf, type Step } from './instance.ts'
import { judge } from './judge.ts'
import { argumentsOf, sendRequest, wordOf } from './request.ts'
import { duration, resolved, type Scope } from './scope.ts'
import type { Evidence, Refusal } from './vocabulary.ts'
import { plannedWindow, type PlannedWindow } from './window.ts'

/** What a step came to: the judgement, what it saved, and what belongs to the step before it. */
export interface StepResult {
  readonly judgement: CheckJudgement
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
  if ('check' in step || 'require' in step) return { judgement: judgeSaved(context, instance, step, scope), saved: {} }
  const alternatives = alternativesIn(step['expect'], scope).filter(
    ({ after }) => after === undefined || taken.has(after),
  )
  const never = alternativesIn(step['never'], scope)
  const window = plannedWindow(context, step, alternatives, scope)
  const evidence = await drive(context, step, on, scope, window)
  if ('refusal' in evidence) return { judgement: refused(evidence), saved: {} }
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

const refused = ({ refusal, advice }: Refusal): CheckJudgement =>
  advice === undefined
    ? {
        is: 'error',
        reason: { text: refusal, hint: 'The suite asks for something that cannot be built: mend the case.' },
      }
    : { is: 'undecided', reason: { text: refusal, hint: advice } }

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
  for (const part of path.split('.')) here = isObject(here) ? here[part] : isList(here) ? here[Number(part)] : undefined
  return here
}
