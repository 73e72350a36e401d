// One variable of a Read or a Write: an attribute that is read or written, a method that is invoked.
import type { Data } from '../../../protocol/data/data.ts'
import type { AccessSelection, DataAccessResult, GetDataResult } from '../../../protocol/xdlms/common.ts'
import type { ReadResult, VariableAccessSpecification, WriteResult } from '../../../protocol/xdlms/short-names.ts'
import { invoke, read, write } from '../../model/model.ts'
import type { Turn } from '../turn.ts'
import type { Variable } from './names.ts'

/** A method takes its parameter with a selector that says no more (ruling C20). */
const METHOD_SELECTORS: readonly number[] = [0, 1]

/** A variable by its name, with what it is asked for by. */
export interface Access {
  readonly name: number
  readonly selection?: AccessSelection
}

/** Undefined: a block, and no variable. */
export function accessOf(asked: VariableAccessSpecification): Access | undefined {
  switch (asked.is) {
    case 'variable-name':
      return { name: asked.value }
    case 'parameterized-access': {
      const { 'variable-name': name, selector, parameter } = asked.value
      return { name, selection: { 'access-selector': selector, 'access-parameters': parameter } }
    }
    case 'block-number-access':
    case 'read-data-block-access':
    case 'write-data-block-access':
      return undefined
    default:
      return asked satisfies never
  }
}

export const readError = (value: DataAccessResult): ReadResult => ({ is: 'data-access-error', value })

export function readOne({ rules, situation }: Turn, { name, selection }: Access): ReadResult {
  const variable = rules.shortNames.variable(situation, name)
  if (variable === undefined) return readError('object-undefined')
  if (variable.is === 'attribute') return resultOf(read(situation, attribute(variable), selection))
  if (selection === undefined) return readError('read-write-denied')
  if (!METHOD_SELECTORS.includes(selection['access-selector'])) return readError('object-undefined')
  const { result, returned } = invoke(situation, method(variable), selection['access-parameters'])
  return isSuccess(result) ? { is: 'data', value: returned ?? { is: 'null-data' } } : readError(errorOf(result))
}

export function writeOne({ rules, situation }: Turn, { name, selection }: Access, value: Data): WriteResult {
  const variable = rules.shortNames.variable(situation, name)
  if (variable === undefined) return writeResult('object-undefined')
  if (variable.is === 'attribute') return writeResult(write(situation, attribute(variable), value, selection))
  return writeResult(errorOf(invoke(situation, method(variable), value).result))
}

export const writeResult = (value: DataAccessResult): WriteResult =>
  isSuccess(value) ? { is: 'success' } : { is: 'data-access-error', value }

const isSuccess = (result: string | number): boolean => result === 'success'

const resultOf = (result: GetDataResult): ReadResult => (result.is === 'data' ? result : readError(result.value))

/** The codes that a method has and an attribute has not are of blocks. */
const errorOf = (result: ReturnType<typeof invoke>['result']): DataAccessResult =>
  result === 'long-action-aborted' || result === 'no-long-action-in-progress' ? 'other-reason' : result

const descriptor = ({ object }: Variable) => ({
  'class-id': object['class-id'],
  'instance-id': object['logical-name'],
})
const attribute = (variable: Variable) => ({ ...descriptor(variable), 'attribute-id': variable.id })
const method = (variable: Variable) => ({ ...descriptor(variable), 'method-id': variable.id })
