// Application associations as the tester opens and ends them (IEC 62056-5-3 clause 6.2).
import { decode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { InitiateRequest, InitiateResponse } from '../protocol/xdlms/initiate.ts'
import type { Carried, Carrier } from './carrier.ts'
import type { Patience } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Agreed } from './session.ts'
import { aarqFor, apduOctets, type Credentials, type Proposal } from './services.ts'

/** What was proposed and what was agreed when an association was opened; undefined: it is not known. */
export interface Association {
  readonly proposed: InitiateRequest | undefined
  readonly negotiated: InitiateResponse | undefined
  /** responding-AP-title of the AARE; undefined: it had none. */
  readonly respondingTitle?: Uint8Array | undefined
  /** The challenge of the server: until it is answered, by HLS, nothing else is served. */
  readonly pending?: Uint8Array | undefined
}

export type Opened =
  | { readonly is: 'open'; readonly association: Association; readonly carried: Carried }
  | { readonly is: 'not-open'; readonly carried: Carried }

/** AARQ → AARE. Nothing but an AARE that accepts opens an association. */
export async function openAssociation(
  carrier: Carrier,
  credentials: Credentials,
  patience: Patience,
  ledger: Ledger,
  proposal: Partial<Proposal> = {},
): Promise<Opened> {
  const aarq: Apdu = { is: 'aarq', value: aarqFor(credentials, proposal) }
  const carried = await carrier.exchange(apduOctets(aarq), patience, ledger)
  const association = carried.is === 'apdu' ? associationIn(readApdu(carried.apdu), proposalIn(aarq)) : undefined
  return association === undefined ? { is: 'not-open', carried } : { is: 'open', association, carried }
}

/** What an AARQ proposes. */
export function proposalIn(asked: Apdu | undefined): InitiateRequest | undefined {
  const information = asked?.is === 'aarq' ? asked.value['user-information'] : undefined
  return information?.is === 'initiate-request' ? information.value : undefined
}

/** The association that an AARE opens; undefined: it refuses, or it is no AARE. */
export function associationIn(answer: Apdu | undefined, proposed?: InitiateRequest): Association | undefined {
  if (answer?.is !== 'aare' || answer.value.result !== 'accepted') return undefined
  const { 'user-information': information, 'responding-authentication-value': challenge } = answer.value
  const { value: diagnostic } = answer.value['result-source-diagnostic']
  return {
    proposed,
    negotiated: information?.is === 'initiate-response' ? information.value : undefined,
    respondingTitle: answer.value['responding-AP-title'],
    ...(diagnostic === 'authentication-required' ? { pending: challenge ?? new Uint8Array(0) } : {}),
  }
}

/** The contract of an association, as services need it. */
export function agreedIn(association: Association | undefined): Agreed | undefined {
  const { proposed, negotiated } = association ?? {}
  if (proposed === undefined || negotiated === undefined) return undefined
  return {
    conformance: negotiated['negotiated-conformance'],
    serverMaxReceivePduSize: negotiated['server-max-receive-pdu-size'],
    clientMaxReceivePduSize: proposed['client-max-receive-pdu-size'],
  }
}

/** RLRQ → what came. */
export const releaseAssociation = (carrier: Carrier, patience: Patience, ledger: Ledger): Promise<Carried> =>
  carrier.exchange(apduOctets({ is: 'rlrq', value: { reason: 'normal' } }), patience, ledger)

/** Undefined: the octets are no APDU that is known. */
export function readApdu(octets: Uint8Array): Apdu | undefined {
  const read = decode(apdu, octets)
  return read.ok ? read.value : undefined
}
