import {
  accessSelection,
  cosemAttributeDescriptor,
  cosemAttributeDescriptorWithSelection,
  datablockG,
  getDataResult,
  invokeIdAndPriority,
} from './common.ts'
import { arm, list, optional, sequence, u32 } from '../../codec/codec.ts'

/** Get-Request (C0) and Get-Response (C4), each choice under a name of its own. */
export const getApdus = {
  'get-request-normal': arm(
    [0xc0, 1],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-attribute-descriptor': cosemAttributeDescriptor,
      'access-selection': optional(accessSelection),
    }),
  ),
  'get-request-next': arm([0xc0, 2], sequence({ 'invoke-id-and-priority': invokeIdAndPriority, 'block-number': u32 })),
  'get-request-with-list': arm(
    [0xc0, 3],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'attribute-descriptor-list': list(cosemAttributeDescriptorWithSelection),
    }),
  ),
  'get-response-normal': arm(
    [0xc4, 1],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: getDataResult }),
  ),
  'get-response-with-datablock': arm(
    [0xc4, 2],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: datablockG }),
  ),
  'get-response-with-list': arm(
    [0xc4, 3],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: list(getDataResult) }),
  ),
} as const
