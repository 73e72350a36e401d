// An object as an object list tells it: whether there is such a class and version, whether it may bear such a name, and
// whether its attributes and methods are those of the class (rulings C6, C7).
import { className, currentVersion, interfaceClass } from './classes.ts'
import type { InterfaceClass } from './definition.ts'
import { finding, NOTHING, remark, type Finding } from './finding.ts'
import { logicalNameText } from './logical-name.ts'
import { obisRule } from './obis.ts'

export interface ListedObject {
  readonly classId: number
  readonly version: number
  readonly logicalName: Uint8Array
  readonly attributes: readonly number[]
  readonly methods: readonly number[]
}

export function checkObject({ classId, version, logicalName, attributes, methods }: ListedObject): readonly Finding[] {
  const of = interfaceClass(classId, version)
  return [
    ...checkLogicalName(logicalName, classId),
    ...(of === undefined
      ? unknownClass(classId, version)
      : [...attributes.flatMap((id) => checkAttributeId(of, id)), ...methods.flatMap((id) => checkMethodId(of, id))]),
  ]
}

function checkLogicalName(logicalName: Uint8Array, classId: number): readonly Finding[] {
  const judged = obisRule(logicalName, classId)
  const name = logicalNameText(logicalName)
  if (judged.is === 'unknown') return remark('name', 'a logical name that is known', name)
  if (judged.is !== 'other-class') return NOTHING
  const expected = `class ${judged.classes.join(' | ')} for ${name}, ${judged.rule.name}`
  return finding('class', expected, tellClass(classId), judged.firm)
}

const tellClass = (classId: number): string => `class ${classId}, ${className(classId) ?? 'not known'}`

/** They may be newer than the tables. */
function unknownClass(classId: number, version: number): readonly Finding[] {
  const current = currentVersion(classId)
  return current === undefined
    ? remark('class', 'a class that is known', tellClass(classId))
    : remark('version', `a version of ${tellClass(classId)} that is known, up to ${current}`, `version ${version}`)
}

/** Attributes below 1 are the manufacturer's own. One that is not there belongs to a later version than is told, or to none. */
export function checkAttributeId(of: InterfaceClass, id: number): readonly Finding[] {
  if (id < 1 || of.incomplete || of.attributes.some((attribute) => attribute.id === id)) return NOTHING
  const expected = `one of the ${of.attributes.length} attributes of ${of.name} version ${of.version}`
  return finding('attribute', expected, `attribute ${id}`, of.confidence === 'high')
}

/** Numbers of methods are left reserved from version to version. */
function checkMethodId(of: InterfaceClass, id: number): readonly Finding[] {
  if (id < 1 || of.incomplete || of.methods.some((method) => method.id === id)) return NOTHING
  return remark('method', `one of the methods of ${of.name} version ${of.version}`, `method ${id}`)
}
