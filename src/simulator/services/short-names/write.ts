// WRITE: variables in one APDU, or in blocks (IEC 62056-5-3 clause 8.5, Write; rulings B6, B13).
import { decode } from '../../../codec/codec.ts'
import { rawData } from '../../../protocol/block-transfer/raw-data.ts'
import type { WriteResult } from '../../../protocol/xdlms/short-names.ts'
import type { Xdlms } from '../../../protocol/xdlms/xdlms.ts'
import type { Turn } from '../turn.ts'
import { collect, type BlockOfRequest } from './collect.ts'
import type { CarriedShort } from './read.ts'
import { accessOf, writeOne, writeResult } from './variables.ts'

type Written = Extract<Xdlms, { readonly is: 'write-request' }>['value']

export function write(turn: Turn, asked: Written): CarriedShort {
  const { 'variable-access-specification': variables, 'list-of-data': values } = asked
  const [variable] = variables
  const [value] = values
  if (variable?.is === 'write-data-block-access' && variables.length === 1 && values.length === 1)
    return value?.is === 'octet-string'
      ? take(turn, { ...variable.value, 'raw-data': value.value })
      : { whole: 'unreadable' }
  return inOne(turn, asked)
}

const response = (...result: readonly WriteResult[]): Xdlms => ({ is: 'write-response', value: { result } })

/** A value for each variable, and none is a block: else nothing is written. */
function inOne(turn: Turn, asked: Written): CarriedShort {
  const { 'variable-access-specification': variables, 'list-of-data': values } = asked
  const accesses = variables.map(accessOf).filter((access) => access !== undefined)
  if (variables.length === 0 || values.length !== variables.length || accesses.length < variables.length)
    return { whole: 'unreadable' }
  const { listResults, shortNames } = turn.rules
  const results = accesses.flatMap((access, index) => {
    const value = values[index]
    return value === undefined ? [] : [writeOne(turn, access, value)]
  })
  const names = accesses.map(({ name }) => name)
  return { response: response(...shortNames.results(listResults(results), names)) }
}

/** A block of a long request: nothing is written before the last has come. */
function take(turn: Turn, given: BlockOfRequest): CarriedShort {
  const collected = collect(turn, 'write-request', given)
  switch (collected.is) {
    case 'refused':
      return { response: response(writeResult(collected.result)) }
    case 'more':
      return { response: response({ is: 'block-number', value: given['block-number'] }), running: collected.running }
    case 'whole': {
      const asked = decode(rawData['write-request'], collected.octets)
      return asked.ok ? inOne(turn, asked.value) : { whole: 'unreadable' }
    }
    default:
      return collected satisfies never
  }
}

/** What an unconfirmed Write brings; nothing is told. */
export function writeUnconfirmed(turn: Turn, asked: Written): void {
  inOne(turn, asked)
}
