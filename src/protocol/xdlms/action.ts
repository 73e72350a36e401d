import { actionResult, cosemMethodDescriptor, datablockSA, getDataResult, invokeIdAndPriority } from './common.ts'
import { data } from '../data/data.ts'
import { arm, group, list, optional, sequence, u32, type Of } from '../../codec/codec.ts'

const responseWithOptionalData = { result: actionResult, 'return-parameters': optional(getDataResult) }

/** Action-Response-With-Optional-Data: also the raw data of a response in blocks. */
export const actionResponseWithOptionalData = sequence(responseWithOptionalData)
export type ActionResponseWithOptionalData = Of<typeof actionResponseWithOptionalData>

/** Action-Request (C3) and Action-Response (C7), each choice under a name of its own. */
export const actionApdus = {
  'action-request-normal': arm(
    [0xc3, 1],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-method-descriptor': cosemMethodDescriptor,
      'method-invocation-parameters': optional(data),
    }),
  ),
  'action-request-next-pblock': arm(
    [0xc3, 2],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, 'block-number': u32 }),
  ),
  'action-request-with-list': arm(
    [0xc3, 3],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-method-descriptor-list': list(cosemMethodDescriptor),
      'method-invocation-parameters': list(data),
    }),
  ),
  'action-request-with-first-pblock': arm(
    [0xc3, 4],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-method-descriptor': cosemMethodDescriptor,
      pblock: datablockSA,
    }),
  ),
  'action-request-with-list-and-first-pblock': arm(
    [0xc3, 5],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-method-descriptor-list': list(cosemMethodDescriptor),
      pblock: datablockSA,
    }),
  ),
  'action-request-with-pblock': arm(
    [0xc3, 6],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, pblock: datablockSA }),
  ),
  'action-response-normal': arm(
    [0xc7, 1],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'single-response': group(responseWithOptionalData),
    }),
  ),
  'action-response-with-pblock': arm(
    [0xc7, 2],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, pblock: datablockSA }),
  ),
  'action-response-with-list': arm(
    [0xc7, 3],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'list-of-responses': list(actionResponseWithOptionalData),
    }),
  ),
  'action-response-next-pblock': arm(
    [0xc7, 4],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, 'block-number': u32 }),
  ),
} as const
