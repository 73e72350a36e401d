import { conformance } from './conformance.ts'
import { boolean, i8, octetString, optional, sequence, u16, u8, withDefault, type Of } from '../../codec/codec.ts'

/** xDLMS InitiateRequest behind its tag 01. A quality of service is taken and ignored. */
export const initiateRequest = sequence({
  'dedicated-key': optional(octetString),
  'response-allowed': withDefault(boolean, true),
  'proposed-quality-of-service': optional(i8),
  'proposed-dlms-version-number': u8,
  'proposed-conformance': conformance,
  'client-max-receive-pdu-size': u16,
})
export type InitiateRequest = Of<typeof initiateRequest>

/** xDLMS InitiateResponse behind its tag 08. `vaa-name` is 0007 with logical names, FA00 with short names. */
export const initiateResponse = sequence({
  'negotiated-quality-of-service': optional(i8),
  'negotiated-dlms-version-number': u8,
  'negotiated-conformance': conformance,
  'server-max-receive-pdu-size': u16,
  'vaa-name': u16,
})
export type InitiateResponse = Of<typeof initiateResponse>
