// Application associations as the tester opens and ends them (IEC 62056-5-3 clause 6.2).
import { decode } from '../codec/codec.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { InitiateResponse } from '../protocol/xdlms/initiate.ts'
import type { Carried, Carrier } from './carrier.ts'
import type { Patience } from './exchange.ts'
import type { Ledger } from './ledger.ts'
import { aarqFor, apduOctets, type Credentials } from './services.ts'

/** What was agreed when an association was opened. */
export interface Association {
  readonly negotiated: InitiateResponse | undefined
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
): Promise<Opened> {
  const carried = await carrier.exchange(apduOctets({ is: 'aarq', value: aarqFor(credentials) }), patience, ledger)
  const association = carried.is === 'apdu' ? associationIn(readApdu(carried.apdu)) : undefined
  return association === undefined ? { is: 'not-open', carried } : { is: 'open', association, carried }
}

/** The association that an AARE opens; undefined: it refuses, or it is no AARE. */
export function associationIn(answer: Apdu | undefined): Association | undefined {
  if (answer?.is !== 'aare' || answer.value.result !== 'accepted') return undefined
  const information = answer.value['user-information']
  return { negotiated: information?.is === 'initiate-response' ? information.value : undefined }
}

/** RLRQ → what came. */
export const releaseAssociation = (carrier: Carrier, patience: Patience, ledger: Ledger): Promise<Carried> =>
  carrier.exchange(apduOctets({ is: 'rlrq', value: { reason: 'normal' } }), patience, ledger)

/** Undefined: the octets are no APDU that is known. */
export function readApdu(octets: Uint8Array): Apdu | undefined {
  const read = decode(apdu, octets)
  return read.ok ? read.value : undefined
}
