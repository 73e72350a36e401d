// What a selector gives of object_list, against the whole list (IEC 62056-6-2, Association LN and Association SN; ruling L12).
import type { Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import { fromJson } from '../../codec/codec.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { record } from './as-declared.ts'
import { fails, PASS } from './exchange.ts'

/** class_id, version and logical_name: what is left without access_rights. */
const BEFORE_ACCESS_RIGHTS = 3

/** `whole`: all of it; `objects`: those that were asked for, by class or by class and name; none: all, without their rights. */
export function objectListPart(value: Value, argument: Value | undefined): Checked {
  const { whole, objects } = record(argument)
  const [part, all] = [elementsOf(value), elementsOf(whole)]
  if (part === undefined) return fails('an array', told(value))
  if (all === undefined) return fails('the whole list to compare with', told(whole))
  const wanted =
    objects === undefined
      ? all.map((each) => ({ structure: fieldsOf(each).slice(0, BEFORE_ACCESS_RIGHTS) }))
      : all.filter((each) => isList(objects) && objects.some((object) => isMeant(each, object)))
  if (alike(part, wanted)) return PASS
  if (alike(part, all)) return { is: 'remark', text: 'the selector was passed over: all objects came', ruling: 'L12' }
  const stranger = part.find((each) => !wanted.some((one) => same(one, each)))
  return fails(
    `${wanted.length} of ${all.length} elements, as the whole list has them`,
    stranger === undefined ? `${part.length}` : `${part.length}, and among them ${told(stranger)}`,
  )
}

const elementsOf = (value: Value | undefined): readonly Value[] | undefined => {
  const { array } = record(value)
  return array !== undefined && isList(array) ? array : undefined
}
const fieldsOf = (element: Value): readonly Value[] => {
  const { structure } = record(element)
  return structure !== undefined && isList(structure) ? structure : []
}

/** With short names an element begins with its base name, a long. */
function isMeant(element: Value, object: Value): boolean {
  const fields = fieldsOf(element)
  const [first = null] = fields
  const from = isRecord(first) && first['long'] !== undefined ? 1 : 0
  const { 'class-id': classId, 'instance-id': instanceId } = record(object)
  return (
    record(fields[from])['long-unsigned'] === classId &&
    (instanceId === undefined || record(fields[from + 2])['octet-string'] === instanceId)
  )
}

const text = (value: Value): string => JSON.stringify(value)
const same = (one: Value, other: Value): boolean => text(one) === text(other)
/** In any order. */
const alike = (one: readonly Value[], other: readonly Value[]): boolean =>
  text(one.map(text).sort()) === text(other.map(text).sort())

function told(value: Value | undefined): string {
  const read = fromJson(data, value ?? null)
  return read.ok ? tellValue(read.value) : text(value ?? null).slice(0, 80)
}
