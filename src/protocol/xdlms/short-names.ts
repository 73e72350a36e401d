// Services with short names (IEC 62056-5-3 clause 8.5, xDLMS ASN.1): Read, Write, UnconfirmedWrite, InformationReport.
import { dataAccessResult } from './common.ts'
import { data } from '../data/data.ts'
import {
  arm,
  boolean,
  choice,
  list,
  nothing,
  octetString,
  optional,
  sequence,
  u16,
  u8,
  type Of,
} from '../../codec/codec.ts'

/** ObjectName: the base name of an object and the offset of the attribute or method in it. */
const objectName = u16

const readDataBlockAccess = sequence({ 'last-block': boolean, 'block-number': u16, 'raw-data': octetString })

export const variableAccessSpecification = choice({
  'variable-name': arm(2, objectName),
  'parameterized-access': arm(4, sequence({ 'variable-name': objectName, selector: u8, parameter: data })),
  'block-number-access': arm(5, sequence({ 'block-number': u16 })),
  'read-data-block-access': arm(6, readDataBlockAccess),
  'write-data-block-access': arm(7, sequence({ 'last-block': boolean, 'block-number': u16 })),
})
export type VariableAccessSpecification = Of<typeof variableAccessSpecification>

/** One element of a ReadResponse. */
export const readResult = choice({
  data: arm(0, data),
  'data-access-error': arm(1, dataAccessResult),
  'data-block-result': arm(2, readDataBlockAccess),
  'block-number': arm(3, u16),
})
export type ReadResult = Of<typeof readResult>

/** One element of a WriteResponse. */
export const writeResult = choice({
  success: arm(0, nothing),
  'data-access-error': arm(1, dataAccessResult),
  'block-number': arm(2, u16),
})
export type WriteResult = Of<typeof writeResult>

const variables = { 'variable-access-specification': list(variableAccessSpecification) }

/** What WriteRequest and UnconfirmedWriteRequest hold. */
export const written = sequence({ ...variables, 'list-of-data': list(data) })

/** Results in the order of what was asked for; the ASN.1 gives the list no name. */
export const shortNameApdus = {
  'read-request': arm(0x05, sequence(variables)),
  'write-request': arm(0x06, written),
  'read-response': arm(0x0c, sequence({ result: list(readResult) })),
  'write-response': arm(0x0d, sequence({ result: list(writeResult) })),
  'unconfirmed-write-request': arm(0x16, written),
  'information-report-request': arm(
    0x18,
    sequence({ 'current-time': optional(octetString), ...variables, 'list-of-data': list(data) }),
  ),
} as const
