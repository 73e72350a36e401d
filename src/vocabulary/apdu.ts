// An APDU that came, as names that a suite may ask for.
import type { Referencing } from '../client/services.ts'
import { decodeNoting, explain, toJson as codecToJson } from '../codec/codec.ts'
import type { DecodeFailure } from '../codec/codec.ts'
import { rememberedOf } from '../codec/remembered.ts'
import { hex, type Value } from '../codec/value.ts'
import { apdu as apduCodec, type Apdu } from '../protocol/apdu.ts'
import type { Datablock } from '../protocol/block-transfer/datablock.ts'
import { isAbort } from '../protocol/gbt/take.ts'
import { messageOf, SHORT_NAMES } from '../protocol/messages.ts'

/** `surplus`: octets behind an APDU that is right by itself. `notes`: where it is not in the form of the standard (G15). */
export interface ReadApdu {
  readonly octets: Uint8Array
  readonly apdu: Apdu
  readonly surplus: number
  readonly notes: readonly DecodeFailure[]
}

type Examined = ReadApdu | { readonly failure: DecodeFailure }

/** Octets → an APDU, with what lies behind it; or why they are none. Whoever records, opens or judges an APDU asks for it by the same octets. */
export const examineApdu = rememberedOf((octets: Uint8Array): Examined => {
  const whole = decodeNoting(apduCodec, octets)
  if (whole.ok) return { octets, apdu: whole.value.value, surplus: 0, notes: whole.value.notes }
  if (whole.failure.fault === 'surplus') {
    const shorter = decodeNoting(apduCodec, octets.subarray(0, whole.failure.at))
    if (shorter.ok)
      return {
        octets,
        apdu: shorter.value.value,
        surplus: octets.length - whole.failure.at,
        notes: shorter.value.notes,
      }
  }
  return { failure: explain(apduCodec, octets).failure ?? whole.failure }
})

/** Full name of a message → the short one that suites use for it: `get-response-normal` → `get-response`. */
const SHORT_OF: ReadonlyMap<string, string> = new Map(Object.entries(SHORT_NAMES).map(([short, full]) => [full, short]))

/** What a matcher sees of it, under its full and its short name; `context`: of the client that asked. */
export function apduNames(apdu: Apdu, context: Referencing = 'ln'): Readonly<Record<string, Value>> {
  const message = messageOf(apdu.is)
  const value: unknown = 'value' in apdu ? apdu.value : undefined
  const json = message ? message.to(value) : codecToJson(value)
  const short = SHORT_OF.get(apdu.is)
  return {
    [apdu.is]: json,
    ...(short === undefined ? {} : { [short]: json }),
    ...(context === 'sn' ? withShortNames(apdu) : {}),
  }
}

/** What answers the `get`, `set` or `action` of a client with short names, as the answer of the service, or as what refuses it as a whole. */
function withShortNames(apdu: Apdu): Readonly<Record<string, Value>> {
  if (apdu.is === 'confirmed-service-error') {
    const error = apdu.value['service-error'].value
    const refused = SERVICE_ERROR[error] ?? 'other-reason'
    return { 'exception-response': { 'state-error': 'service-not-allowed', 'service-error': refused } }
  }
  if (apdu.is === 'read-response') {
    const [only, ...others] = apdu.value.result
    if (others.length > 0 || only === undefined || only.is === 'block-number') return {}
    if (only.is === 'data-block-result') return { 'get-response-with-datablock': { result: blockJson(only.value) } }
    const result = only.is === 'data' ? { data: codecToJson(only.value) } : { 'data-access-result': only.value }
    return { 'get-response': { result, ...result } }
  }
  if (apdu.is === 'write-response') {
    const [only, ...others] = apdu.value.result
    if (others.length > 0 || only === undefined || only.is === 'block-number') return {}
    const result = only.is === 'success' ? 'success' : only.value
    return { 'set-response': { result }, 'action-response': { result } }
  }
  return {}
}

/** A block as that of a get-response says it. */
const blockJson = ({ 'raw-data': raw, ...number }: Datablock): Value => ({
  ...number,
  result: { 'raw-data': hex(raw) },
})

/** An ExceptionResponse says the same of a service with logical names. */
const SERVICE_ERROR: Readonly<Record<string, string>> = {
  'service-unsupported': 'service-not-supported',
  'pdu-size': 'pdu-too-long',
}

/** The defined refusals of the layer (G6 a): what refuses, or the error result by its name. */
export function refusalIn(apdu: Apdu): string | undefined {
  switch (apdu.is) {
    case 'aare':
      return apdu.value.result === 'accepted' ? undefined : 'aare'
    case 'exception-response':
    case 'confirmed-service-error':
      return apdu.is
    case 'get-response-normal':
    case 'get-response-with-datablock':
      return errorIn(errorsIn(apdu))
    case 'read-response':
    case 'write-response':
      return apdu.value.result.length === 1 ? errorIn(errorsIn(apdu)) : undefined
    case 'set-response-normal':
    case 'set-response-last-datablock':
    case 'action-response-normal':
      return apdu.value.result === 'success' ? undefined : `${apdu.value.result}`
    case 'general-block-transfer':
      return isAbort(apdu.value) ? apdu.is : undefined
    default:
      return undefined
  }
}

/** Success is none, also where an error has to stand. */
const errorIn = ([error]: readonly (string | number)[]): string | undefined =>
  error === undefined || error === 'success' ? undefined : `${error}`

/** What stands in the place of an error, in the results of reading and writing. */
export function errorsIn(apdu: Apdu): readonly (string | number)[] {
  switch (apdu.is) {
    case 'get-response-normal':
      return apdu.value.result.is === 'data-access-result' ? [apdu.value.result.value] : []
    case 'get-response-with-datablock': {
      const { result } = apdu.value.result
      return result.is === 'data-access-result' ? [result.value] : []
    }
    case 'get-response-with-list':
      return apdu.value.result.flatMap((one) => (one.is === 'data-access-result' ? [one.value] : []))
    case 'read-response':
    case 'write-response':
      return apdu.value.result.flatMap((one) => (one.is === 'data-access-error' ? [one.value] : []))
    default:
      return []
  }
}

/** A positive service result. */
export function executionIn(apdu: Apdu): string | undefined {
  switch (apdu.is) {
    case 'aare':
      return apdu.value.result === 'accepted' ? 'aare' : undefined
    case 'get-response-normal':
      return apdu.value.result.is === 'data' ? 'get' : undefined
    case 'read-response':
      return apdu.value.result.some(({ is }) => is === 'data' || is === 'data-block-result') ? 'read' : undefined
    case 'write-response':
      return apdu.value.result.some(({ is }) => is === 'success') ? 'write' : undefined
    case 'get-response-with-datablock':
      return apdu.value.result.result.is === 'raw-data' ? 'get' : undefined
    case 'get-response-with-list':
      return apdu.value.result.some(({ is }) => is === 'data') ? 'get' : undefined
    case 'set-response-normal':
    case 'set-response-last-datablock':
      return apdu.value.result === 'success' ? 'set' : undefined
    case 'set-response-with-list':
    case 'set-response-last-datablock-with-list':
      return apdu.value.result.includes('success') ? 'set' : undefined
    case 'action-response-with-list':
      return apdu.value['list-of-responses'].some(({ result }) => result === 'success') ? 'action' : undefined
    case 'access-response':
      return apdu.value['access-response-specification'].some(({ value }) => value.result === 'success')
        ? 'access'
        : undefined
    case 'action-response-with-pblock':
      return 'action'
    case 'action-response-normal':
      return apdu.value.result === 'success' ? 'action' : undefined
    default:
      return undefined
  }
}
