// What the raw data of block transfer is when put together (IEC 62056-5-3 clause 9.4.6): values without the APDU around them.
import { decode, list, type Codec, type DecodeFailure } from '../../codec/codec.ts'
import { ok, type Result } from '../../codec/value.ts'
import { data } from '../data/data.ts'
import { actionResponseWithOptionalData } from '../xdlms/action.ts'
import { getDataResult } from '../xdlms/common.ts'
import { readResult, variableAccessSpecification, written, type ReadResult } from '../xdlms/short-names.ts'

export const rawData = {
  /** GET and SET of one attribute; the parameters of one method. */
  value: data,
  /** The answer to GET with a list. */
  'get-results': list(getDataResult),
  /** SET with a list; ACTION with a list (the parameters). */
  values: list(data),
  /** What one method returned, and a list of them. */
  'action-response': actionResponseWithOptionalData,
  'action-responses': list(actionResponseWithOptionalData),
  /** With short names: what a ReadResponse, a ReadRequest and a WriteRequest hold behind their tags. */
  'read-results': list(readResult),
  'read-request': list(variableAccessSpecification),
  'write-request': written,
} as const

/** `form`: the results with their count, as it should be; without it; or the value of the one variable by itself (ruling B13). */
interface ReadResults {
  readonly results: readonly ReadResult[]
  readonly form: 'counted' | 'results' | 'value'
}

/** The results of a Read of so many variables, in whichever form they are. */
export function readResultsOf(raw: Uint8Array, variables: number): Result<ReadResults, DecodeFailure> {
  const counted = decode(rawData['read-results'], raw)
  if (counted.ok && counted.value.length === variables) return ok({ results: counted.value, form: 'counted' })
  const bare = decode(times(variables, readResult), raw)
  if (bare.ok) return ok({ results: bare.value, form: 'results' })
  const value = variables === 1 ? decode(data, raw) : undefined
  if (value?.ok) return ok({ results: [{ is: 'data', value: value.value }], form: 'value' })
  return counted.ok ? ok({ results: counted.value, form: 'counted' }) : counted
}

/** So many, one after the other. */
const times = <T>(count: number, codec: Codec<T>): Codec<readonly T[]> => ({
  shape: { is: 'list', of: codec.shape },
  write: (to, values) => values.forEach((value) => codec.write(to, value)),
  read(from) {
    const values: T[] = []
    while (values.length < count) values.push(codec.read(from))
    return values
  },
})
