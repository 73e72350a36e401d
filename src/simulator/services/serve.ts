// xDLMS services with logical names inside an association: GET, SET, ACTION of one attribute or method.
import { decode, encode, type DecodeFailure } from '../../codec/codec.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Situation } from '../model/classes.ts'
import { invoke, read, write } from '../model/model.ts'
import type { ServiceRules } from './rules.ts'

/** What came of a request. */
export interface Served {
  readonly response: Xdlms
  /** The request asked for an answer (service-class confirmed). */
  readonly confirmed: boolean
  /** Something may have changed in the meter. */
  readonly effect: boolean
}

const exception = (value: ExceptionResponse): Served => ({
  response: { is: 'exception-response', value },
  confirmed: true,
  effect: false,
})

export function serve(rules: ServiceRules, situation: Situation, octets: Uint8Array): Served {
  if (octets.length > situation.description.maxReceivePduSize) return exception(rules.tooLong)
  const asked = decode(xdlms, octets)
  if (!asked.ok) return exception(unreadable(rules, asked.failure))
  const { is } = asked.value
  if (is.includes('-response')) return exception(rules.undefinedTag)
  const missing = neededBits(asked.value).some((bit) => !situation.association.conformance.includes(bit))
  return missing ? exception(rules.notNegotiated) : (carryOut(asked.value, situation) ?? exception(rules.notNegotiated))
}

/** The first octet is the tag, the second the choice inside the service. */
function unreadable(rules: ServiceRules, { fault, at }: DecodeFailure): ExceptionResponse {
  if (fault !== 'tag' || at > 1) return rules.unreadable
  return at === 0 ? rules.undefinedTag : rules.undefinedChoice
}

/** The conformance bits that a request makes use of. */
function neededBits(asked: Xdlms): readonly ConformanceBit[] {
  const selects = 'value' in asked && typeof asked.value === 'object' && 'access-selection' in asked.value
  const selective: readonly ConformanceBit[] =
    selects && asked.value['access-selection'] !== undefined ? ['selective-access'] : []
  if (asked.is === 'get-request-normal') return ['get', ...selective]
  if (asked.is === 'set-request-normal') return ['set', ...selective]
  return asked.is === 'action-request-normal' ? ['action'] : []
}

/** Undefined: a service, or a form of one, that this meter does not have. */
function carryOut(asked: Xdlms, situation: Situation): Served | undefined {
  switch (asked.is) {
    case 'get-request-normal': {
      const { 'invoke-id-and-priority': id, 'cosem-attribute-descriptor': attribute } = asked.value
      const response = (result: ReturnType<typeof read>): Xdlms => ({
        is: 'get-response-normal',
        value: { 'invoke-id-and-priority': id, result },
      })
      const whole = response(read(situation, attribute, asked.value['access-selection']))
      const fits = isWithin(situation.association.clientMaxPdu, whole)
      const tooLong = response({ is: 'data-access-result', value: 'other-reason' })
      return { response: fits ? whole : tooLong, confirmed: id['service-class'], effect: false }
    }
    case 'set-request-normal': {
      const { 'invoke-id-and-priority': id, 'cosem-attribute-descriptor': attribute, value } = asked.value
      const result = write(situation, attribute, value, asked.value['access-selection'])
      return {
        response: { is: 'set-response-normal', value: { 'invoke-id-and-priority': id, result } },
        confirmed: id['service-class'],
        effect: true,
      }
    }
    case 'action-request-normal': {
      const { 'invoke-id-and-priority': id, 'cosem-method-descriptor': method } = asked.value
      const { result, returned } = invoke(situation, method, asked.value['method-invocation-parameters'])
      const value = {
        'invoke-id-and-priority': id,
        result,
        ...(returned === undefined ? {} : { 'return-parameters': { is: 'data', value: returned } as const }),
      }
      return {
        response: { is: 'action-response-normal', value },
        confirmed: id['service-class'],
        effect: true,
      }
    }
    default:
      return undefined
  }
}

/** No APDU is longer than the client can take (ruling X20); without block transfer such an answer cannot be given. */
const isWithin = (clientMaxPdu: number, response: Xdlms): boolean =>
  clientMaxPdu === 0 || encode(xdlms, response).length <= clientMaxPdu
