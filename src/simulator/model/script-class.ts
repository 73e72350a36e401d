// Class 9, Script table: `execute` carries out the actions of one script, by the meter's own right.
import type { Data } from '../../protocol/data/data.ts'
import type { ActionResult } from '../../protocol/xdlms/common.ts'
import { findObject } from './access.ts'
import type { Invocation, Invoked } from './behaviour.ts'
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

/** action_specification: service_id, class_id, logical_name, index, parameter. */
function act({ situation, perform }: Invocation, action: Data): ActionResult {
  const fields = fieldsOf(action, 5) ?? []
  const service = numberOf(fields[0], 'enum')
  const index = numberOf(fields[3], 'integer')
  const parameter = fields[4]
  const object = findObject(situation.description.objects, nameOf(fields[2]) ?? '')
  if (object === undefined || index === undefined || parameter === undefined) return 'object-undefined'
  if (service === INVOKE) return perform(object, index, parameter)
  if (service !== WRITE) return 'other-reason'
  situation.store.set(object, index, parameter)
  return 'success'
}
