import { canonical } from '../language/canonical.ts'
import type { Value } from '../codec/value.ts'
import { isList, isObject } from '../language/case.ts'
import type { PortContext } from './context.ts'
import type { Instance, Step } from './instance.ts'
import { resolved, type Scope, Unresolved } from './scope.ts'
import { plannedWindow } from './window.ts'
import type { Fault, Given } from './vocabulary.ts'

/** The control that a step asks for: its own twin without the fault, or a harmless message. Undefined: another step of the case shows it, or there can be none. */
export function controlOf(step: Step): { readonly message: Value; readonly above: boolean } | undefined {
  const { send, wrong, damage, control, misplaced } = step
  if (send === undefined || typeof control === 'string') return undefined
  if (isObject(control) && control['send'] !== undefined) return { message: control['send'], above: misplaced === true }
  if (wrong === undefined && damage === undefined && misplaced !== true) return undefined
  return { message: send, above: misplaced === true }
}

/** Why a control shows nothing: what came instead, or the line that failed. */
export type NotShown = { readonly found: string } | { readonly fault: Fault } | { readonly inapplicable: string }

const NEXT: Partial<Record<Given['rung'], Given['rung']>> = { port: 'link', ndm: 'link', link: 'association' }

/**
 * Runs the undamaged twin on a rung of its own that is then torn down (G3), once for each (given, message) until an instance does not pass. Undefined: it was answered normally;
 * else what came instead, and nothing that the fault did counts for anything.
 */
export async function runControl(
  context: PortContext,
  instance: Instance,
  connection: string,
  given: Given,
  step: Step,
  scope: Scope,
): Promise<NotShown | undefined> {
  const control = controlOf(step)
  if (!control) return undefined
  const rung: Given = control.above ? { ...given, rung: NEXT[given.rung] ?? given.rung } : given
  const key = canonical({ rung: { ...rung }, message: control.message, with: usedBy(control.message, scope) })
  if (context.controls.has(key)) return undefined
  const result = await sendTwin(context, instance, connection, rung, control.message, scope)
  if (result === undefined) context.controls.add(key)
  return result
}

async function sendTwin(
  context: PortContext,
  instance: Instance,
  connection: string,
  given: Given,
  message: Value,
  scope: Scope,
): Promise<NotShown | undefined> {
  const { tester, vocabulary, emit } = context
  const climbed = await context.rungs.climb(tester, instance.name, connection, given)
  if (climbed.is === 'inapplicable') return { inapplicable: climbed.why }
  if (climbed.is === 'fault') return { fault: climbed.fault }
  if (climbed.is === 'down')
    return { found: `the rung for it was not reached (expected ${climbed.expected}, found ${climbed.found})` }
  const twin = resolved(message, { ...scope, data: { ...scope.data, ...tester.scope(connection) } })
  const messages = isList(twin) ? twin : [twin]
  const answers = messages.flatMap((one) => vocabulary.normalAnswers(one))
  if (answers.length === 0)
    throw new Unresolved('control', 'No answer is due to this message: name a control, or "none" with a why.')
  emit({
    event: 'step',
    instance: instance.name,
    block: 'control',
    index: 0,
    text: vocabulary.describeStep({ send: twin }),
    on: connection,
    why: 'control: the same without the fault',
    at: tester.now(),
  })
  const window = plannedWindow(
    context,
    { send: twin },
    answers.map((outcome) => ({ outcome, matcher: true })),
    scope,
  )
  const evidence = await tester.send(connection, { messages, wrong: {}, damage: {} }, window)
  await tester.release()
  if ('refusal' in evidence) return { found: evidence.refusal }
  if (evidence.fault) return { fault: evidence.fault }
  const { names } = evidence.outcome
  // An AARE that rejects is an answer to AARQ, and none to go on from.
  const { refused } = names
  const rejects = typeof refused === 'string' && answers.includes(refused)
  if (answers.some((name) => name in names) && !rejects) return undefined
  return { found: `expected ${answers.join(' or ')}, found ${evidence.outcome.text}` }
}

/** The roots that a message uses belong to what the control stands for: another client's AARQ is another control. */
const usedBy = (message: Value, scope: Scope): Value =>
  Object.fromEntries(
    Object.entries({ ...scope.data, ...scope.written }).filter(([root]) =>
      JSON.stringify(message).includes(`"$${root}`),
    ),
  )
