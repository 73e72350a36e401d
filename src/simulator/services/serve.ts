// xDLMS services with logical names inside an association.
import { decode, type DecodeFailure } from '../../codec/codec.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { action, type ActionRequest } from './action.ts'
import { neededBits } from './conformance.ts'
import { get, type GetRequest } from './get.ts'
import type { ServiceRules } from './rules.ts'
import { set, type SetRequest } from './set.ts'
import type { Transfers } from './transfer.ts'
import type { Carried, Turn } from './turn.ts'

/** What came of a request. */
export interface Served {
  readonly response: Xdlms
  /** The request asked for an answer (service-class confirmed). */
  readonly confirmed: boolean
  /** Something may have changed in the meter. */
  readonly effect: boolean
  readonly transfers: Transfers
}

export function serve(turn: Turn, octets: Uint8Array): Served {
  const { rules, situation, transfers, inBlocks = false } = turn
  /** What is not carried out leaves the block transfer as it is. */
  const exception = (value: ExceptionResponse, confirmed = true): Served => ({
    response: { is: 'exception-response', value },
    confirmed,
    effect: false,
    transfers,
  })
  if (!inBlocks && octets.length > situation.description.maxReceivePduSize) return exception(rules.tooLong)
  const asked = decode(xdlms, octets)
  if (!asked.ok) return exception(unreadable(rules, asked.failure))
  if (asked.value.is.includes('-response')) return exception(rules.undefinedTag)
  const needed = neededBits(asked.value)
  const service = serviceOf(asked.value)
  if (needed === undefined || service === undefined) return exception(rules.notNegotiated)
  if (!rules.permits(needed, situation.association.conformance)) return exception(rules.notNegotiated)
  const confirmed = service.asked.value['invoke-id-and-priority']['service-class']
  if (!confirmed && rules.unconfirmed !== undefined) return exception(rules.unconfirmed, false)
  const carried = carryOut(turn, service)
  if ('exception' in carried) return exception(carried.exception)
  const { response, running, lastSent = transfers.lastSent } = carried
  const effect = service.is !== 'get'
  return { response, confirmed, effect, transfers: { running, lastSent } }
}

/** The first octet is the tag, the second the choice inside the service. */
function unreadable(rules: ServiceRules, { fault, at }: DecodeFailure): ExceptionResponse {
  if (fault !== 'tag' || at > 1) return rules.unreadable
  return at === 0 ? rules.undefinedTag : rules.undefinedChoice
}

type Service =
  | { readonly is: 'get'; readonly asked: GetRequest }
  | { readonly is: 'set'; readonly asked: SetRequest }
  | { readonly is: 'action'; readonly asked: ActionRequest }

/** Undefined: a service that this meter does not have. */
function serviceOf(asked: Xdlms): Service | undefined {
  switch (asked.is) {
    case 'get-request-normal':
    case 'get-request-next':
    case 'get-request-with-list':
      return { is: 'get', asked }
    case 'set-request-normal':
    case 'set-request-with-first-datablock':
    case 'set-request-with-datablock':
    case 'set-request-with-list':
    case 'set-request-with-list-and-first-datablock':
      return { is: 'set', asked }
    case 'action-request-normal':
    case 'action-request-next-pblock':
    case 'action-request-with-list':
    case 'action-request-with-first-pblock':
    case 'action-request-with-list-and-first-pblock':
    case 'action-request-with-pblock':
      return { is: 'action', asked }
    default:
      return undefined
  }
}

function carryOut(turn: Turn, service: Service): Carried {
  switch (service.is) {
    case 'get':
      return get(turn, service.asked)
    case 'set':
      return set(turn, service.asked)
    case 'action':
      return action(turn, service.asked)
    default:
      return service satisfies never
  }
}
