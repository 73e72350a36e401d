// Arguments of words that name attributes and methods, and what goes to them.
import { fromJson, type ValueFailure } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { MethodInvoked } from '../../client/logical-names/action.ts'
import type { AttributeAsked } from '../../client/logical-names/get.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { failureText } from '../failure.ts'
import { attributeOf, methodOf } from './objects.ts'
import { selectionOf } from './selection.ts'

/** `attribute`, and `selection` where not all of it is wanted. */
export function askedOf({ attribute: said, selection }: JsonRecord): Result<AttributeAsked, string> {
  const attribute = attributeOf(said)
  if (!attribute) return fail(notAnAttribute(said))
  if (selection === undefined) return ok({ attribute })
  const selected = selectionOf(selection)
  return selected.ok ? ok({ attribute, selection: selected.value }) : selected
}

const notData = (argument: string, { path, expected, found }: ValueFailure): string =>
  failureText({ path: path === '' ? argument : `${argument}.${path}`, expected, found })

/** A tagged value of an argument. */
export function dataOf(argument: string, said: Value | undefined): Result<Data, string> {
  const value = fromJson(data, said ?? null)
  return value.ok ? value : fail(notData(argument, value.failure))
}

const notAnAttribute = (value: Value | undefined): string =>
  `expected an attribute (class-id, instance-id, attribute-id), found ${JSON.stringify(value ?? null)}`

/** `method`, and `parameter` beside it or in it. */
export function invokedOf({ method: said, parameter: beside }: JsonRecord): Result<MethodInvoked, string> {
  const method = methodOf(said)
  if (!method)
    return fail(`expected a method (class-id, instance-id, method-id), found ${JSON.stringify(said ?? null)}`)
  const given = beside ?? (isRecord(said) ? said['parameter'] : undefined)
  if (given === undefined) return ok({ method })
  const parameter = dataOf('parameter', given)
  return parameter.ok ? ok({ method, parameter: parameter.value }) : parameter
}
