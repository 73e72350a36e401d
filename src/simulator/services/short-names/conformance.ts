// The conformance bits that a request with short names makes use of (IEC 62056-5-3 clause 7.3.1; ruling X3).
import type { ConformanceBit } from '../../../protocol/xdlms/conformance.ts'
import type { VariableAccessSpecification } from '../../../protocol/xdlms/short-names.ts'
import type { Xdlms } from '../../../protocol/xdlms/xdlms.ts'

export type ShortNameRequest = Extract<
  Xdlms,
  { readonly is: 'read-request' | 'write-request' | 'unconfirmed-write-request' }
>

const OF_SERVICE: Readonly<Record<ShortNameRequest['is'], ConformanceBit>> = {
  'read-request': 'read',
  'write-request': 'write',
  'unconfirmed-write-request': 'unconfirmed-write',
}

export function shortNameBits({ is, value }: ShortNameRequest): readonly ConformanceBit[] {
  const variables = value['variable-access-specification']
  const bits: ConformanceBit[] = [OF_SERVICE[is]]
  if (variables.length > 1) bits.push('multiple-references')
  if (variables.some((variable) => variable.is === 'parameterized-access')) bits.push('parameterized-access')
  if (variables.some(isBlock))
    bits.push(is === 'read-request' ? 'block-transfer-with-get-or-read' : 'block-transfer-with-set-or-write')
  return bits
}

export const isBlock = ({ is }: VariableAccessSpecification): boolean =>
  is === 'block-number-access' || is === 'read-data-block-access' || is === 'write-data-block-access'
