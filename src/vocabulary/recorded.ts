// A recorded APDU, opened with the keys of a declared client, outside any run.
import { proposalIn } from '../client/association.ts'
import { SecurityContext, type Counters, type SecurityMaterial } from '../client/security-context.ts'
import { fail } from '../codec/value.ts'
import type { Apdu } from '../protocol/apdu.ts'
import { examineApdu } from './apdu.ts'
import { openApdu, openOwn, type OpenedApdu } from './opened.ts'

/** `keys`: that came to light beneath the protection, to be hidden. */
export interface Recorded {
  readonly seen: NonNullable<OpenedApdu['seen']>
  readonly keys: readonly Uint8Array[]
}

/** Undefined: nothing protects it. The names of requests are the client's, all others the server's, where they name no system title. */
export function openRecorded(octets: Uint8Array, material: SecurityMaterial): Recorded | undefined {
  const security = new SecurityContext(material, NONE)
  const read = examineApdu(octets)
  const ofClient = 'apdu' in read && OF_CLIENT.test(read.apdu.is)
  const { inner, seen } = (ofClient ? openOwn : openApdu)(octets, security)
  if (seen === undefined) return undefined
  const key = inner !== undefined && 'apdu' in inner ? dedicatedKeyIn(inner.apdu) : undefined
  return { seen, keys: key === undefined ? [] : [key] }
}

function dedicatedKeyIn(inner: Apdu): Uint8Array | undefined {
  const proposed = inner.is === 'initiate-request' ? inner.value : inner.is === 'aarq' ? proposalIn(inner) : undefined
  return proposed?.['dedicated-key']
}

const OF_CLIENT = /request$|^aarq$|^rlrq$/

/** Nothing is sent. */
const NONE: Counters = { take: (where) => fail({ where, detail: 'nothing is sent' }), pass: () => undefined }
