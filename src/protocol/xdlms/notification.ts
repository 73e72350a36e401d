import { cosemAttributeDescriptor, longInvokeIdAndPriority } from './common.ts'
import { data } from '../data/data.ts'
import { arm, octetString, optional, sequence } from '../../codec/codec.ts'

/** What a server sends unasked, and what confirms it. `date-time` is empty or 12 octets. */
export const notificationApdus = {
  'data-notification': arm(
    0x0f,
    sequence({
      'long-invoke-id-and-priority': longInvokeIdAndPriority,
      'date-time': octetString,
      'notification-body': data,
    }),
  ),
  'data-notification-confirm': arm(0x10, sequence({ 'long-invoke-id-and-priority': longInvokeIdAndPriority })),
  'event-notification-request': arm(
    0xc2,
    sequence({
      time: optional(octetString),
      'cosem-attribute-descriptor': cosemAttributeDescriptor,
      'attribute-value': data,
    }),
  ),
} as const
