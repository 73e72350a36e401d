// A recorded APDU, opened with the keys of a declared client, outside any run.
import { proposalIn } from '../client/association.ts'
import type { Deciphered } from '../client/decipher.ts'
import { SecurityContext } from '../client/security-context.ts'
import type { Counters } from '../client/own-counters.ts'
import type { SecurityMaterial } from '../client/security-material.ts'
import type { Signed } from '../client/signing.ts'
import { fail, hex } from '../codec/value.ts'
import type { Apdu } from '../protocol/apdu.ts'
import { GENERAL_SIGNING, signedIn, type SignedApdu } from '../protocol/security/general-signing.ts'
import { examineApdu } from './apdu.ts'
import { openApdu, openOwn, type OpenedApdu } from './opened.ts'

/** `within`: what stands beneath all that protects it. `keys`: that came to light there, to be hidden. */
export interface Recorded {
  readonly seen: Deciphered | undefined
  readonly signed: Signed | undefined
  /** It is signed, and the signature ciphered. */
  readonly isSignedWithin: boolean
  readonly within?: Uint8Array
  readonly keys: readonly Uint8Array[]
}

/** Undefined: nothing protects it. Who names no system title is told by the name: requests are the client's, all others the server's. */
export function openRecorded(octets: Uint8Array, material: SecurityMaterial): Recorded | undefined {
  const security = new SecurityContext(material, NONE)
  const read = examineApdu(octets)
  const outer = 'apdu' in read ? signedIn(read.apdu) : undefined
  const ofClient = outer === undefined ? 'apdu' in read && isRequest(read.apdu) : isOf(outer, material.title)
  const opened = (ofClient ? openOwn : openApdu)(octets, security)
  const { seen, signed, inner } = opened
  if (seen === undefined && signed === undefined) return undefined
  const within = withinOf(opened)
  const key = inner !== undefined && 'apdu' in inner ? dedicatedKeyIn(inner.apdu) : undefined
  return {
    seen,
    signed: signed && bySignatory(signed.apdu, security),
    isSignedWithin: signed !== undefined && outer === undefined,
    ...(within === undefined ? {} : { within }),
    keys: key === undefined ? [] : [key],
  }
}

/** What is ciphered, and cannot be opened, stands beneath a signature as it is. */
function withinOf({ outer, seen, signed }: OpenedApdu): Uint8Array | undefined {
  const isOutside = 'apdu' in outer && outer.apdu.is === GENERAL_SIGNING
  return isOutside ? (seen?.plain ?? signed?.apdu.content) : (signed?.apdu.content ?? seen?.plain)
}

/** By the public key of whoever's title the APDU names; the declaration has none of anybody else. */
function bySignatory(signed: SignedApdu, security: SecurityContext): Signed {
  if (isOf(signed, security.material.title)) return security.verify(signed, 'client')
  const title = signed.header['originator-system-title']
  const isOthers = title.length > 0 && security.serverTitle.length > 0 && hex(title) !== hex(security.serverTitle)
  return isOthers ? { apdu: signed, verified: 'unknown' } : security.verify(signed, 'server')
}

function isOf({ header, content }: SignedApdu, client: Uint8Array): boolean {
  const title = header['originator-system-title']
  if (title.length > 0) return hex(title) === hex(client)
  const read = examineApdu(content)
  return 'apdu' in read && isRequest(read.apdu)
}

function dedicatedKeyIn(inner: Apdu): Uint8Array | undefined {
  const proposed = inner.is === 'initiate-request' ? inner.value : inner.is === 'aarq' ? proposalIn(inner) : undefined
  return proposed?.['dedicated-key']
}

const isRequest = ({ is }: Apdu): boolean => OF_CLIENT.test(is)

/** `get-request-normal` too. */
const OF_CLIENT = /request(-|$)|^aarq$|^rlrq$/

/** Nothing is sent. */
const NONE: Counters = { take: (where) => fail({ where, detail: 'nothing is sent' }), pass: () => undefined }
