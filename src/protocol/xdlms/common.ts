// Parts that the services with logical names share (IEC 62056-5-3 clause 8.5).
import { ACTION_RESULT, DATA_ACCESS_RESULT } from './names.ts'
import { data } from '../data/data.ts'
import {
  arm,
  bits,
  boolean,
  choice,
  enumerated,
  flag,
  octetString,
  optional,
  sequence,
  u16,
  u32,
  u8,
  type Codec,
  type Of,
} from '../../codec/codec.ts'

/** `service-class`: confirmed. `priority`: high. */
export const invokeIdAndPriority = bits(1, {
  priority: flag(0x80),
  'service-class': flag(0x40),
  reserved: 0x30,
  'invoke-id': 0x0f,
})
export type InvokeIdAndPriority = Of<typeof invokeIdAndPriority>

/** `processing-option`: break on error. */
export const longInvokeIdAndPriority = bits(4, {
  priority: flag(0x80000000),
  'service-class': flag(0x40000000),
  'processing-option': flag(0x20000000),
  'self-descriptive': flag(0x10000000),
  reserved: 0x0f000000,
  'long-invoke-id': 0x00ffffff,
})

export type LongInvokeIdAndPriority = Of<typeof longInvokeIdAndPriority>

/** A logical name as `0.0.1.0.0.255`. */
const instanceId: Codec<string> = {
  shape: { is: 'octets', size: 6, as: { notation: 'six numbers with dots', pattern: `${groups(6)}` } },
  write(to, value) {
    const numbers = value.split('.').map(Number)
    if (numbers.length !== 6) throw new RangeError(`${value} is not a logical name`)
    for (const number of numbers) u8.write(to, number)
  },
  read: (from) => from.take(6).join('.'),
}

function groups(count: number): string {
  const number = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
  return `${number}(?:\\.${number}){${count - 1}}`
}

export const cosemAttributeDescriptor = sequence({ 'class-id': u16, 'instance-id': instanceId, 'attribute-id': u8 })
export type CosemAttributeDescriptor = Of<typeof cosemAttributeDescriptor>

export const cosemMethodDescriptor = sequence({ 'class-id': u16, 'instance-id': instanceId, 'method-id': u8 })
export type CosemMethodDescriptor = Of<typeof cosemMethodDescriptor>

export const accessSelection = sequence({ 'access-selector': u8, 'access-parameters': data })
export type AccessSelection = Of<typeof accessSelection>

export const cosemAttributeDescriptorWithSelection = sequence({
  'cosem-attribute-descriptor': cosemAttributeDescriptor,
  'access-selection': optional(accessSelection),
})
export type CosemAttributeDescriptorWithSelection = Of<typeof cosemAttributeDescriptorWithSelection>

export const dataAccessResult = enumerated(DATA_ACCESS_RESULT)
export type DataAccessResult = Of<typeof dataAccessResult>

export const actionResult = enumerated(ACTION_RESULT)
export type ActionResult = Of<typeof actionResult>

/** Get-Data-Result. */
export const getDataResult = choice({ data: arm(0, data), 'data-access-result': arm(1, dataAccessResult) })
export type GetDataResult = Of<typeof getDataResult>

/** DataBlock-G: a block of a long answer, or why there is none. */
export const datablockG = sequence({
  'last-block': boolean,
  'block-number': u32,
  result: choice({ 'raw-data': arm(0, octetString), 'data-access-result': arm(1, dataAccessResult) }),
})

/** DataBlock-SA: a block of a long request or of an action. */
export const datablockSA = sequence({ 'last-block': boolean, 'block-number': u32, 'raw-data': octetString })
