// How an AARE looks that opens the association of a client: `$client.opening` (IEC 62056-5-3 clause 6.2).
import { isHls } from '../client/hls.ts'
import type { Mechanism, Referencing } from '../client/services.ts'
import type { Value } from '../codec/value.ts'

const AUTHENTICATION_REQUIRED = 14

/** Mechanisms whose proofs hold the system titles. */
const NAMING: readonly Mechanism[] = ['hls-gmac', 'hls-sha256', 'hls-ecdsa']

export const OPENING_FIELDS: readonly string[] = ['context', 'diagnostic', 'title']

/** `title`: a matcher of responding-AP-title. */
export const openingOf = (
  context: Referencing,
  ciphered: boolean,
  mechanism: Mechanism,
): Readonly<Record<string, Value>> => ({
  opening: {
    context: ciphered ? `${context}-ciphered` : context,
    diagnostic: isHls(mechanism) ? AUTHENTICATION_REQUIRED : 0,
    title: ciphered || NAMING.includes(mechanism) ? { length: 8 } : 'absent',
  },
})
