// Attributes and methods as declarations and suites name them.
import { unhex, type Value } from '../../codec/value.ts'
import { isRecord } from '../../protocol/json.ts'
import type { CosemAttributeDescriptor, CosemMethodDescriptor } from '../../protocol/xdlms/common.ts'

const LOGICAL_NAME = /^\d{1,3}(\.\d{1,3}){5}$/

export function objectOf(
  value: Value | undefined,
): { readonly 'class-id': number; readonly 'instance-id': string } | undefined {
  if (!isRecord(value)) return undefined
  const { 'class-id': classId, 'instance-id': given } = value
  const octets = typeof given === 'string' && !LOGICAL_NAME.test(given) ? unhex(given) : undefined
  const instanceId = octets ? octets.join('.') : given
  return typeof classId === 'number' && typeof instanceId === 'string'
    ? { 'class-id': classId, 'instance-id': instanceId }
    : undefined
}

/** Undefined: it is no attribute. Negative ids (manufacturer specific) are sent in eight bits. */
export function attributeOf(value: Value | undefined): CosemAttributeDescriptor | undefined {
  const object = objectOf(value)
  const id = isRecord(value) ? value['attribute-id'] : undefined
  return object && typeof id === 'number' ? { ...object, 'attribute-id': id & 0xff } : undefined
}

export function methodOf(value: Value | undefined): CosemMethodDescriptor | undefined {
  const object = objectOf(value)
  const id = isRecord(value) ? value['method-id'] : undefined
  return object && typeof id === 'number' ? { ...object, 'method-id': id & 0xff } : undefined
}
