// APDUs of the tester as values: association, and the services get, set and action in their normal form.
import { encode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { Aarq } from '../protocol/acse/acse.ts'
import type { Data } from '../protocol/data/data.ts'
import type { CosemAttributeDescriptor, CosemMethodDescriptor, InvokeIdAndPriority } from '../protocol/xdlms/common.ts'
import type { ConformanceBit } from '../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../protocol/xdlms/initiate.ts'

/** How a client says who it is. */
export interface Credentials {
  readonly context: 'ln'
  readonly mechanism: 'lowest' | 'lls'
  /** The password of `lls`. */
  readonly secret?: Uint8Array
  /** Its user_id, where the server asks each user who it is. */
  readonly user?: number
}

/** Services that the tester can do in their normal form. */
export const PROPOSED_CONFORMANCE: readonly ConformanceBit[] = [
  'get',
  'set',
  'selective-access',
  'event-notification',
  'action',
]

export const INITIATE: InitiateRequest = {
  'response-allowed': true,
  'proposed-dlms-version-number': 6,
  'proposed-conformance': PROPOSED_CONFORMANCE,
  'client-max-receive-pdu-size': 0xffff,
}

/** BIT STRING with the authentication functional unit. */
const AUTHENTICATION = Uint8Array.of(0x07, 0x80)

/** AARQ as IEC 62056-5-3 wants it of this client. */
export function aarqFor({ context, mechanism, secret, user }: Credentials): Aarq {
  const authentication =
    mechanism === 'lowest'
      ? {}
      : {
          'sender-acse-requirements': AUTHENTICATION,
          'mechanism-name': mechanism,
          ...(secret === undefined ? {} : { 'calling-authentication-value': secret }),
        }
  return {
    'application-context-name': context,
    ...(user === undefined ? {} : { 'calling-AE-invocation-id': user }),
    ...authentication,
    'user-information': { is: 'initiate-request', value: INITIATE },
  }
}

/** Confirmed, with high priority: `C1` and so on. */
export const invokeIdAndPriority = (id: number): InvokeIdAndPriority => ({
  priority: true,
  'service-class': true,
  reserved: 0,
  'invoke-id': id & 0x0f,
})

export const getRequest = (id: number, attribute: CosemAttributeDescriptor): Apdu => ({
  is: 'get-request-normal',
  value: { 'invoke-id-and-priority': invokeIdAndPriority(id), 'cosem-attribute-descriptor': attribute },
})

export const setRequest = (id: number, attribute: CosemAttributeDescriptor, value: Data): Apdu => ({
  is: 'set-request-normal',
  value: { 'invoke-id-and-priority': invokeIdAndPriority(id), 'cosem-attribute-descriptor': attribute, value },
})

export const actionRequest = (id: number, method: CosemMethodDescriptor, parameters?: Data): Apdu => ({
  is: 'action-request-normal',
  value: {
    'invoke-id-and-priority': invokeIdAndPriority(id),
    'cosem-method-descriptor': method,
    ...(parameters === undefined ? {} : { 'method-invocation-parameters': parameters }),
  },
})

export const apduOctets = (value: Apdu): Uint8Array => encode(apdu, value)
