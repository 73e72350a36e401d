// AAREs of the server (IEC 62056-5-3 clause 6.2; rulings A22, A23).
import { encode } from '../../codec/codec.ts'
import type { Aare } from '../../protocol/acse/acse.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { ConfirmedServiceError } from '../../protocol/xdlms/errors.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { ClientDescription, MeterDescription } from '../description.ts'
import { SIGNED_RESPONSE } from '../protection/signing.ts'
import { outgoing, type Answering } from '../protection/outgoing.ts'
import { serverTitle } from '../protection/partners.ts'
import { contextNameOf, type ContextName } from './association.ts'
import { needsTitle } from './hls-rules.ts'
import type { HlsPending } from './hls.ts'
import { DLMS_VERSION, type Diagnostic } from './rules.ts'

/** The virtual application association, by the referencing of the context. */
const VAA_NAME = { ln: 0x0007, sn: 0xfa00 } as const
const NO_DIAGNOSTIC: Diagnostic = { is: 'acse-service-user', value: 'null' }
const PENDING: Diagnostic = { is: 'acse-service-user', value: 'authentication-required' }
/** BIT STRING with the authentication functional unit. */
const AUTHENTICATION = Uint8Array.of(0x07, 0x80)

/** What an AARE is made from, if it accepts. */
export interface Accepting {
  readonly client: ClientDescription
  readonly description: MeterDescription
  readonly common: readonly ConformanceBit[]
  readonly pending: HlsPending | undefined
}

export const accepted = ({ client, description, common, pending }: Accepting): Aare => ({
  'application-context-name': contextNameOf(client),
  result: 'accepted',
  'result-source-diagnostic': pending === undefined ? NO_DIAGNOSTIC : PENDING,
  ...titleOf(client, description),
  ...(pending === undefined
    ? {}
    : {
        'responder-acse-requirements': AUTHENTICATION,
        'mechanism-name': pending.mechanism,
        'responding-authentication-value': pending.stoc,
      }),
  'user-information': {
    is: 'initiate-response',
    value: {
      'negotiated-dlms-version-number': DLMS_VERSION,
      'negotiated-conformance': common,
      'server-max-receive-pdu-size': description.maxReceivePduSize,
      'vaa-name': VAA_NAME[client.context ?? 'ln'],
    },
  },
})

/** Whoever has the title of the client must have that of the server. */
function titleOf(client: ClientDescription, description: MeterDescription): Pick<Aare, 'responding-AP-title'> {
  const title = needsTitle(client) ? serverTitle({ description }) : undefined
  return title === undefined ? {} : { 'responding-AP-title': title }
}

/** The error of the xDLMS side comes along where that side has refused (ruling A23). */
export const rejected = (
  context: ContextName,
  diagnostic: Diagnostic,
  error?: ConfirmedServiceError['service-error'],
): Aare => ({
  'application-context-name': context,
  result: 'rejected-permanent',
  'result-source-diagnostic': diagnostic,
  ...(error === undefined
    ? {}
    : {
        'user-information': {
          is: 'confirmed-service-error',
          value: { service: 'initiate-error', 'service-error': error },
        },
      }),
})

/** The same with its user-information protected as the answer to a request that came so. */
export function sealed(aare: Aare, answering: Answering): Aare {
  const information = aare['user-information']
  if (information?.is !== 'initiate-response' && information?.is !== 'confirmed-service-error') return aare
  // general-signing has no place in it
  const demanded = answering.demanded & ~SIGNED_RESPONSE
  const octets = outgoing({ ...answering, demanded }, encode(xdlms, information))
  return { ...aare, 'user-information': { is: 'octets', value: octets } }
}
