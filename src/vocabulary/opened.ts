// An APDU that came, opened: what is beneath its protection, and what protected it.
import type { Deciphered } from '../client/decipher.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { SIGNING_KEY, type Signed } from '../client/signing.ts'
import { decode, toJson } from '../codec/codec.ts'
import { hex, type Value } from '../codec/value.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { Ms } from '../protocol/line.ts'
import type { ProtectionEvent } from '../engine/events.ts'
import { cipheredIn } from '../protocol/security/ciphered-apdu.ts'
import { signedIn } from '../protocol/security/general-signing.ts'
import type { JsonRecord } from '../protocol/json.ts'
import { securityControlOctet } from '../protocol/security/security-control.ts'
import { examineApdu, type ReadApdu } from './apdu.ts'

type Read = ReturnType<typeof examineApdu>

export interface OpenedApdu {
  /** As it came. */
  readonly outer: Read
  /** Beneath its protection; the same where nothing protects it. Undefined: it cannot be opened. */
  readonly inner: Read | undefined
  readonly seen: Deciphered | undefined
  /** What was signed, ciphered or not. */
  readonly signed?: Signed | undefined
}

/** Without a security context only what is not protected can be read. */
export function openApdu(octets: Uint8Array, security: SecurityContext | undefined): OpenedApdu {
  const outer = examineApdu(octets)
  if (security === undefined || 'failure' in outer) return { outer, inner: outer, seen: undefined }
  return opened(outer, { security, by: 'server', sender: titleIn(outer.apdu) ?? security.serverTitle })
}

/** The same of what the client has sent. */
export function openOwn(octets: Uint8Array, security: SecurityContext | undefined): OpenedApdu {
  const outer = examineApdu(octets)
  return security === undefined || 'failure' in outer
    ? { outer, inner: outer, seen: undefined }
    : opened(outer, { security, by: 'client', sender: security.material.title })
}

interface Protector {
  readonly security: SecurityContext
  readonly by: 'client' | 'server'
  readonly sender: Uint8Array
}

/** What is ciphered was signed first; the other way round it can be read as well. */
function opened(outer: ReadApdu, protector: Protector): OpenedApdu {
  const signed = unsigned(outer, protector)
  if (signed !== undefined) {
    const { inner, seen } = 'failure' in signed.inner ? signed : deciphered(signed.inner, protector)
    return { outer, inner, seen, signed: signed.signed }
  }
  const within = deciphered(outer, protector)
  const beneath = within.inner && within.seen && unsigned(within.inner, protector)
  return beneath === undefined ? within : { ...within, inner: beneath.inner, signed: beneath.signed }
}

/** Undefined: it is not signed. */
function unsigned(
  read: Read,
  { security, by }: Protector,
): { readonly inner: Read; readonly signed: Signed; readonly seen: undefined } | undefined {
  const found = 'failure' in read ? undefined : signedIn(read.apdu)
  return found && { inner: examineApdu(found.content), signed: security.verify(found, by), seen: undefined }
}

function deciphered(outer: ReadApdu, { security, sender }: Protector): OpenedApdu {
  const carried = carriedBy(outer.apdu)
  const ciphered = cipheredIn(carried ?? outer.apdu)
  if (ciphered === undefined) return { outer, inner: outer, seen: undefined }
  const seen = security.open(ciphered, sender)
  if (seen.plain === undefined || isCompressed(seen))
    return { outer, inner: carried === undefined ? undefined : outer, seen }
  if (carried === undefined) return { outer, inner: examineApdu(seen.plain), seen }
  const information = decode(apdu, seen.plain)
  const whole = information.ok ? carrying(outer.apdu, information.value) : undefined
  return { outer, inner: whole ? { ...outer, apdu: whole } : outer, seen }
}

/** It was opened, and what is in it is compressed by V.44, which nobody here can undo. */
export const isCompressed = (seen: Deciphered | undefined): boolean =>
  seen?.plain !== undefined && seen.control.compression

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
export function protectionJson({ seen, signed }: Pick<OpenedApdu, 'seen' | 'signed'>): Value {
  if (seen === undefined) return signed === undefined ? 'none' : { ...signedJson(signed), ...signingJson(signed) }
  return { ...sealedJson(seen), ...(signed && signingJson(signed)) }
}

const SIGNING = 'general-signing'

const signingJson = ({ apdu: { header }, verified, input }: Signed): JsonRecord => ({
  signing: {
    verified,
    ...(input && { input }),
    'transaction-id': hex(header['transaction-id']),
    'originator-system-title': hex(header['originator-system-title']),
    'recipient-system-title': hex(header['recipient-system-title']),
  },
})

const signedJson = ({ apdu: { header }, verified }: Signed): JsonRecord => ({
  name: SIGNING,
  form: SIGNING,
  'system-title': hex(header['originator-system-title']),
  'transaction-id': hex(header['transaction-id']),
  'recipient-system-title': hex(header['recipient-system-title']),
  key: SIGNING_KEY,
  verified,
})

const sealedJson = (seen: Deciphered): JsonRecord => ({
  name: seen.name,
  form: seen.form,
  'security-control': toJson(seen.control),
  'invocation-counter': seen.invocationCounter,
  'system-title': hex(seen.title),
  key: seen.key,
  verified: seen.verified,
  ...(seen.aad && { aad: seen.aad }),
  ...(seen.header && {
    'transaction-id': hex(seen.header['transaction-id']),
    'originator-system-title': hex(seen.header['originator-system-title']),
    'recipient-system-title': hex(seen.header['recipient-system-title']),
  }),
})

/** Where a protected APDU passed. */
interface Passed {
  readonly connection: { readonly name: string; readonly client: { readonly name: string } }
  readonly direction: 'sent' | 'received'
  readonly at: Ms
  readonly port: string
  readonly instance: string | undefined
}

/** The same for the record, from the outside in. Keys by their names. */
export function protectionEvents({ seen, signed, outer }: OpenedApdu, passed: Passed): readonly ProtectionEvent[] {
  const ciphered = seen === undefined ? [] : [cipheredEvent(seen, passed)]
  const signing = signed === undefined ? [] : [signedEvent(signed, passed)]
  const isOutside = !('failure' in outer) && outer.apdu.is === SIGNING
  return isOutside ? [...signing, ...ciphered] : [...ciphered, ...signing]
}

const common = ({ connection, direction, at, port, instance }: Passed) =>
  ({
    event: 'protection',
    ...(instance === undefined ? {} : { instance }),
    connection: connection.name,
    port,
    direction,
    at,
    client: connection.client.name,
  }) as const

const signedEvent = ({ apdu: { header, content }, verified, input }: Signed, passed: Passed): ProtectionEvent => ({
  ...common(passed),
  name: SIGNING,
  title: hex(header['originator-system-title']),
  key: SIGNING_KEY,
  verified,
  ...(input === undefined ? {} : { input }),
  apdu: hex(content),
})

const cipheredEvent = (
  { name, control, invocationCounter, title, key, verified, aad, plain }: Deciphered,
  passed: Passed,
): ProtectionEvent => ({
  ...common(passed),
  name,
  securityControl: hex(Uint8Array.of(securityControlOctet(control))),
  invocationCounter,
  title: hex(title),
  key,
  verified,
  ...(aad === undefined ? {} : { aad }),
  ...(plain === undefined ? {} : { apdu: hex(plain) }),
})
