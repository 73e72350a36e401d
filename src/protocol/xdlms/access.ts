import {
  accessSelection,
  actionResult,
  cosemAttributeDescriptor,
  cosemMethodDescriptor,
  dataAccessResult,
  longInvokeIdAndPriority,
} from './common.ts'
import { data } from '../data/data.ts'
import { arm, choice, group, list, octetString, optional, sequence, type Of } from '../../codec/codec.ts'

const attribute = { 'cosem-attribute-descriptor': cosemAttributeDescriptor }
const selected = sequence({ ...attribute, 'access-selection': accessSelection })

export const accessRequestSpecification = choice({
  'access-request-get': arm(1, sequence(attribute)),
  'access-request-set': arm(2, sequence(attribute)),
  'access-request-action': arm(3, sequence({ 'cosem-method-descriptor': cosemMethodDescriptor })),
  'access-request-get-with-selection': arm(4, selected),
  'access-request-set-with-selection': arm(5, selected),
})
export type AccessRequestSpecification = Of<typeof accessRequestSpecification>

export const accessResponseSpecification = choice({
  'access-response-get': arm(1, sequence({ result: dataAccessResult })),
  'access-response-set': arm(2, sequence({ result: dataAccessResult })),
  'access-response-action': arm(3, sequence({ result: actionResult })),
})
export type AccessResponseSpecification = Of<typeof accessResponseSpecification>

/** ACCESS: one Data for each specification in request and response, null-data where there is none. `date-time` is empty or 12 octets. */
export const accessApdus = {
  'access-request': arm(
    0xd9,
    sequence({
      'long-invoke-id-and-priority': longInvokeIdAndPriority,
      'date-time': octetString,
      'access-request-body': group({
        'access-request-specification': list(accessRequestSpecification),
        'access-request-list-of-data': list(data),
      }),
    }),
  ),
  'access-response': arm(
    0xda,
    sequence({
      'long-invoke-id-and-priority': longInvokeIdAndPriority,
      'date-time': octetString,
      'access-response-body': group({
        'access-request-specification': optional(list(accessRequestSpecification)),
        'access-response-list-of-data': list(data),
        'access-response-specification': list(accessResponseSpecification),
      }),
    }),
  ),
} as const
