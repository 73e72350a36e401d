// xDLMS services inside an association.
import { decode, type DecodeFailure } from '../../codec/codec.ts'
import type { ExceptionResponse } from '../../protocol/xdlms/errors.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { access, type AccessRequest } from './access.ts'
import { action, type ActionRequest } from './action.ts'
import { neededBits } from './conformance.ts'
import { get, type GetRequest } from './get.ts'
import type { ServiceRules } from './rules.ts'
import { set, type SetRequest } from './set.ts'
import type { Whole } from './short-names/rules.ts'
import { isShortNameRequest, isUnconfirmedWrite, serveShortNames, wholeError } from './short-names/serve.ts'
import type { Transfers } from './transfer.ts'
import type { Carried, Reply, Turn } from './turn.ts'

/** What came of a request. */
export interface Served {
  /** Undefined: the request is one that has no answer. */
  readonly response: Xdlms | undefined
  /** The request asked for an answer (service-class confirmed). */
  readonly confirmed: boolean
  /** Something may have changed in the meter. */
  readonly effect: boolean
  readonly transfers: Transfers
}

export function serve(turn: Turn, octets: Uint8Array): Served {
  const { rules, situation, transfers, inBlocks = false } = turn
  const { belongs } = rules.shortNames
  const { association } = situation
  const withShortNames = belongs('sn', association)
  /** What is not carried out leaves the block transfer as it is. */
  const refused = (response: Xdlms | undefined, confirmed = true): Served => ({
    response,
    confirmed,
    effect: false,
    transfers,
  })
  const exception = (value: ExceptionResponse, confirmed = true): Served =>
    refused({ is: 'exception-response', value }, confirmed)
  const whole = (why: Whole, value: ExceptionResponse): Served => {
    if (withShortNames && isUnconfirmedWrite(octets)) return refused(undefined)
    const error = withShortNames ? wholeError(rules.shortNames, octets, why) : undefined
    return error === undefined ? exception(value) : refused(error)
  }
  if (!inBlocks && octets.length > situation.description.maxReceivePduSize) return whole('tooLong', rules.tooLong)
  const asked = decode(xdlms, octets)
  if (!asked.ok) return whole('unreadable', unreadable(rules, asked.failure))
  if (asked.value.is.includes('-response')) return exception(rules.undefinedTag)
  if (isShortNameRequest(asked.value) && withShortNames) {
    const carried = serveShortNames(turn, asked.value)
    if (carried === 'unanswered') return { ...refused(undefined), effect: true }
    if ('whole' in carried) return whole(carried.whole, rules.unreadable)
    return answered(turn, carried, true, asked.value.is !== 'read-request')
  }
  const needed = belongs('ln', association) ? neededBits(asked.value) : undefined
  const service = serviceOf(asked.value)
  if (needed === undefined || service === undefined) return exception(rules.notNegotiated)
  if (!rules.permits(needed, association.conformance)) return exception(rules.notNegotiated)
  const confirmed = isConfirmed(service)
  if (!confirmed && rules.unconfirmed !== undefined) return exception(rules.unconfirmed, false)
  const carried = carryOut(turn, service)
  if ('exception' in carried) return exception(carried.exception)
  return answered(turn, carried, confirmed, service.is !== 'get')
}

function answered({ transfers }: Turn, reply: Reply, confirmed: boolean, effect: boolean): Served {
  const { response, running, lastSent = transfers.lastSent } = reply
  return { response, confirmed, effect, transfers: { running, lastSent } }
}

/** The first octet is the tag, the second the choice inside the service. */
function unreadable(rules: ServiceRules, { fault, at }: DecodeFailure): ExceptionResponse {
  if (fault !== 'tag' || at > 1) return rules.unreadable
  return at === 0 ? rules.undefinedTag : rules.undefinedChoice
}

/** service-class. */
const isConfirmed = (service: Service): boolean =>
  service.is === 'access'
    ? service.asked.value['long-invoke-id-and-priority']['service-class']
    : service.asked.value['invoke-id-and-priority']['service-class']

type Service =
  | { readonly is: 'get'; readonly asked: GetRequest }
  | { readonly is: 'set'; readonly asked: SetRequest }
  | { readonly is: 'action'; readonly asked: ActionRequest }
  | { readonly is: 'access'; readonly asked: AccessRequest }

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
    case 'access-request':
      return { is: 'access', asked }
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
    case 'access':
      return access(turn, service.asked)
    default:
      return service satisfies never
  }
}
