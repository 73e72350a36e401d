// An APDU that came, opened: what is beneath its protection, and what protected it.
import type { Deciphered } from '../client/decipher.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { decode, toJson } from '../codec/codec.ts'
import { hex, type Value } from '../codec/value.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { Ms } from '../protocol/line.ts'
import type { ProtectionEvent } from '../engine/events.ts'
import { cipheredIn } from '../protocol/security/ciphered-apdu.ts'
import { securityControlOctet } from '../protocol/security/security-control.ts'
import { examineApdu, type ReadApdu } from './apdu.ts'

type Read = ReturnType<typeof examineApdu>

export interface OpenedApdu {
  /** As it came. */
  readonly outer: Read
  /** Beneath its protection; the same where nothing protects it. Undefined: it cannot be opened. */
  readonly inner: Read | undefined
  readonly seen: Deciphered | undefined
}

/** Without a security context only what is not protected can be read. */
export function openApdu(octets: Uint8Array, security: SecurityContext | undefined): OpenedApdu {
  const outer = examineApdu(octets)
  if (security === undefined || 'failure' in outer) return { outer, inner: outer, seen: undefined }
  return opened(outer, security, titleIn(outer.apdu) ?? security.serverTitle)
}

/** The same of what the client has sent. */
export function openOwn(octets: Uint8Array, security: SecurityContext | undefined): OpenedApdu {
  const outer = examineApdu(octets)
  return security === undefined || 'failure' in outer
    ? { outer, inner: outer, seen: undefined }
    : opened(outer, security, security.material.title)
}

function opened(outer: ReadApdu, security: SecurityContext, sender: Uint8Array): OpenedApdu {
  const carried = carriedBy(outer.apdu)
  const ciphered = cipheredIn(carried ?? outer.apdu)
  if (ciphered === undefined) return { outer, inner: outer, seen: undefined }
  const seen = security.open(ciphered, sender)
  if (seen.plain === undefined) return { outer, inner: carried === undefined ? undefined : outer, seen }
  if (carried === undefined) return { outer, inner: examineApdu(seen.plain), seen }
  const information = decode(apdu, seen.plain)
  const whole = information.ok ? carrying(outer.apdu, information.value) : undefined
  return { outer, inner: whole ? { ...outer, apdu: whole } : outer, seen }
}

const titleIn = (read: Apdu): Uint8Array | undefined =>
  read.is === 'aare' ? read.value['responding-AP-title'] : undefined

/** The APDU in the user-information of an APDU of ACSE. */
function carriedBy(read: Apdu): Apdu | undefined {
  switch (read.is) {
    case 'aarq':
    case 'aare':
    case 'rlrq':
    case 'rlre': {
      const information = read.value['user-information']
      return information === undefined || information.is === 'octets' ? undefined : information
    }
    default:
      return undefined
  }
}

/** The same with this user-information; undefined: it has no place there. */
function carrying(read: Apdu, information: Apdu): Apdu | undefined {
  const inside =
    information.is === 'initiate-request' ||
    information.is === 'initiate-response' ||
    information.is === 'confirmed-service-error'
      ? information
      : undefined
  if (inside === undefined) return undefined
  switch (read.is) {
    case 'aarq':
      return { is: 'aarq', value: { ...read.value, 'user-information': inside } }
    case 'aare':
      return { is: 'aare', value: { ...read.value, 'user-information': inside } }
    case 'rlrq':
      return { is: 'rlrq', value: { ...read.value, 'user-information': inside } }
    case 'rlre':
      return { is: 'rlre', value: { ...read.value, 'user-information': inside } }
    default:
      return undefined
  }
}

/** What a matcher sees of it. */
export const protectionJson = (seen: Deciphered | undefined): Value =>
  seen === undefined
    ? 'none'
    : {
        name: seen.name,
        form: seen.form,
        'security-control': toJson(seen.control),
        'invocation-counter': seen.invocationCounter,
        'system-title': hex(seen.title),
        key: seen.key,
        verified: seen.verified,
        ...(seen.header && {
          'transaction-id': hex(seen.header['transaction-id']),
          'recipient-system-title': hex(seen.header['recipient-system-title']),
        }),
      }

/** Where a protected APDU passed. */
interface Passed {
  readonly connection: { readonly name: string; readonly client: { readonly name: string } }
  readonly direction: 'sent' | 'received'
  readonly at: Ms
  readonly port: string
  readonly instance: string | undefined
}

/** The same for the record. Keys by their names. */
export const protectionEvent = (
  { name, control, invocationCounter, title, key, verified, plain }: Deciphered,
  { connection, direction, at, port, instance }: Passed,
): ProtectionEvent => ({
  event: 'protection',
  ...(instance === undefined ? {} : { instance }),
  connection: connection.name,
  port,
  direction,
  at,
  client: connection.client.name,
  name,
  securityControl: hex(Uint8Array.of(securityControlOctet(control))),
  invocationCounter,
  title: hex(title),
  key,
  verified,
  ...(plain === undefined ? {} : { apdu: hex(plain) }),
})
