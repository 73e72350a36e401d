// The value of an attribute against its class, version and object (rulings G18, C7, C8).
import { hex } from '../codec/value.ts'
import type { Data } from '../protocol/data/data.ts'
import { checkInstance } from './check-instance.ts'
import { checkAttributeId } from './check-object.ts'
import { checkType, isOfValue } from './check-type.ts'
import type { Confidence, InterfaceClass, TypeSpec } from './definition.ts'
import { hasPlaceholders, isZero } from './dummies.ts'
import { asRemarks, finding, NOTHING, remark, type Finding } from './finding.ts'
import { logicalNameText } from './logical-name.ts'
import { tellType, tellValue } from './tell.ts'
import { checkClockTime } from './times.ts'

export type { Fault, Finding } from './finding.ts'

const LOGICAL_NAME = 1
const NAME_SIZE = 6
const CLOCK = 8
const CLOCK_TIME = 2

/** Everything that is wrong or doubtful in a value of an attribute. `logicalName`: that of the object, where it is known. */
export function check(
  value: Data,
  of: InterfaceClass,
  attributeId: number,
  logicalName?: Uint8Array,
): readonly Finding[] {
  const attribute = of.attributes.find(({ id }) => id === attributeId)
  if (!attribute) return checkAttributeId(of, attributeId)
  if (attributeId === LOGICAL_NAME) return checkName(value, attribute.type, logicalName)
  if (of.incomplete) return NOTHING
  const clock = of.classId === CLOCK && attributeId === CLOCK_TIME && value.is === 'octet-string'
  return asFirmAs(of.confidence, [
    ...checkAttribute(value, attribute.type, hasPlaceholders(of.classId)),
    ...(clock ? checkClockTime(value.value) : NOTHING),
    ...(logicalName ? checkInstance(value, of.classId, attribute.name, logicalName) : NOTHING),
  ])
}

/**
 * A value in the column of a profile that captures this attribute; data_index above 0 captures one element of it.
 * Null-data says that nothing has changed since the row before.
 */
export function checkColumn(
  value: Data,
  of: InterfaceClass,
  attributeId: number,
  dataIndex: number,
): readonly Finding[] {
  const type = of.attributes.find(({ id }) => id === attributeId)?.type
  const captured = type && dataIndex > 0 ? elementType(type, dataIndex) : type
  if (!captured || value.is === 'null-data' || of.incomplete) return NOTHING
  return asFirmAs(of.confidence, checkType(value, captured, { placeholders: false }))
}

/** Undefined: not known here. */
function elementType(type: TypeSpec, index: number): TypeSpec | undefined {
  if (type.is === 'array') return type.items
  return type.is === 'structure' ? type.fields[index - 1]?.type : undefined
}

/** What contradicts anything but a definition of high confidence is a remark. */
const asFirmAs = (confidence: Confidence, findings: readonly Finding[]): readonly Finding[] =>
  confidence === 'high' ? findings : asRemarks(findings)

function checkAttribute(value: Data, type: TypeSpec, placeholders: boolean): readonly Finding[] {
  const findings = checkType(value, type, { placeholders })
  if (findings.length === 0) return NOTHING
  // whether null-data may stand for a value that is not there is not recorded for the classes: doubtful
  if (value.is === 'null-data') return remark('type', tellType(type), tellValue(value))
  const zero = placeholders && value.is !== 'array' && value.is !== 'structure' && isZero(value)
  return zero ? findings.map((one) => (isOfValue(one) ? { ...one, firm: false } : one)) : findings
}

/** Every class begins with it, and nothing stands in its place. */
function checkName(value: Data, type: TypeSpec, logicalName: Uint8Array | undefined): readonly Finding[] {
  if (value.is !== 'octet-string' || value.value.length !== NAME_SIZE)
    return finding('type', tellType(type), tellValue(value))
  if (!logicalName || hex(value.value) === hex(logicalName)) return NOTHING
  return finding('name', logicalNameText(logicalName), logicalNameText(value.value))
}
