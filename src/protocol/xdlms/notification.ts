import { cosemAttributeDescriptor, longInvokeIdAndPriority } from './common.ts'
import { data } from '../data/data.ts'
import { arm, octetString, optional, sequence, type Codec } from '../../codec/codec.ts'

const DATE_TIME_OCTETS = 12
/** The first octet of the years 1792 to 2047. */
const YEAR = 0x07

/** OCTET STRING. Older editions had the 12 octets of a date-time without a length (G15); its year tells, as no time has 7 octets. */
const time: Codec<Uint8Array> = {
  shape: octetString.shape,
  write(to, value) {
    if (value.length === YEAR) throw new RangeError('no time has 7 octets')
    octetString.write(to, value)
  },
  read(from) {
    const { at } = from
    if (from.peek() === YEAR) {
      from.note('legacy', at, '0C before the time', 'no length')
      return from.take(DATE_TIME_OCTETS)
    }
    const value = octetString.read(from)
    if (value.length === YEAR) from.fail('value', at, 'a time', '7 octets')
    return value
  },
}

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
      time: optional(time),
      'cosem-attribute-descriptor': cosemAttributeDescriptor,
      'attribute-value': data,
    }),
  ),
} as const
