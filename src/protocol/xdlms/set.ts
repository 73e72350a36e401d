import {
  accessSelection,
  cosemAttributeDescriptor,
  cosemAttributeDescriptorWithSelection,
  dataAccessResult,
  datablockSA,
  invokeIdAndPriority,
} from './common.ts'
import { data } from '../data/data.ts'
import { arm, list, optional, sequence, u32 } from '../../codec/codec.ts'

/** Set-Request (C1) and Set-Response (C5), each choice under a name of its own. */
export const setApdus = {
  'set-request-normal': arm(
    [0xc1, 1],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-attribute-descriptor': cosemAttributeDescriptor,
      'access-selection': optional(accessSelection),
      value: data,
    }),
  ),
  'set-request-with-first-datablock': arm(
    [0xc1, 2],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'cosem-attribute-descriptor': cosemAttributeDescriptor,
      'access-selection': optional(accessSelection),
      datablock: datablockSA,
    }),
  ),
  'set-request-with-datablock': arm(
    [0xc1, 3],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, datablock: datablockSA }),
  ),
  'set-request-with-list': arm(
    [0xc1, 4],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'attribute-descriptor-list': list(cosemAttributeDescriptorWithSelection),
      'value-list': list(data),
    }),
  ),
  'set-request-with-list-and-first-datablock': arm(
    [0xc1, 5],
    sequence({
      'invoke-id-and-priority': invokeIdAndPriority,
      'attribute-descriptor-list': list(cosemAttributeDescriptorWithSelection),
      datablock: datablockSA,
    }),
  ),
  'set-response-normal': arm(
    [0xc5, 1],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: dataAccessResult }),
  ),
  'set-response-datablock': arm(
    [0xc5, 2],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, 'block-number': u32 }),
  ),
  'set-response-last-datablock': arm(
    [0xc5, 3],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: dataAccessResult, 'block-number': u32 }),
  ),
  'set-response-last-datablock-with-list': arm(
    [0xc5, 4],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: list(dataAccessResult), 'block-number': u32 }),
  ),
  'set-response-with-list': arm(
    [0xc5, 5],
    sequence({ 'invoke-id-and-priority': invokeIdAndPriority, result: list(dataAccessResult) }),
  ),
} as const
