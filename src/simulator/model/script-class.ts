// Class 9, Script table: `execute` carries out the actions of one script, by the meter's own right; who writes a script must have it himself.
import type { Data } from '../../protocol/data/data.ts'
import type { ActionResult, DataAccessResult } from '../../protocol/xdlms/common.ts'
import { findObject, visibleObjects } from './access.ts'
import type { Invocation, Invoked, Writing } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { elementsOf, fieldsOf, nameOf, numberOf } from './data.ts'

const SCRIPTS = 2
const EXECUTE = 1

const WRITE = 1
const INVOKE = 2

export function invokeScript(invocation: Invocation): Invoked | undefined {
  const { object, method, parameters, situation } = invocation
  if (method !== EXECUTE) return undefined
  const wanted = numberOf(parameters, 'long-unsigned')
  if (wanted === undefined) return { result: 'type-unmatched' }
  const actions = situation.rules.scriptOf(scriptsIn(situation.store.get(object, SCRIPTS)), wanted)
  if (actions === undefined) return { result: 'object-undefined' }
  const results = actions.map((action) => act(invocation, action))
  return { result: results.find((result) => result !== 'success') ?? 'success' }
}

/** A script, and its action_specifications. */
export interface Script {
  readonly identifier: number | undefined
  readonly actions: readonly Data[]
}

const scriptsIn = (value: Data | undefined): readonly Script[] =>
  (elementsOf(value) ?? []).map((each) => {
    const [identifier, actions] = fieldsOf(each, 2) ?? []
    return { identifier: numberOf(identifier, 'long-unsigned'), actions: elementsOf(actions) ?? [] }
  })

/** Undefined: there is no such script. */
export const scriptIn = (scripts: readonly Script[], wanted: number): readonly Data[] | undefined =>
  scripts.find(({ identifier }) => identifier === wanted)?.actions

/** A client lets the meter do nothing that it may not do itself. */
export function writeScripts({ object, attribute, value, situation }: Writing): DataAccessResult {
  if (attribute !== SCRIPTS) return 'read-write-denied'
  const actions = scriptsIn(value).flatMap((script) => script.actions)
  if (!actions.every((action) => situation.rules.mayScript(actionIn(action), situation)))
    return 'scope-of-access-violated'
  situation.store.set(object, attribute, value)
  return 'success'
}

/** What a script does: `index` is an attribute that is written, or a method that is invoked. */
export interface ScriptAction {
  readonly service: number | undefined
  readonly name: string
  readonly index: number | undefined
  readonly parameter: Data | undefined
}

export function mayScript({ service, name, index }: ScriptAction, situation: Situation): boolean {
  const { description, association, rules } = situation
  const object = findObject(visibleObjects(description, association), name)
  if (object === undefined || index === undefined) return false
  if (service === WRITE) return rules.access.mayWrite(object, index, association)
  return service === INVOKE && rules.access.mayInvoke(object, index, association)
}

/** action_specification: service_id, class_id, logical_name, index, parameter. */
function actionIn(action: Data): ScriptAction {
  const fields = fieldsOf(action, 5) ?? []
  return {
    service: numberOf(fields[0], 'enum'),
    name: nameOf(fields[2]) ?? '',
    index: numberOf(fields[3], 'integer'),
    parameter: fields[4],
  }
}

function act({ situation, perform }: Invocation, action: Data): ActionResult {
  const { service, name, index, parameter } = actionIn(action)
  const object = findObject(situation.description.objects, name)
  if (object === undefined || index === undefined || parameter === undefined) return 'object-undefined'
  if (service === INVOKE) return perform(object, index, parameter)
  if (service !== WRITE) return 'other-reason'
  situation.store.set(object, index, parameter)
  return 'success'
}
