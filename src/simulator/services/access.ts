// ACCESS: GET, SET and ACTION side by side in one request, each carried out for itself (IEC 62056-5-3, Access-Request; ruling X17).
import { encode } from '../../codec/codec.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { AccessRequestSpecification, AccessResponseSpecification } from '../../protocol/xdlms/access.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { nothing } from '../model/data.ts'
import { invoke, write } from '../model/model.ts'
import { readOne } from './get.ts'
import { fits, type Carried, type Turn } from './turn.ts'

export type AccessRequest = Extract<Xdlms, { readonly is: 'access-request' }>
type AccessResponse = Extract<Xdlms, { readonly is: 'access-response' }>

/** What became of one specification: its Data, null-data where there is none, and its result. */
interface AccessResult {
  readonly data: Data
  readonly specification: AccessResponseSpecification
}

export interface AccessServiceRules {
  /** Whether a request with so many specifications and so many Data is carried out. */
  readonly counts: (specifications: number, data: number) => boolean
  /** Results in the order of the specifications → those that are sent. */
  readonly results: (results: readonly AccessResult[]) => readonly AccessResult[]
  readonly respond: (response: AccessResponse['value'], request: AccessRequest['value']) => AccessResponse['value']
}

export const conformantAccessService: AccessServiceRules = {
  counts: (specifications, data) => specifications === data,
  results: (results) => results,
  respond: (response) => response,
}

export function access(turn: Turn, { value }: AccessRequest): Carried {
  const { rules } = turn
  const {
    'long-invoke-id-and-priority': id,
    'access-request-specification': specifications,
    'access-request-list-of-data': list,
  } = value
  if (specifications.length === 0 || !rules.access.counts(specifications.length, list.length))
    return { exception: rules.unreadable }
  const results = rules.access.results(carriedOut(turn, specifications, list, id['processing-option']))
  const response: AccessResponse['value'] = {
    'long-invoke-id-and-priority': id,
    'date-time': new Uint8Array(0),
    ...(id['self-descriptive'] ? { 'access-request-specification': specifications } : {}),
    'access-response-list-of-data': results.map(({ data }) => data),
    'access-response-specification': results.map(({ specification }) => specification),
  }
  const answer: AccessResponse = { is: 'access-response', value: rules.access.respond(response, value) }
  return fits(turn, encode(xdlms, answer).length) ? { response: answer } : { exception: rules.tooLong }
}

/** One after the other; `breaks`: behind one that fails nothing is carried out any more. */
function carriedOut(
  turn: Turn,
  specifications: readonly AccessRequestSpecification[],
  list: readonly Data[],
  breaks: boolean,
): readonly AccessResult[] {
  let failed = false
  return specifications.map((specification, at) => {
    const result = failed && breaks ? notCarriedOut(specification) : carryOut(turn, specification, list[at] ?? nothing)
    failed ||= result.specification.value.result !== 'success'
    return result
  })
}

function notCarriedOut({ is }: AccessRequestSpecification): AccessResult {
  const result = 'other-reason'
  switch (is) {
    case 'access-request-get':
    case 'access-request-get-with-selection':
      return { data: nothing, specification: { is: 'access-response-get', value: { result } } }
    case 'access-request-set':
    case 'access-request-set-with-selection':
      return { data: nothing, specification: { is: 'access-response-set', value: { result } } }
    case 'access-request-action':
      return { data: nothing, specification: { is: 'access-response-action', value: { result } } }
    default:
      return is satisfies never
  }
}

function carryOut(turn: Turn, specification: AccessRequestSpecification, given: Data): AccessResult {
  const { situation } = turn
  switch (specification.is) {
    case 'access-request-get':
    case 'access-request-get-with-selection': {
      const { value } = specification
      const selection = 'access-selection' in value ? value['access-selection'] : undefined
      const read = readOne(turn, value['cosem-attribute-descriptor'], selection)
      const result = read.is === 'data' ? 'success' : read.value
      return {
        data: read.is === 'data' ? read.value : nothing,
        specification: { is: 'access-response-get', value: { result } },
      }
    }
    case 'access-request-set':
    case 'access-request-set-with-selection': {
      const { value } = specification
      const selection = 'access-selection' in value ? value['access-selection'] : undefined
      const result = write(situation, value['cosem-attribute-descriptor'], given, selection)
      return { data: nothing, specification: { is: 'access-response-set', value: { result } } }
    }
    case 'access-request-action': {
      const { result, returned } = invoke(situation, specification.value['cosem-method-descriptor'], given)
      return { data: returned ?? nothing, specification: { is: 'access-response-action', value: { result } } }
    }
    default:
      return specification satisfies never
  }
}
